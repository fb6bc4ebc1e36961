"""Telegram's updates as `Incoming`: one pure translation, free of what the services do with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Chat, ChatMemberUpdated, Message, MessageEntity, Update, User

from bot.messages import Act, Attachment, Commanded, Edited, Incoming, Joined, Pressed, Said, Searched, Sent
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
    """Where a reply goes: a chat, in groups with the message it answers; or an inline query of a person."""

    chat_id: int
    reply_to: int | None = None
    query_id: str = ""

    def __str__(self) -> str:
        if self.query_id:
            return f"{self.chat_id}?{self.query_id}"
        return str(self.chat_id) if self.reply_to is None else f"{self.chat_id}/{self.reply_to}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        where, _, query_id = text.partition("?")
        chat_id, _, reply_to = where.partition("/")
        return cls(int(chat_id), int(reply_to) if reply_to else None, query_id)


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
        read: Callable[[Update], tuple[Act, int | None] | None]
        read = next((reader for kind, reader in self._readers().items() if getattr(update, kind)), _read_nothing)
        found = read(update)
        if found is None:
            return None
        act, message_id = found
        in_group = chat.type != Chat.PRIVATE
        address = Address(chat.id, message_id if in_group else None)
        return Incoming(person, str(address), act, user.language_code or "", in_group)

    def _readers(self) -> dict[str, Callable[[Update], tuple[Act, int | None] | None]]:
        return {
            "message": self._read_message,
            "edited_message": self._read_edited,
            "callback_query": _read_press,
            "my_chat_member": _read_membership,
        }

    def _read_message(self, update: Update) -> tuple[Act, int | None] | None:
        message = update.message
        if message is None or not self._is_addressed(message):
            return None
        act = self._act(message)
        return None if act is None else (act, message.message_id)

    def _read_edited(self, update: Update) -> tuple[Act, int | None] | None:
        message = update.edited_message
        # Telegram sends this for a live location's every move, too, and for a new reaction's counter.
        if message is None or message.chat.type != Chat.PRIVATE or not (message.text or message.caption):
            return None
        return Edited(message.text or message.caption or ""), message.message_id

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
        text = message.text or message.caption or ""
        command = COMMAND.fullmatch(text.strip())
        if command:
            return command[2] is None or command[2].lower() == (self._me.username or "").lower()
        replied_to = message.reply_to_message
        if replied_to is not None and replied_to.from_user is not None and replied_to.from_user.id == self._me.id:
            return True
        return self._is_mentioned(message, text)

    def _is_mentioned(self, message: Message, text: str) -> bool:
        entities = message.entities if message.text else message.caption_entities
        return any(entity.type == MessageEntity.MENTION for entity in entities) and bool(self._mention.search(text))

    def _without_mention(self, text: str) -> str:
        return self._mention.sub(" ", text).strip() if self._mention.search(text) else text


def _file(message: Message) -> str:
    """The id of the file a message carries; of a picture's sizes the largest."""
    sizes = message.photo[-1:]
    files = (message.document, *sizes, message.voice, message.video, message.audio, message.video_note)
    return next((file.file_id for file in files if file), "")


def _place(message: Message) -> tuple[float, float] | None:
    location = message.location or (message.venue.location if message.venue else None)
    return (location.latitude, location.longitude) if location else None


def _read_press(update: Update) -> tuple[Act, int | None] | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    return Pressed(query.data or "", query.message.message_id), None


def _read_membership(update: Update) -> tuple[Act, int | None] | None:
    change = update.my_chat_member
    if change is None or change.chat.type == Chat.PRIVATE or not _has_joined(change):
        return None
    return Joined(), None


def _has_joined(change: ChatMemberUpdated) -> bool:
    inside = {"member", "administrator"}
    return change.new_chat_member.status in inside and change.old_chat_member.status not in inside


def _read_nothing(_update: Update) -> None:
    return None
