"""People, chats and messages as a Telegram server knows them, and their JSON as the Bot API page documents it."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from bot.messages import Attachment

Json = dict[str, Any]

# Old messages of a chat are forgotten beyond this many, so that a benchmark does not fill the memory.
MESSAGES_KEPT = 20_000


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with a Telegram account, or the bot itself (`is_bot`).

    `started`: has written to the bot at least once, so that the bot may write. `language_code` is an IETF tag or empty.
    """

    id: int
    name: str
    language_code: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    user: Json = field(init=False, repr=False)  # a Bot API `User`

    def __post_init__(self) -> None:
        self.user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            self.user["username"] = self.username
        if self.language_code:
            self.user["language_code"] = self.language_code


@dataclass(frozen=True, slots=True)
class File:
    """A file on the server; `path` is what `getFile` gives, `id` what it is asked by."""

    id: str
    path: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat.

    `text` is the plain text or the caption, `entities` those of the Bot API (offsets in UTF-16 code units).
    `attachment` says what it carries beside text, `fields` how the Bot API shows that, `file` what the bot uploaded.
    `reply_markup` is the keyboard as the bot gave it, decoded. `thread` is the forum topic it is in; 0 in the general one.
    """

    id: int
    chat: "Chat"
    sender: Person
    at: datetime
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    sent_html: str = ""
    reply_markup: Json | None = None
    attachment: Attachment | None = None
    file: File | None = None
    fields: Json = field(default_factory=dict)
    reply_to: "Message | None" = None
    forwarded: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    thread: int = 0

    @property
    def html(self) -> str:
        """The HTML it was sent with; for what was sent as plain text, that text escaped."""
        return self.sent_html or escape(self.text, quote=False)

    @property
    def document(self) -> File | None:
        """The document, where it is one."""
        return self.file if self.attachment is Attachment.DOCUMENT else None

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of inline buttons, each an `InlineKeyboardButton`."""
        rows: list[list[Json]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    def to_json(self, *, with_reply: bool = True) -> Json:
        """A Bot API `Message`. The message it replies to comes without its own `reply_to_message`, as documented."""
        shown: Json = {"message_id": self.id, "from": self.sender.user, "chat": self.chat.shown}
        shown["date"] = int(self.at.timestamp())
        if self.text:
            caption = self.attachment is not None
            shown["caption" if caption else "text"] = self.text
            if self.entities:
                shown["caption_entities" if caption else "entities"] = self.entities
        if self.fields:
            shown |= self.fields
        if self.reply_markup is not None and "inline_keyboard" in self.reply_markup:
            shown["reply_markup"] = self.reply_markup
        if self.edited_at is not None:
            shown["edit_date"] = int(self.edited_at.timestamp())
        if self.reply_to is not None and with_reply:
            shown["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.thread:
            shown |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.forwarded:
            origin = {"type": "hidden_user", "sender_user_name": "Somebody else", "date": shown["date"]}
            shown["forward_origin"] = origin
        return shown


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (its `id` is the person's) or a group (a negative `id`).

    A group with `has_topics` is a supergroup that is a forum; `topics` are the messages that began its topics, by id. `moved_to`: the
    group has become the supergroup of that id.
    """

    id: int
    members: list[Person]
    title: str = ""
    has_bot: bool = True
    has_topics: bool = False
    bot_manages_topics: bool = True
    bot_kicked: bool = False
    moved_to: int = 0
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict, repr=False)
    topics: dict[int, Message] = field(default_factory=dict, repr=False)
    keyboard: list[list[Json]] = field(default_factory=list)  # the keys beside the text field, as `KeyboardButton`s
    acted_after: int = 0  # the newest message id when a person last did something here
    shown: Json = field(init=False, repr=False)  # a Bot API `Chat`

    def __post_init__(self) -> None:
        if self.has_topics:
            self.shown = {"id": self.id, "type": "supergroup", "title": self.title, "is_forum": True}
        elif self.is_group:
            self.shown = {"id": self.id, "type": "group", "title": self.title}
        else:
            named = ("first_name", "username")
            self.shown = {"id": self.id, "type": "private", **_pick(self.members[0].user, named)}

    @property
    def is_group(self) -> bool:
        return self.id < 0

    def keep(self, message: Message) -> None:
        """Add a message, and forget the oldest of very many."""
        self.messages[message.id] = message
        if len(self.messages) > MESSAGES_KEPT:
            self.messages.popitem(last=False)

    def take_keyboard(self, markup: Json | None) -> None:
        """A message with a reply keyboard brings it, one that removes it takes it away; any other leaves it."""
        if markup and "keyboard" in markup:
            self.keyboard = [
                [{"text": one} if isinstance(one, str) else one for one in row] for row in markup["keyboard"]
            ]
        elif markup and markup.get("remove_keyboard"):
            self.keyboard = []

    def last_texts(self, count: int) -> list[str]:
        """The beginnings of the newest messages, for people who look for a fault."""
        newest = list(self.messages.values())[-count:]
        return [f"{message.sender.name}: {message.text[:80]}" for message in newest]


def _pick(fields: Mapping[str, Any], names: tuple[str, ...]) -> Json:
    return {name: fields[name] for name in names if name in fields}
