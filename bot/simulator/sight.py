"""What people see in Telegram, and waiting until they see it."""

import asyncio
from collections.abc import Callable
from time import monotonic

from bot.simulator.changes import Watch
from bot.simulator.chats import Chat, File, Json, Message, Person
from bot.simulator.world import World

LOOK_AGAIN_SECONDS = 0.01


class Sight:
    """A view of the world as its people have it."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def bot(self) -> Person:
        return self._world.bot

    @property
    def persons(self) -> list[Person]:
        return self._world.persons

    @property
    def chats(self) -> list[Chat]:
        """Private ones, of every person even before `/start`, and groups."""
        return list(self._world.chats.values())

    @property
    def waiting_updates(self) -> list[Json]:
        """The updates the bot has not confirmed, oldest first."""
        return self._world.updates.waiting

    def messages(self, chat: Person | Chat) -> list[Message]:
        """What is in the chat, oldest first, without what was deleted."""
        return list(self._chat(chat).messages.values())

    def file(self, file_id: str) -> File | None:
        return self._world.files.get(file_id)

    def command_menu(self, person: Person, chat: Chat | None = None) -> list[Json]:
        """The `BotCommand` list that applies for this person, in their private chat or a group."""
        return self._world.profile.menu(person, chat or self._chat(person))

    def bot_name(self, person: Person) -> str:
        return self._world.profile.text("name", person.language_code) or self.bot.name

    def description(self, person: Person) -> str:
        """What an empty chat with the bot shows this person."""
        return self._world.profile.text("description", person.language_code)

    def watch(self) -> Watch:
        """The changes from now on."""
        return self._world.watchers.open()

    async def wait_for_reply(self, chat: Person | Chat, *, after: Message | None = None, seconds: float = 5) -> Message:
        """The bot's first message after `after`, or else after the last thing people did in the chat.

        Raises TimeoutError that tells what is in the chat instead.
        """
        where = self._chat(chat)
        begin = after.id if after is not None else where.acted_after
        until = monotonic() + seconds
        while (found := self._find_reply(where, begin)) is None:
            if monotonic() >= until:
                raise TimeoutError(f"The bot wrote nothing for {seconds} s. The chat ends with {where.last_texts(5)}.")
            await self._world.wait_for_message(where, until - monotonic())
        return found

    async def wait_until(self, condition: Callable[[], bool], seconds: float = 5) -> None:
        """Raises TimeoutError with the newest messages when the condition does not come true."""
        until = monotonic() + seconds
        while not condition():
            if monotonic() >= until:
                seen = {chat.id: chat.last_texts(3) for chat in self.chats if chat.messages}
                raise TimeoutError(f"Not so within {seconds} s. The chats end with {seen}.")
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _chat(self, chat: Person | Chat) -> Chat:
        return chat if isinstance(chat, Chat) else self._world.chats[chat.id]

    def _find_reply(self, chat: Chat, after: int) -> Message | None:
        newest_first = reversed(chat.messages.values())
        found = None
        for message in newest_first:
            if message.id <= after:
                break
            found = message if message.sender is self.bot else found
        return found
