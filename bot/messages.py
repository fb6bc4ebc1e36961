"""What a channel (Telegram today) and the services say to each other, free of any channel's own types.

`Incoming` is what a person did; `Reply` is what the bot answers. Texts in a `Reply` are the small HTML that chat
programs share (`b i u s a code pre blockquote`), already escaped.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

# How what is kept until it is sent stands in JSON.
_BYTES = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class Attachment(StrEnum):
    """What a person sent that is not text."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    STICKER = "sticker"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """A text message. `forwarded` when somebody else wrote it."""

    text: str
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command such as `/start`, without its slash, in lower case; `argument` is the rest of the line."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press on a button under the bot's message `message_id`; `action` is the button's own text."""

    action: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text; `text` is its caption, if any.

    `file` is the channel's name for a file, by which its content can be fetched, `name` what its sender called it;
    `place` is a location's latitude and longitude in degrees.
    """

    attachment: Attachment
    text: str = ""
    forwarded: bool = False
    file: str = ""
    place: tuple[float, float] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message was changed; `text` is the new text, empty where there is none."""

    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was added to a group."""


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was put out of a group, or left it."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot: nothing reaches them."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person unblocked the bot."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Words typed behind the bot's name in some other chat, to share an answer there; perhaps none yet."""

    text: str


Act = Said | Commanded | Pressed | Sent | Edited | Joined | Left | Blocked | Unblocked | Searched


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing one person did.

    `person` is a pseudonym (never the channel's own number), `address` where to answer, in the channel's own terms;
    `language_code` is what the person's program says it speaks, as an IETF tag, or empty. `place` is the chat's own
    address, `threaded` whether it has threads, `thread` the one it was done in (0: none). `answers` is the id of the
    bot's message that it is a reply to (0: none). `overheard`: it was said in a group's thread, not to the bot.
    """

    person: bytes
    address: str
    act: Act
    language_code: str = ""
    in_group: bool = False
    place: str = ""
    threaded: bool = False
    thread: int = 0
    answers: int = 0
    overheard: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One button: either `action` (1–64 bytes, comes back as `Pressed`) or `url`."""

    label: str
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the bot's own making, small enough to be kept until it is sent."""

    __pydantic_config__: ClassVar[ConfigDict] = _BYTES
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG or JPEG) of the bot's own making."""

    __pydantic_config__: ClassVar[ConfigDict] = _BYTES
    content: bytes


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture or file somebody sent, by the channel's name for it, to be passed on as it is."""

    attachment: Attachment
    file: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to share: `id` at most 64 bytes, title and description plain, what is shared as HTML, a link to more."""

    id: str
    title: str
    description: str
    html: str
    more: Button


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the bot, or a change of one.

    `html` empty and `replaces` set: only the buttons of that message change. `locale` tells the channel which way
    the text runs. Rows of buttons are in reading order: the channel mirrors them where its screen does not. With a
    `document`, a `picture` or what it `carries` (a file sent on as it is) the text is its caption, and only that can be
    replaced. `offers` answer a `Searched`, and are all it has. `menu`: the chat's menu of commands becomes that of
    somebody with these roles; None leaves it as it is. `thread` is the thread it goes into. `opens_thread`: nothing is
    said, but a thread of that title is opened. `tracked` names to the services what they want to hear of by a `Receipt`.

    `place_button` is the label of a button beside the text field that sends where the person is; it stays there until a
    reply has an empty one. A reply with either has no other `buttons` and replaces nothing.
    """

    html: str
    locale: str
    buttons: Rows = ()
    replaces: int | None = None
    document: Document | None = None
    picture: Picture | None = None
    offers: tuple[Offer, ...] = ()
    menu: tuple[str, ...] | None = None
    carries: Carried | None = None
    thread: int = 0
    opens_thread: str = ""
    tracked: str = ""
    place_button: str | None = None

    def to_json(self) -> str:
        return _REPLIES.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> "Reply":
        return _REPLIES.validate_json(text)


_REPLIES = TypeAdapter(Reply)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a tracked reply. `message_id` is 0 where it was not delivered, `thread` that which was opened.

    `place` is the address of the chat it went to, `moved` whether that is another than the one it was meant for, because
    the chat has moved there; `gone`: nobody is there any more.
    """

    place: str
    message_id: int = 0
    thread: int = 0
    moved: bool = False
    gone: bool = False
