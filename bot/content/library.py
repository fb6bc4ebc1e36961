"""The curated content as the bot answers from it: read once from `content.db`, then never changed."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from bot.errors import ContentUnusable
from bot.matching import Matcher, Phrasing


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
    """One curated answer. `as_of` is the day it was known true; without sources the bot speaks of itself."""

    id: str
    topic: str
    as_of: date | None
    reviewed: date
    valid_until: date | None
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    texts: Mapping[str, EntryText]

    def is_valid_on(self, day: date) -> bool:
        """Whether the entry may still be offered."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True)
class Library:
    """All content. `topics` and `entries` keep the order of their files."""

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    phrasings: tuple[Phrasing, ...]
    fingerprint: str = ""
    built_at: datetime | None = None

    @classmethod
    def open(cls, path: Path) -> "Library":
        """Read a compiled content. Raises `ContentUnusable` when the file is none."""
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
                return _read(raw)
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise ContentUnusable(f"{path} is not a compiled content ({error}): run `hiwar content build`.") from error

    @cached_property
    def matcher(self) -> Matcher:
        """Built at the first question; `hiwar run` asks for it at start."""
        return Matcher.build((*self.phrasings, *self._titles()))

    def entry(self, entry_id: str) -> Entry | None:
        return self._by_id.get(entry_id)

    def entries_of(self, topic: str) -> tuple[Entry, ...]:
        return self._by_topic.get(topic, ())

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        groups: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            groups[entry.topic] = (*groups.get(entry.topic, ()), entry)
        return groups

    def _titles(self) -> Iterable[Phrasing]:
        return (
            Phrasing(entry.id, locale, text.title) for entry in self.entries for locale, text in entry.texts.items()
        )


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
    return Library(
        tuple(
            Topic(row["id"], row["emoji"], json.loads(row["titles"]))
            for row in raw.execute("SELECT * FROM topic ORDER BY rowid")
        ),
        tuple(
            _to_entry(row, sources, texts[row["id"]]) for row in raw.execute("SELECT * FROM entry ORDER BY position")
        ),
        tuple(Phrasing(*row) for row in raw.execute("SELECT entry, locale, text FROM phrasing ORDER BY rowid")),
        meta["fingerprint"],
        datetime.fromisoformat(meta["built_at"]),
    )


def _to_entry(row: sqlite3.Row, sources: Mapping[str, Source], texts: Mapping[str, EntryText]) -> Entry:
    return Entry(
        row["id"],
        row["topic"],
        _to_date(row["as_of"]),
        date.fromisoformat(row["reviewed"]),
        _to_date(row["valid_until"]),
        tuple(json.loads(row["related"])),
        tuple(sources[key] for key in json.loads(row["sources"])),
        texts,
    )


def _to_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
