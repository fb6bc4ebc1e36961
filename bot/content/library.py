"""The curated content as the bot answers from it: read once from `content.db`, then never changed."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from bot.content.countries import Countries
from bot.content.kinds import ENTRY_KINDS
from bot.content.lexicon import SLOTS
from bot.content.path import NO_WAY_IN, QuestionFields, WayFields, WayIn
from bot.content.schema import COUNTRY, EntryFields
from bot.errors import ContentUnusable
from bot.forms import Form
from bot.matching import NOTHING, Lexicon, Matcher, Phrasing, Slots


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from. `titles` by locale, or one for all under ""; `date` a year, a month, a day or nothing."""

    key: str
    titles: Mapping[str, str]
    url: str
    date: str

    def title(self, locale: str) -> str:
        """The title in a language, else in English, else in any."""
        return next(self.titles[one] for one in (locale, "", "en", *self.titles) if one in self.titles)


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries, shown as a button."""

    id: str
    emoji: str
    titles: Mapping[str, str]

    def title(self, locale: str) -> str:
        """The title in a language, else in English, else in any."""
        return next(self.titles[one] for one in (locale, "en", *self.titles) if one in self.titles)


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry in one language: the title as plain text, the answer as HTML."""

    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated answer of some kind, with the fields of that kind; without sources the bot speaks of itself."""

    id: str
    kind: str
    fields: EntryFields
    sources: tuple[Source, ...]
    texts: Mapping[str, EntryText]

    def text(self, locale: str) -> EntryText:
        """The text in a language, else in English, else in any."""
        return next(self.texts[one] for one in (locale, "en", *self.texts) if one in self.texts)

    def title(self, locale: str) -> str:
        return self.text(locale).title

    @property
    def topic(self) -> str:
        return self.fields.topic

    @property
    def as_of(self) -> date | None:
        """The day the answer was known true."""
        return self.fields.as_of

    @property
    def related(self) -> tuple[str, ...]:
        return tuple(self.fields.related)

    @property
    def slots(self) -> Mapping[str, int | str]:
        """The numbers and names the entry is about."""
        return self.fields.asked_by

    def is_valid_on(self, day: date) -> bool:
        """Whether the entry may still be offered."""
        until = self.fields.valid_until
        return until is None or day <= until


@dataclass(frozen=True)
class Library:
    """All content. `topics` and `entries` keep the order of their files."""

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    phrasings: tuple[Phrasing, ...]
    countries: Countries
    matcher: Matcher = field(compare=False, repr=False)
    fingerprint: str = ""
    built_at: datetime | None = None
    forms: Mapping[str, Form] = field(default_factory=dict, compare=False, repr=False)
    way_in: WayIn = NO_WAY_IN

    @classmethod
    def open(cls, path: Path) -> "Library":
        """Read a compiled content. Raises `ContentUnusable` when the file is none."""
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
                return _read(raw)
        except (sqlite3.Error, ValueError, LookupError) as error:
            raise ContentUnusable(f"{path} is not a compiled content ({error}): run `hiwar content build`.") from error

    def entry(self, entry_id: str) -> Entry | None:
        return self._by_id.get(entry_id)

    def entries_of(self, topic: str) -> tuple[Entry, ...]:
        """The plain entries of a topic; what is of another kind has lists of its own."""
        return self._by_topic.get(topic, ())

    def entries_of_kind(self, kind: str) -> tuple[Entry, ...]:
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        return _group(self.entries_of_kind("entry"), lambda entry: entry.topic)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        return _group(self.entries, lambda entry: entry.kind)


def ways_of_asking(phrasings: Iterable[Phrasing], entries: Iterable[Entry]) -> tuple[Phrasing, ...]:
    """The phrasings, and the titles, which are questions, too."""
    titles = (Phrasing(entry.id, locale, text.title) for entry in entries for locale, text in entry.texts.items())
    return (*phrasings, *titles)


def find_slots(lexicon: Lexicon, entries: Iterable[Entry], countries: Countries) -> Slots:
    """By which numbers and countries entries may be asked for, and by which words these are known. An entry on a country
    is a special case of what its topic says of no country."""
    known = tuple(entries)
    general: dict[str, set[str]] = {}
    for entry in known:
        if COUNTRY not in entry.slots:
            general.setdefault(entry.topic, set()).add(entry.id)
    topics = {topic: frozenset(ids) for topic, ids in general.items()}
    special = {entry.id: topics.get(entry.topic, frozenset()) for entry in known if COUNTRY in entry.slots}
    return Slots.make(
        lexicon.of(SLOTS), {entry.id: entry.slots for entry in known}, {COUNTRY: countries.names}, special
    )


def _group(entries: Iterable[Entry], key: Callable[[Entry], str]) -> Mapping[str, tuple[Entry, ...]]:
    groups: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        groups[key(entry)] = (*groups.get(key(entry), ()), entry)
    return groups


def _read(raw: sqlite3.Connection) -> Library:
    raw.row_factory = sqlite3.Row
    meta = raw.execute("SELECT * FROM meta").fetchone()
    sources = {
        row["key"]: Source(row["key"], json.loads(row["titles"]), row["url"], row["date"])
        for row in raw.execute("SELECT * FROM source")
    }
    texts: dict[str, dict[str, EntryText]] = {}
    for row in raw.execute("SELECT * FROM entry_text"):
        texts.setdefault(row["entry"], {})[row["locale"]] = EntryText(row["title"], row["html"])
    entries = tuple(
        _to_entry(row, sources, texts[row["id"]]) for row in raw.execute("SELECT * FROM entry ORDER BY position")
    )
    phrasings = tuple(Phrasing(*row) for row in raw.execute("SELECT entry, locale, text FROM phrasing ORDER BY rowid"))
    lexicon = _read_lexicon(raw)
    models = {row["name"]: row["body"] for row in raw.execute("SELECT * FROM model")}
    outside = [Phrasing(NOTHING, *row) for row in raw.execute("SELECT language, question FROM out_of_scope")]
    countries = Countries(
        {row["code"]: (row["latitude"], row["longitude"]) for row in raw.execute("SELECT * FROM country")},
        {row["name"]: row["code"] for row in raw.execute("SELECT * FROM country_name")},
    )
    return Library(
        tuple(
            Topic(row["id"], row["emoji"], json.loads(row["titles"]))
            for row in raw.execute("SELECT * FROM topic ORDER BY rowid")
        ),
        entries,
        phrasings,
        countries,
        Matcher.unpack(
            ways_of_asking(phrasings, entries), models, lexicon, find_slots(lexicon, entries, countries), outside
        ),
        meta["fingerprint"],
        datetime.fromisoformat(meta["built_at"]),
        {row["id"]: Form.from_json(row["body"]) for row in raw.execute("SELECT * FROM form ORDER BY rowid")},
        WayIn(
            {
                key: QuestionFields.model_validate_json(fields)
                for key, fields in raw.execute("SELECT * FROM path_question")
            },
            {key: WayFields.model_validate_json(fields) for key, fields in raw.execute("SELECT * FROM path_way")},
        ),
    )


def _read_lexicon(raw: sqlite3.Connection) -> Lexicon:
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, word, meant in raw.execute("SELECT * FROM word"):
        words.setdefault(language, {})[word] = tuple(meant.split())
    return Lexicon(words)


def _to_entry(row: sqlite3.Row, sources: Mapping[str, Source], texts: Mapping[str, EntryText]) -> Entry:
    return Entry(
        row["id"],
        row["kind"],
        ENTRY_KINDS[row["kind"]].fields.model_validate_json(row["fields"]),
        tuple(sources[key] for key in json.loads(row["sources"])),
        texts,
    )
