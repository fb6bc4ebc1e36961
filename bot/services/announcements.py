"""An announcement: what is said, in which languages, about what, and how it looks to somebody who reads one of them."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from html import escape
from pathlib import Path

from bot.content.announcements import AnnouncementFields, Written, read_announcement
from bot.content.problems import Problem
from bot.errors import SettingsError
from bot.languages import isolate_latin_runs
from bot.messages import Attachment, Button, Carried, Document, Picture, Reply, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.audiences import read_audience
from bot.storage import audiences, broadcasts
from bot.storage.audiences import EVERYBODY, Audience, Reach
from bot.storage.database import Connection

NEWS, LESS = "news", "less"
# Bot API, sendPhoto and sendDocument; a document this size is kept in the database until its last delivery.
MOST_BYTES: Mapping[Attachment, int] = {Attachment.PHOTO: 10_000_000, Attachment.DOCUMENT: 20_000_000}


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or a document that goes with it: the channel's name for a file, or its content until it has one."""

    kind: Attachment
    name: str = ""
    file: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Announcement:
    """`titles` plain and `texts` as HTML, by locale; `topic` and `event` what it is about, by their ids; `link` an
    address its button opens; an `urgent` one is not held back by limits and nights, for the `reason` given; `corrects` names the broadcast whose
    messages it changes."""

    id: str
    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    event: str = ""
    link: str = ""
    urgent: bool = False
    reason: str = ""
    audience: Audience = EVERYBODY
    attached: Attached | None = None
    corrects: int | None = None

    def title(self, locale: str) -> str:
        """The title in a language, else in English, else in any; empty where it has none."""
        return next((self.titles[one] for one in (locale, "en", *self.titles) if self.titles.get(one)), "")

    def to_json(self) -> str:
        fields = asdict(self) | {"audience": audiences.to_json(self.audience)}
        if self.attached is not None:
            fields["attached"]["content"] = b64encode(self.attached.content).decode()
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Announcement":
        fields = json.loads(text)
        attached = fields.pop("attached")
        if attached is not None:
            content = b64decode(attached.pop("content"))
            attached = Attached(Attachment(attached.pop("kind")), **attached, content=content)
        audience = audiences.from_json(fields.pop("audience"))
        return cls(**fields, audience=audience, attached=attached)


def read_file(app: App, text: str, name: str) -> tuple[Written | None, list[Problem]]:
    """What a file says, held against the topics and events there are, and what is wrong with it."""
    topics = {topic.id for topic in app.library.topics}
    events = {entry.id for entry in app.library.entries_of_kind("event")}
    return read_announcement(text, name, app.languages, topics, events)


def take_written(app: App, announcement: Announcement, written: Written) -> Announcement:
    """The announcement with what a file says in place of what it said. Raises `AudienceUnreadable`."""
    fields = written.fields
    return replace(
        announcement,
        titles=dict(written.titles),
        texts=dict(written.texts),
        topic=fields.topic,
        event=fields.event,
        link=fields.link,
        urgent=fields.urgency == "emergency",
        reason=fields.reason,
        audience=read_audience(app, fields.audience) if fields.audience else announcement.audience,
    )


def attach(folder: Path, fields: AnnouncementFields) -> Attached | None:
    """The picture or document a file names, which lies in `folder`. Raises `SettingsError` where it cannot be used."""
    name = fields.picture or fields.document
    if not name:
        return None
    kind = Attachment.PHOTO if fields.picture else Attachment.DOCUMENT
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise SettingsError(f"There is no file {name} beside the announcement: put it into the same folder.")
    if path.stat().st_size > MOST_BYTES[kind]:
        raise SettingsError(f"{name} is larger than {MOST_BYTES[kind] // 1_000_000} MB: make it smaller.")
    return Attached(kind, path.name, content=path.read_bytes())


def find_missing(app: App, announcement: Announcement) -> list[str]:
    """The languages it lacks."""
    return [locale for locale in app.languages.locales if locale not in announcement.texts]


