"""Everything the simulated Telegram knows, and the few ways in which it changes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.messages import Attachment
from bot.simulator.changes import Change, Changed, Watchers
from bot.simulator.chats import Chat, File, Json, Message, Person
from bot.simulator.profile import Profile
from bot.simulator.updates import Updates

if TYPE_CHECKING:
    from bot.simulator.searches import Search

FIRST_PERSON = 1_000_001
# How long the bot may take to answer a press or a search.
QUERY_LASTS = timedelta(seconds=60)
FOLDERS = {Attachment.PHOTO: "photos", Attachment.VIDEO: "videos", Attachment.VOICE: "voice"}


@dataclass(slots=True)
class Query:
    """A press on a button; the bot may answer it once, for a while."""

    person: Person
    message: Message
    at: datetime
    answered: bool = False


class World:
    """People, chats, files, presses and the updates they make.

    Message, query and update ids begin at the clock, so that a simulator started later never gives one again.
    """

    def __init__(self, bot: Person, now: Callable[[], datetime], first_update_id: int | None) -> None:
        started_at = now().timestamp()
        self.bot = bot
        self.now = now
        self.persons: list[Person] = []
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.searches: dict[str, Search] = {}
        self.profile = Profile()
        self.watchers = Watchers()
        self.updates = Updates(int(started_at * 1_000_000) if first_update_id is None else first_update_id)
        self._message_ids = count(int(started_at) % 1_000_000_000)
        self._query_ids = count(int(started_at * 1_000_000))
        self._file_ids = count(1)
        self._expecting: defaultdict[int, list[asyncio.Future[None]]] = defaultdict(list)

    def add_person(self, name: str, language_code: str, username: str) -> Person:
        person = Person(FIRST_PERSON + len(self.persons), name, language_code, username)
        self.persons.append(person)
        self.add_chat(Chat(person.id, [person]))
        self.tell(Changed.PERSON_ADDED, person=person)
        return person

    def add_chat(self, chat: Chat) -> None:
        self.chats[chat.id] = chat
        self.tell(Changed.CHAT_ADDED, chat=chat)

    def add_message(self, chat: Chat, sender: Person, **fields: Any) -> Message:  # noqa: ANN401 - `Message`'s fields
        message = Message(next(self._message_ids), chat, sender, self.now(), **fields)
        if message.thread and message.reply_to is None:
            # What is written in a topic answers the message that began it, as far as the Bot API shows.
            message.reply_to = chat.topics[message.thread]
        chat.keep(message)
        if not sender.is_bot:
            chat.acted_after = message.id
        self.tell(Changed.MESSAGE_ADDED, chat=chat, message=message, person=sender)
        if sender.is_bot:
            self._wake(chat)
        return message

    def add_file(self, attachment: Attachment, name: str, mime_type: str, content: bytes) -> File:
        number = next(self._file_ids)
        path = f"{FOLDERS.get(attachment, 'documents')}/file_{number}{_suffix(name)}"
        file = File(f"simulated-file-{number}", path, name, mime_type, content)
        self.files[file.id] = file
        return file

    def add_query(self, person: Person, message: Message) -> str:
        query_id = self.next_query_id()
        self.queries[query_id] = Query(person, message, self.now())
        return query_id

    def next_query_id(self) -> str:
        return str(next(self._query_ids))

    def push_membership(self, chat: Chat, by: Person, old: str, new: str) -> None:
        """Tell the bot that somebody changed what it is in a chat (`my_chat_member`)."""
        members = {"old_chat_member": self._member(old), "new_chat_member": self._member(new)}
        date = int(self.now().timestamp())
        self.updates.push("my_chat_member", {"chat": chat.shown, "from": by.user, "date": date, **members})

    def tell(self, what: Changed, **fields: Any) -> None:  # noqa: ANN401 - `Change`'s fields
        self.watchers.tell(Change(what, **fields))

    async def wait_for_message(self, chat: Chat, seconds: float) -> None:
        """Until the bot sends something to the chat, or for so long."""
        future = asyncio.get_running_loop().create_future()
        self._expecting[chat.id].append(future)
        await asyncio.wait([future], timeout=seconds)

    def _member(self, status: str) -> Json:
        ban = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot.user, "status": status, **ban}

    def _wake(self, chat: Chat) -> None:
        for future in self._expecting.pop(chat.id, ()):
            if not future.done():
                future.set_result(None)


def _suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix}" if stem and dot and suffix.isalnum() else ""
