"""What people see of the bot before they write: its command menu and descriptions, in each language."""

import json

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.services import profiles
from bot.services.app import App
from bot.services.profiles import Profile

log = structlog.get_logger(__name__)


async def publish_profile(app: App, bot: Bot) -> None:
    """Set commands and descriptions in every language, and for people of other languages, if they changed.

    A failure is logged and made good at the next start: the bot answers without them.
    """
    profile_by_code = profiles.describe(app)
    fingerprint = json.dumps({code: profile.texts() for code, profile in profile_by_code.items()}, ensure_ascii=False)
    if await profiles.is_published(app, bot.id, fingerprint):
        return
    try:
        for code, profile in profile_by_code.items():
            await _publish(bot, code, profile)
    except TelegramError as error:
        log.warning("commands and descriptions not set", error=type(error).__name__)
        return
    await profiles.keep_published(app, bot.id, fingerprint)
    log.info("commands and descriptions set", languages=sorted(profile_by_code))


async def _publish(bot: Bot, code: str, profile: Profile) -> None:
    commands = [BotCommand(name, description) for name, description in profile.commands]
    await bot.set_my_commands(commands, language_code=code or None)
    await bot.set_my_description(profile.description, language_code=code or None)
    await bot.set_my_short_description(profile.short_description, language_code=code or None)