def describe_missing(app: App, announcement: Announcement, locale: str) -> list[str]:
    """For each language it lacks, a line that says what its readers get instead."""
    name = app.languages.language_name
    return [
        app.languages.say(
            locale,
            "draft.missing",
            language=name(locale, one),
            instead=name(locale, choose_locale(app, announcement, one)),
        )
        for one in find_missing(app, announcement)
    ]


def choose_locale(app: App, announcement: Announcement, locale: str) -> str:
    """The language of it that somebody gets: theirs, else English, else the first there is."""
    order = (locale, "en", *app.languages.locales)
    return next(one for one in order if one in announcement.texts)


def find_reach(announcement: Announcement) -> Reach:
    """Whom it may reach: who asked for all news, for its topic, or for its event; an emergency also who muted a topic."""
    topics = (f"topic/{announcement.topic}",) if announcement.topic else ()
    events = tuple(f"{how}/{announcement.event}" for how in ("event", "coming", "remind")) if announcement.event else ()
    muted = (f"{LESS}/{announcement.topic}",) if announcement.topic and not announcement.urgent else ()
    return Reach(announcement.audience, (NEWS, *topics, *events), muted)


def draw(app: App, announcement: Announcement, locale: str) -> Reply:
    """The message as somebody who reads `locale` gets it."""
    own = choose_locale(app, announcement, locale)
    title, text = announcement.titles[own], announcement.texts[own]
    shown = isolate_latin_runs(title) if app.languages.is_rtl(own) else title
    notes = [] if own == locale else [app.languages.say(locale, "announcement.other_language")]
    if announcement.urgent:
        notes.insert(0, app.languages.say(locale, "announcement.urgent"))
    head = f"<b>{escape(shown, quote=False)}</b>" if title else ""
    html = "\n\n".join(part for part in (*notes, head, text) if part)
    # The text runs as its own language does; the buttons speak the person's.
    return _attach_to(Reply(html, locale, _rows(app, announcement, locale)), announcement.attached)


def draw_digest(app: App, several: Sequence[Announcement], locale: str) -> Reply:
    """What was held back, as one message: a line for each, and a button that shows it."""
    lines, rows = [], []
    for announcement in several:
        title = announcement.titles[choose_locale(app, announcement, locale)]
        name = title or app.languages.say(locale, "announcement.untitled")
        lines.append(f"• {escape(name, quote=False)}")
        rows.append((Button(name, action(Verb.SHOW_ANNOUNCEMENT, locale, announcement.id)),))
    html = f"{app.languages.say(locale, 'announcement.digest')}\n\n" + "\n".join(lines)
    return Reply(html, locale, (*rows, (_stop_button(app, locale),)))


def find_announcement(conn: Connection, announcement_id: str) -> Announcement | None:
    body = broadcasts.find_announcement(conn, announcement_id)
    return None if body is None else Announcement.from_json(body)


def _rows(app: App, announcement: Announcement, locale: str) -> Rows:
    """What it is about, then on one row less of this, and nothing more at all."""
    about = []
    if app.library.entry(announcement.event) is not None:
        label = app.languages.say(locale, "announcement.event")
        about.append((Button(label, action(Verb.SHOW_ENTRY, locale, announcement.event)),))
    if announcement.link:
        about.append((Button(app.languages.say(locale, "announcement.link"), url=announcement.link),))
    less = Button(app.languages.say(locale, "announcement.less"), action(Verb.LESS, locale, announcement.topic))
    return (*about, (less, _stop_button(app, locale)))


def _stop_button(app: App, locale: str) -> Button:
    return Button(app.languages.say(locale, "announcement.stop"), action(Verb.STOP, locale))


def _attach_to(reply: Reply, attached: Attached | None) -> Reply:
    if attached is None:
        return reply
    if attached.file:
        return replace(reply, carries=Carried(attached.kind, attached.file))
    if attached.kind is Attachment.PHOTO:
        return replace(reply, picture=Picture(attached.content))
    return replace(reply, document=Document(attached.name, attached.content))
