"""Telegram's updates as `Incoming`: one pure translation, free of what the services do with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Chat, ChatMember, Message, MessageEntity, Update, User

from bot.messages import (
    Act,
    Attachment,
    Blocked,
    Commanded,
    Edited,
    Incoming,
    Joined,
    Left,
    Pressed,
    Said,
    Searched,
    Sent,
    Unblocked,
)
from bot.storage.sealing import Cipher

CHANNEL = "telegram"
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)

ATTACHMENTS: Sequence[tuple[str, Attachment]] = (
    ("photo", Attachment.PHOTO),
    ("video", Attachment.VIDEO),
    ("video_note", Attachment.VIDEO),
    ("animation", Attachment.VIDEO),
    ("voice", Attachment.VOICE),
    ("audio", Attachment.VOICE),
    ("sticker", Attachment.STICKER),
    ("document", Attachment.DOCUMENT),
    ("location", Attachment.LOCATION),
    ("venue", Attachment.LOCATION),
    ("contact", Attachment.CONTACT),
    ("poll", Attachment.OTHER),
    ("dice", Attachment.OTHER),
    ("story", Attachment.OTHER),
    ("game", Attachment.OTHER),
    ("paid_media", Attachment.OTHER),
    ("checklist", Attachment.OTHER),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a reply goes: a chat, in groups with the message it answers and its topic; or an inline query of a person."""

    chat_id: int
    reply_to: int | None = None
    query_id: str = ""
    thread: int = 0

    def __str__(self) -> str:
        if self.query_id:
            return f"{self.chat_id}?{self.query_id}"
        where = f"{self.chat_id}#{self.thread}" if self.thread else str(self.chat_id)
        return where if self.reply_to is None else f"{where}/{self.reply_to}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        where, _, query_id = text.partition("?")
        chat, _, reply_to = where.partition("/")
        chat_id, _, thread = chat.partition("#")
        return cls(int(chat_id), int(reply_to) if reply_to else None, query_id, int(thread or 0))


@dataclass(frozen=True, slots=True)
class _Found:
    """What an update says, and where within its chat."""

    act: Act
    message_id: int | None = None
    thread: int = 0
    answers: int = 0
    overheard: bool = False


