"""How the bot describes itself in each language, and whether its channel was told."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any

from bot.services.app import App
from bot.services.conversation import COMMANDS
from bot.services.duties import list_commands
from bot.storage import settings

BOT_NAME = "bot name"


@dataclass(frozen=True, slots=True)
class Profile:
    """Commands with what they do, and the two descriptions, in one language; plain text."""

    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str

    def texts(self) -> dict[str, Any]:
        return asdict(self)


def describe(app: App) -> Mapping[str, Profile]:
    """The profile by language code; the empty code is for people of all other languages."""
    profiles = {locale: _describe_in(app, locale) for locale in app.languages.locales}
    fallback = "en" if "en" in profiles else app.languages.locales[0]
    return {"": profiles[fallback], **profiles}


def describe_menu(app: App, locale: str, roles: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The commands of a chat whose person holds roles: theirs first, each with what it does; plain text."""
    names = (*list_commands(roles), *COMMANDS)
    return tuple((name, unescape(app.languages.say(locale, f"command.{name}"))) for name in names)


async def keep_bot_name(app: App, name: str) -> None:
    """Remember under which public name the bot runs, for the links that commands print."""
    app.bot_name = name
    await app.db.write(lambda conn: settings.keep_setting(conn, BOT_NAME, name))


async def find_bot_name(app: App) -> str:
    """The public name the bot ran under last; empty where it never did."""
    return await app.db.read(lambda conn: settings.find_setting(conn, BOT_NAME)) or ""


async def is_published(app: App, bot_id: int, fingerprint: str) -> bool:
    """Whether just this was published for this account before."""
    found = await app.db.read(lambda conn: settings.find_setting(conn, _name(bot_id)))
    return found == _digest(fingerprint)


async def keep_published(app: App, bot_id: int, fingerprint: str) -> None:
    await app.db.write(lambda conn: settings.keep_setting(conn, _name(bot_id), _digest(fingerprint)))


def _describe_in(app: App, locale: str) -> Profile:
    def text(key: str) -> str:
        return unescape(app.languages.say(locale, key))

    commands = tuple((name, text(f"command.{name}")) for name in COMMANDS)
    return Profile(commands, text("profile.description"), text("profile.short"))


def _name(bot_id: int) -> str:
    return f"profile {bot_id}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
