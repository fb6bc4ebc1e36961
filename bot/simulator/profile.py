"""What a bot says of itself to each language and scope: commands, name and descriptions."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.simulator.chats import Chat, Json, Person
from bot.simulator.refusals import COMMAND_DESCRIPTION_INVALID, COMMAND_INVALID, COMMANDS_TOO_MANY, Refusal

Scope = tuple[Any, ...]
DEFAULT: Scope = ("default",)
# The fields each kind of `BotCommandScope` needs beside its type.
_SCOPES: Mapping[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMANDS_MOST = 100


class Profile:
    """The bot's menus and texts."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def set_commands(self, scope: Scope, language: str, commands: Sequence[Json]) -> None:
        """An empty list is the same as none."""
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = list(commands)

    def commands(self, scope: Scope, language: str) -> list[Json]:
        """Exactly the list that was set, or an empty one."""
        return self._commands.get((scope, language), [])

    def menu(self, person: Person, chat: Chat) -> list[Json]:
        """The list that applies (Bot API, "Determining list of commands"); there are no administrators here."""
        for scope in _scopes(person, chat):
            for language in (_base(person.language_code), ""):
                if found := self.commands(scope, language):
                    return found
        return []

    def set_text(self, what: str, language: str, text: str) -> None:
        self._texts.pop((what, language), None)
        if text:
            self._texts[what, language] = text

    def text(self, what: str, language: str) -> str:
        """What a person of this language sees: the text of the language, else the one for all."""
        return self._texts.get((what, _base(language))) or self._texts.get((what, ""), "")


def read_scope(given: Json) -> Scope:
    """A `BotCommandScope` as a key. Raises `Refusal`."""
    kind = given.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise Refusal("can't parse BotCommandScope: Unsupported type specified")
    fields = _SCOPES[kind]
    if set(given) != {"type", *fields}:
        raise Refusal(f"can't parse BotCommandScope: fields {', '.join(('type', *fields))} expected")
    return (kind, *(given[field] for field in fields))


def read_commands(given: Sequence[object]) -> list[Json]:
    """Commands, checked. Raises `Refusal`."""
    if len(given) > COMMANDS_MOST:
        raise Refusal(COMMANDS_TOO_MANY)
    return [_read_command(command) for command in given]


def _read_command(given: object) -> Json:
    if not isinstance(given, dict):
        raise Refusal("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in given:
            raise Refusal(f"can't parse BotCommand: Can't find field \"{name}\"")
    if not isinstance(given["command"], str) or not _COMMAND.fullmatch(given["command"]):
        raise Refusal(COMMAND_INVALID)
    if not isinstance(given["description"], str) or not 1 <= len(given["description"]) <= 256 or len(given) > 2:
        raise Refusal(COMMAND_DESCRIPTION_INVALID)
    given["description"].encode()  # the server refuses what is no Unicode
    return given


def _scopes(person: Person, chat: Chat) -> list[Scope]:
    if chat.is_group:
        return [("chat_member", chat.id, person.id), ("chat", chat.id), ("all_group_chats",), DEFAULT]
    return [("chat", chat.id), ("all_private_chats",), DEFAULT]


def _base(language_code: str) -> str:
    return language_code.replace("_", "-").split("-")[0].lower()
