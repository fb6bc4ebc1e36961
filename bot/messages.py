"""What a channel (Telegram today) and the services say to each other, free of any channel's own types.

`Incoming` is what a person did; `Reply` is what the bot answers. Texts in a `Reply` are the small HTML that chat
programs share (`b i u s a code pre blockquote`), already escaped.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


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

    `file` is the channel's name for a file, by which its content can be fetched; `place` is a location's latitude and
    longitude in degrees.
    """

    attachment: Attachment
    text: str = ""
    forwarded: bool = False
    file: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message was changed; `text` is the new text, empty where there is none."""

    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was added to a group."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Words typed behind the bot's name in some other chat, to share an answer there; perhaps none yet."""

    text: str


Act = Said | Commanded | Pressed | Sent | Edited | Joined | Searched


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing one person did.

    `person` is a pseudonym (never the channel's own number), `address` where to answer, in the channel's own terms;
    `language_code` is what the person's program says it speaks, as an IETF tag, or empty.
    """

    person: bytes
    address: str
    act: Act
    language_code: str = ""
    in_group: bool = False


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

    name: str
    content: bytes


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
    `document` the text is its caption, and nothing is replaced. `offers` answer a `Searched`, and are all it has.

    `place_button` is the label of a button beside the text field that sends where the person is; it stays there until a
    reply has an empty one. A reply with either has no other `buttons` and replaces nothing.
    """

    html: str
    locale: str
    buttons: Rows = ()
    replaces: int | None = None
    document: Document | None = None
    offers: tuple[Offer, ...] = ()
    place_button: str | None = None

    def to_json(self) -> str:
        fields = asdict(self)
        if self.document is not None:
            fields["document"]["content"] = b64encode(self.document.content).decode()
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Reply":
        fields: dict[str, Any] = json.loads(text)
        rows = tuple(tuple(Button(**button) for button in row) for row in fields.pop("buttons"))
        document = fields.pop("document", None)
        if document is not None:
            document = Document(document["name"], b64decode(document["content"]))
        offers = tuple(Offer(**{**one, "more": Button(**one["more"])}) for one in fields.pop("offers", ()))
        return cls(**fields, buttons=rows, document=document, offers=offers)