class Translator:
    """Reads updates for one bot account."""

    def __init__(self, me: User, cipher: Cipher) -> None:
        self._me = me
        self._cipher = cipher
        self._mention = re.compile(rf"\s*@{re.escape(me.username or '')}\b\s*", re.IGNORECASE)

    def pseudonym(self, update: Update) -> bytes:
        """The person an update is from; updates of nobody (a channel, a service) count as one person's by chat."""
        who = update.effective_user or update.effective_chat
        return self.pseudonym_of_number(who.id if who else 0)

    def pseudonym_of_number(self, number: int) -> bytes:
        """The pseudonym for a Telegram id; that of a private chat is its person's."""
        return self._cipher.pseudonym(CHANNEL, number)

    def read(self, update: Update, person: bytes) -> Incoming | None:
        """What somebody, by pseudonym, did; None where it is not for the bot: nothing is said then."""
        user, chat = update.effective_user, update.effective_chat
        if update.inline_query and user:
            address = Address(user.id, query_id=update.inline_query.id)
            searched = Searched(update.inline_query.query)
            return Incoming(person, str(address), searched, user.language_code or "")
        if user is None or chat is None or user.is_bot or chat.type == Chat.CHANNEL:
            return None
        read: Callable[[Update], _Found | None]
        read = next((reader for kind, reader in self._readers().items() if getattr(update, kind)), _read_nothing)
        found = read(update)
        if found is None:
            return None
        in_group = chat.type != Chat.PRIVATE
        address = Address(chat.id, found.message_id, thread=found.thread) if in_group else Address(chat.id)
        return Incoming(
            person,
            str(address),
            found.act,
            user.language_code or "",
            in_group,
            place=str(Address(chat.id)),
            threaded=bool(chat.is_forum),
            thread=found.thread,
            answers=found.answers,
            overheard=found.overheard,
        )

    def _readers(self) -> dict[str, Callable[[Update], _Found | None]]:
        return {
            "message": self._read_message,
            "edited_message": self._read_edited,
            "callback_query": _read_press,
            "my_chat_member": _read_membership,
        }

    def _read_message(self, update: Update) -> _Found | None:
        message = update.message
        if message is None:
            return None
        thread = _thread(message)
        overheard = bool(thread) and not self._is_called(message) and _replied_to(message) is None
        if not (overheard or self._is_addressed(message)):
            return None
        act = self._act(message)
        answers = message.reply_to_message.message_id if message.reply_to_message and self._is_reply(message) else 0
        return None if act is None else _Found(act, message.message_id, thread, answers, overheard)

    def _read_edited(self, update: Update) -> _Found | None:
        message = update.edited_message
        # Telegram sends this for a live location's every move, too, and for a new reaction's counter.
        if message is None or message.chat.type != Chat.PRIVATE or not (message.text or message.caption):
            return None
        return _Found(Edited(message.text or message.caption or ""), message.message_id)

    def _act(self, message: Message) -> Act | None:
        forwarded = message.forward_origin is not None
        if message.text is not None:
            command = COMMAND.fullmatch(message.text.strip()) if not forwarded else None
            if command:
                return Commanded(command[1].lower(), (command[3] or "").strip())
            return Said(self._without_mention(message.text), forwarded)
        attachment = next((kind for name, kind in ATTACHMENTS if getattr(message, name, None)), None)
        if attachment is None:
            return None
        caption = self._without_mention(message.caption or "")
        name = (message.document.file_name if message.document else None) or ""
        return Sent(attachment, caption, forwarded, _file(message), _place(message), name)

    def _is_addressed(self, message: Message) -> bool:
        """In a group: mentioned, replied to, or given a command that names no other bot."""
        if message.chat.type == Chat.PRIVATE:
            return True
        command = _command(message)
        if command:
            return self._is_named(command)
        return self._is_reply(message) or self._is_called(message)

    def _is_named(self, command: re.Match[str]) -> bool:
        return command[2] is None or command[2].lower() == (self._me.username or "").lower()

    def _is_reply(self, message: Message) -> bool:
        """Whether it is a reply to the bot: in a topic that the bot began, everything is one."""
        replied_to = message.reply_to_message
        return replied_to is not None and replied_to.from_user is not None and replied_to.from_user.id == self._me.id

    def _is_called(self, message: Message) -> bool:
        """Whether it is a command, to any bot, or names this one."""
        text = message.text or message.caption or ""
        return bool(_command(message)) or self._is_mentioned(message, text)

    def _is_mentioned(self, message: Message, text: str) -> bool:
        entities = message.entities if message.text else message.caption_entities
        return any(entity.type == MessageEntity.MENTION for entity in entities) and bool(self._mention.search(text))

    def _without_mention(self, text: str) -> str:
        return self._mention.sub(" ", text).strip() if self._mention.search(text) else text


def _command(message: Message) -> re.Match[str] | None:
    return COMMAND.fullmatch((message.text or message.caption or "").strip())


def _thread(message: Message) -> int:
    """The forum topic a message is in; 0 in the general one, and in groups without."""
    return message.message_thread_id or 0 if message.is_topic_message else 0


def _replied_to(message: Message) -> Message | None:
    """What somebody replied to; not the message that began a topic, which Telegram puts there of itself."""
    replied_to = message.reply_to_message
    return None if replied_to is None or replied_to.forum_topic_created is not None else replied_to


def _file(message: Message) -> str:
    """The id of the file a message carries; of a picture's sizes the largest."""
    sizes = message.photo[-1:]
    files = (message.document, *sizes, message.voice, message.video, message.audio, message.video_note)
    return next((file.file_id for file in files if file), "")


def _place(message: Message) -> tuple[float, float] | None:
    location = message.location or (message.venue.location if message.venue else None)
    return (location.latitude, location.longitude) if location else None


def _read_press(update: Update) -> _Found | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    thread = _thread(query.message) if isinstance(query.message, Message) else 0
    return _Found(Pressed(query.data or "", query.message.message_id), thread=thread)


def _read_membership(update: Update) -> _Found | None:
    change = update.my_chat_member
    if change is None:
        return None
    if change.chat.type == Chat.PRIVATE:
        return _Found(Blocked() if change.new_chat_member.status == ChatMember.BANNED else Unblocked())
    before, after = _is_inside(change.old_chat_member), _is_inside(change.new_chat_member)
    return None if before is after else _Found(Joined() if after else Left())


def _is_inside(member: ChatMember) -> bool:
    return member.status in {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED}


def _read_nothing(_update: Update) -> None:
    return None
