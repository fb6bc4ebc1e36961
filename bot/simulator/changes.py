"""What changes in the simulated chats, for whoever looks on."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from weakref import WeakSet

from bot.simulator.chats import Chat, Message, Person


class Changed(StrEnum):
    """What a `Change` is about."""

    MESSAGE_ADDED = "message added"
    MESSAGE_EDITED = "message edited"
    MESSAGE_DELETED = "message deleted"
    ACTION = "action"  # `text` says which, such as `typing`; it lasts five seconds or until the next message
    PRESS_ANSWERED = "press answered"  # `text` is shown to `person`, as an alert where `alert`
    MENU = "menu"  # the commands, the name or the descriptions changed
    PERSON_ADDED = "person added"
    CHAT_ADDED = "chat added"
    CHAT_LEFT = "chat left"  # by the bot
    BLOCKED = "blocked"  # `person.blocked` has changed


@dataclass(frozen=True, slots=True)
class Change:
    """One change; the fields that do not apply are empty."""

    what: Changed
    chat: Chat | None = None
    message: Message | None = None
    person: Person | None = None
    text: str = ""
    alert: bool = False


class Watch:
    """An endless asynchronous iterator over the changes from the moment it was made. Dropping it ends it."""

    def __init__(self) -> None:
        self._changes: asyncio.Queue[Change] = asyncio.Queue()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Change:
        return await self._changes.get()

    def tell(self, change: Change) -> None:
        self._changes.put_nowait(change)


class Watchers:
    """Everybody who looks on."""

    def __init__(self) -> None:
        self._watches: WeakSet[Watch] = WeakSet()

    def open(self) -> Watch:
        watch = Watch()
        self._watches.add(watch)
        return watch

    def tell(self, change: Change) -> None:
        for watch in self._watches:
            watch.tell(change)
