"""Compiling the folder: every file read, every Problem listed, in one run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import TypeVar

from bot.content import checks, translations
from bot.content.countries import Countries, CountryFields, check_countries
from bot.content.entries import Checking, SourceEntry
from bot.content.files import Section, read_text, read_yaml, split_front, split_sections
from bot.content.forms import read_forms
from bot.content.kinds import ENTRY_KINDS, EntryKind
from bot.content.lexicon import check_signals, read_lexicon
from bot.content.library import Entry, EntryText, Source, Topic
from bot.content.markdown import Place, render_markdown
from bot.content.out_of_scope import read_out_of_scope
from bot.content.path import FOLDER, NO_WAY_IN, QUESTIONS, WAYS, QuestionFields, WayFields, WayIn, check_path
from bot.content.problems import Problem
from bot.content.questions import read_questions
from bot.content.schema import Schema, SourceFields, Table, TopicFields, read_fields, read_table
from bot.forms import Form
from bot.languages import Languages, hold_spaces
from bot.matching import NO_LEXICON, Lexicon, Phrasing, fold

ID = re.compile(r"[a-z0-9-]{1,40}")
TAG = re.compile(r"<[^>]*>")
# Bot API, sendMessage: 4096 characters after parsing; the rest is for title, date and sources.
ANSWER_LENGTH = 4096 - 600
SCREEN_LENGTH = 1200
# With its links, an answer is written in more characters than people see.
WRITTEN_LENGTH = 10_000

S = TypeVar("S", bound=Schema)


@dataclass(frozen=True, slots=True)
class Compilation:
    """What the folder holds, and everything that is wrong with it."""

    problems: tuple[Problem, ...]
    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    phrasings: tuple[Phrasing, ...]
    countries: Countries
    forms: tuple[Form, ...] = ()
    way_in: WayIn = NO_WAY_IN
    lexicon: Lexicon = NO_LEXICON
    outside: tuple[Phrasing, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def compile_content(folder: Path, languages: Languages, today: date) -> Compilation:
    """Read all of the folder; `.errors` says whether the result may go live."""
    problems: list[Problem] = []
    topics = _read_table(folder, "topics.yaml", TopicFields, problems)
    sources = _read_table(folder, "sources.yaml", SourceFields, problems)
    countries = _read_table(folder, "countries.yaml", CountryFields, problems)
    found = read_entries(folder, problems)
    entries = list({one.id: one for one in found}.values())
    checks.check_tables(topics, sources, languages, today, problems)
    check_countries(countries, languages, problems)
    checks.check_entries(found, topics, sources, languages, today, problems)
    asked = checks.check_phrasings(entries, problems)
    for kind in ENTRY_KINDS.values():
        kind.check([one for one in entries if one.kind == kind.name], Checking(folder, languages, today, problems))
    lexicon = read_lexicon(folder, languages, problems)
    check_signals(lexicon, {one.id for one in entries}, problems)
    way_in = _read_way_in(folder, entries, languages, problems)
    measured = read_questions(folder, {one.id for one in entries}, languages.locales, problems)
    translations.check_translations(folder, entries, problems)
    known = {key: _to_source(key, fields) for key, fields in sources.rows.items()}
    forms = read_forms(folder, languages, problems)
    compiled = tuple(_to_entry(one, known, languages, problems) for one in entries)
    titles = {(locale, fold(text.title)) for one in compiled for locale, text in one.texts.items()}
    outside = read_out_of_scope(folder, titles.union(asked), measured, languages.locales, problems)
    return Compilation(
        tuple(sorted(set(problems))),
        tuple(Topic(key, one.emoji, one.title) for key, one in topics.rows.items()),
        compiled,
        tuple(_phrasings(entries)),
        Countries.read(countries.rows, languages),
        forms,
        way_in,
        lexicon,
        outside,
    )


def read_entries(folder: Path, problems: list[Problem]) -> list[SourceEntry]:
    """Every file of every kind that can be read at all."""
    paths = [(kind, path) for kind in ENTRY_KINDS.values() for path in sorted((folder / kind.folder).rglob("*.md"))]
    found = (_read_entry(folder, kind, path, problems) for kind, path in paths)
    return [entry for entry in found if entry is not None]


def _read_table(folder: Path, name: str, schema: type[S], problems: list[Problem]) -> Table[S]:
    text = read_text(folder / name, name, problems)
    block = None if text is None else read_yaml(text, name, problems)
    return Table(name, {}, {}) if block is None else read_table(schema, block, name, problems)


def _read_way_in(folder: Path, entries: Iterable[SourceEntry], languages: Languages, problems: list[Problem]) -> WayIn:
    if not (folder / FOLDER).is_dir():
        return NO_WAY_IN
    questions = _read_table(folder, QUESTIONS, QuestionFields, problems)
    ways = _read_table(folder, WAYS, WayFields, problems)
    check_path(questions, ways, entries, languages, problems)
    return WayIn(questions.rows, ways.rows)


def _read_entry(folder: Path, kind: EntryKind, path: Path, problems: list[Problem]) -> SourceEntry | None:
    name = path.relative_to(folder).as_posix()
    if not ID.fullmatch(path.stem):
        problems.append(Problem(name, 1, "file-name", path.name))
        return None
    text = read_text(path, name, problems)
    split = None if text is None else split_front(text, name, problems)
    if split is None:
        return None
    block, rest, line = split
    sections = split_sections(rest, line, name, problems)
    fields = read_fields(kind.fields, block, name, problems)
    if fields is None:
        return None
    return SourceEntry(path.stem, kind.name, name, fields, block.lines, tuple(sections))


def _to_source(key: str, fields: SourceFields) -> Source:
    titles = {"": fields.title} if isinstance(fields.title, str) else fields.title
    held = {locale: hold_spaces(locale, title) for locale, title in titles.items()}
    return Source(key, held, fields.url, fields.date)


def _to_entry(entry: SourceEntry, known: Mapping[str, Source], languages: Languages, problems: list[Problem]) -> Entry:
    fields = entry.fields
    sources = (
        known.get(one) if isinstance(one, str) else _to_source(f"{entry.id}#{number}", one)
        for number, one in enumerate(fields.sources)
    )
    return Entry(
        entry.id,
        entry.kind,
        fields,
        tuple(source for source in sources if source is not None),
        {one.locale: _to_text(entry, one, languages, problems) for one in entry.sections if one.locale in languages},
    )


def _to_text(entry: SourceEntry, section: Section, languages: Languages, problems: list[Problem]) -> EntryText:
    def isolate(text: str) -> str:
        return languages.isolate_foreign(section.locale, text)

    # What cannot fit by far is not read: reading takes longer the longer it is, many times over.
    body = section.body if len(section.body) <= WRITTEN_LENGTH else ""
    html = render_markdown(body, Place(entry.name, section.body_line), isolate, problems)
    length = len(unescape(TAG.sub("", html))) if body else len(section.body)
    if length > ANSWER_LENGTH:
        problems.append(Problem(entry.name, section.body_line, "answer-long", str(length)))
    elif length > SCREEN_LENGTH:
        problems.append(Problem(entry.name, section.body_line, "answer-screen", str(length)))
    return EntryText(isolate(section.title), html)


def _phrasings(entries: Iterable[SourceEntry]) -> Iterable[Phrasing]:
    return (
        Phrasing(entry.id, section.locale, text)
        for entry in entries
        for section in entry.sections
        for _, text in section.phrasings
    )
