"""What is wrong between fields, languages and files, once each could be read."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.content.entries import SourceEntry
from bot.content.files import Section
from bot.content.kinds import ENTRY_KINDS
from bot.content.markdown import Place, check_link
from bot.content.problems import Problem
from bot.content.schema import COUNTRY, SourceFields, Table, TopicFields
from bot.languages import Languages
from bot.matching import fold

TITLE_LENGTH = 60
TOPIC_TITLE_LENGTH = 28
PHRASING_LENGTH = 200

Problems = list[Problem]


def check_tables(
    topics: Table[TopicFields],
    sources: Table[SourceFields],
    languages: Languages,
    today: date,
    problems: Problems,
) -> None:
    """topics.yaml and sources.yaml by themselves."""
    for key, topic in topics.rows.items():
        missing = [f"{key}: {locale}" for locale in languages.locales if not topic.title.get(locale)]
        problems += [topics.problem("name-missing", key, one) for one in missing]
        too_long = [title for title in topic.title.values() if len(title) > TOPIC_TITLE_LENGTH]
        problems += [topics.problem("name-long", key, title) for title in too_long]
    for key, source in sources.rows.items():
        if not isinstance(source.title, str):
            missing = [f"{key}: {locale}" for locale in languages.locales if not source.title.get(locale)]
            problems += [sources.problem("name-missing", key, one) for one in missing]
        _check_source("sources.yaml", sources.lines[key], source, today, problems)


def check_entries(
    entries: Sequence[SourceEntry],
    topics: Table[TopicFields],
    sources: Table[SourceFields],
    languages: Languages,
    today: date,
    problems: Problems,
) -> None:
    """Each entry by itself and against what it refers to."""
    ids = [entry.id for entry in entries]
    for entry in entries:
        if ids.count(entry.id) > 1:
            problems.append(Problem(entry.name, 1, "id-twice", entry.id))
        _check_topic(entry, topics, problems)
        _check_sources(entry, sources, today, problems)
        _check_relations(entry, set(ids), problems)
        _check_country(entry, languages, problems)
        _check_dates(entry, today, problems)
        _check_languages(entry, languages, problems)
    _check_use(entries, topics, sources, problems)


def check_phrasings(entries: Iterable[SourceEntry], problems: Problems) -> Collection[tuple[str, str]]:
    """The same phrasing in two entries, or twice in one; what folds to the same is the same. Returns the language and the
    folded text of each."""
    first: dict[tuple[str, str], tuple[SourceEntry, int]] = {}
    for entry in entries:
        for section in entry.sections:
            for line, text in section.phrasings:
                key = (section.locale, fold(text))
                other, other_line = first.setdefault(key, (entry, line))
                if other is not entry:
                    where = f"The other is in {other.name}, line {other_line}."
                    problems.append(Problem(entry.name, line, "phrasing-shared", text, where))
                elif other_line != line:
                    problems.append(Problem(entry.name, line, "phrasing-twice", text))
    return first.keys()


def _check_topic(entry: SourceEntry, topics: Table[TopicFields], problems: Problems) -> None:
    topic = topics.rows.get(entry.fields.topic)
    if topic is None:
        problems.append(Problem(entry.name, entry.line("topic"), "topic-unknown", entry.fields.topic))
    elif topic.sourced and not entry.fields.sources:
        problems.append(Problem(entry.name, 1, "source-none"))
    elif topic.sourced and entry.fields.as_of is None:
        problems.append(Problem(entry.name, 1, "field-missing", "as_of"))


def _check_sources(entry: SourceEntry, sources: Table[SourceFields], today: date, problems: Problems) -> None:
    line = entry.line("sources")
    for one in entry.fields.sources:
        if isinstance(one, SourceFields):
            _check_source(entry.name, line, one, today, problems)
        elif one not in sources.rows:
            problems.append(Problem(entry.name, line, "source-unknown", one))


def _check_source(name: str, line: int, source: SourceFields, today: date, problems: Problems) -> None:
    if source.url:
        check_link(source.url, Place(name, line), problems)
    if source.date > today.isoformat():
        problems.append(Problem(name, line, "date-future", source.date))


def _check_relations(entry: SourceEntry, ids: Collection[str], problems: Problems) -> None:
    line, related = entry.line("related"), entry.fields.related
    for number, other in enumerate(related):
        if other == entry.id:
            problems.append(Problem(entry.name, line, "relation-self", other))
        elif other not in ids:
            problems.append(Problem(entry.name, line, "relation-broken", other))
        elif other in related[:number]:
            problems.append(Problem(entry.name, line, "relation-twice", other))


def _check_country(entry: SourceEntry, languages: Languages, problems: Problems) -> None:
    country = str(entry.fields.slots.get(COUNTRY, ""))
    if country and not languages.is_country(country):
        problems.append(Problem(entry.name, entry.line("slots"), "country-unknown", country))


def _check_dates(entry: SourceEntry, today: date, problems: Problems) -> None:
    fields = entry.fields
    for name, day in (("as_of", fields.as_of), ("reviewed", fields.reviewed)):
        if day is not None and day > today:
            problems.append(Problem(entry.name, entry.line(name), "date-future", day.isoformat()))
    until = fields.valid_until
    if until is None:
        return
    if until < today:
        problems.append(Problem(entry.name, entry.line("valid_until"), "date-past", until.isoformat()))
    if fields.as_of is not None and until < fields.as_of:
        problems.append(Problem(entry.name, entry.line("valid_until"), "date-order", until.isoformat()))


def _check_languages(entry: SourceEntry, languages: Languages, problems: Problems) -> None:
    there = [section.locale for section in entry.sections]
    if not there:
        problems.append(Problem(entry.name, 1, "section-none"))
        return
    problems += [Problem(entry.name, 1, "language-missing", one) for one in languages.locales if one not in there]
    for number, section in enumerate(entry.sections):
        if section.locale not in languages:
            problems.append(Problem(entry.name, section.line, "locale-unknown", section.locale))
        if section.locale in there[:number]:
            problems.append(Problem(entry.name, section.line, "section-twice", section.locale))
        _check_section(entry, section, problems)


def _check_section(entry: SourceEntry, section: Section, problems: Problems) -> None:
    if not section.title:
        problems.append(Problem(entry.name, section.line, "title-missing", section.locale))
    if len(section.title) > TITLE_LENGTH:
        problems.append(Problem(entry.name, section.line, "title-long", section.title))
    if not section.body:
        problems.append(Problem(entry.name, section.line, "answer-empty", section.locale))
    if len(section.phrasings) < ENTRY_KINDS[entry.kind].phrasings:
        problems.append(Problem(entry.name, section.line, "phrasing-few", str(len(section.phrasings))))
    for line, text in section.phrasings:
        if len(text) > PHRASING_LENGTH:
            problems.append(Problem(entry.name, line, "phrasing-long", f"{text[:60]}…"))


def _check_use(
    entries: Sequence[SourceEntry],
    topics: Table[TopicFields],
    sources: Table[SourceFields],
    problems: Problems,
) -> None:
    used_topics = {entry.fields.topic for entry in entries}
    used_sources = {one for entry in entries for one in entry.fields.sources if isinstance(one, str)}
    problems += [topics.problem("topic-empty", key, key) for key in topics.rows if key not in used_topics]
    problems += [sources.problem("source-unused", key, key) for key in sources.rows if key not in used_sources]
