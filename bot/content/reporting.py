"""What staff should look at, though nothing is wrong: the unconfirmed, the old, the soon invalid, the incomplete, the
ambiguous."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.content.compile import Compilation
from bot.content.events import EventFields
from bot.content.library import Entry, ways_of_asking
from bot.content.networks import NetworkFields
from bot.languages import Languages
from bot.matching import find_gist

# A number or a date nobody looked at for half a year may be wrong by now.
REVIEWED_WITHIN = timedelta(days=183)
NEAR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Report:
    """Lines by concern, concerns without any left out; how many pieces there are, and how many in every language."""

    concerns: Mapping[str, tuple[str, ...]]
    complete: int
    all: int


def report_content(compilation: Compilation, languages: Languages, today: date) -> Report:
    found = {
        concern: tuple(line for entry in compilation.entries for line in find(entry, languages, today))
        for concern, find in CONCERNS.items()
    }
    behind = tuple(
        f"{problem.file}, line {problem.line}: {problem.value}"
        for problem in compilation.problems
        if problem.code == "translation-behind"
    )
    unlinked = Counter(
        source.title("en") for entry in compilation.entries for source in entry.sources if not source.url
    )
    more = {
        "Older than its English": behind,
        "Sources without an address": tuple(f"{title}: {count} pieces" for title, count in unlinked.most_common()),
        "Asked with the same words that matter under several entries": _find_shared(compilation),
    }
    concerns = {concern: lines for concern, lines in {**found, **more}.items() if lines}
    complete = sum(not any(_find_missing(entry, languages, today)) for entry in compilation.entries)
    return Report(concerns, complete, len(compilation.entries))


def _find_shared(compilation: Compilation) -> tuple[str, ...]:
    """Ways of asking under different entries whose words that matter are the same: who puts them otherwise may get either."""
    alike: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in ways_of_asking(compilation.phrasings, compilation.entries):
        gist = find_gist(one.text, one.locale, compilation.lexicon)
        alike[one.locale, gist].setdefault(one.entry, one.text)
    return tuple(
        f"{locale}: " + " = ".join(f"{entry} “{text}”" for entry, text in by_entry.items())
        for (locale, gist), by_entry in alike.items()
        if gist and len(by_entry) > 1
    )


def _find_missing(entry: Entry, languages: Languages, _today: date) -> Iterable[str]:
    return (f"{entry.id}: {locale}" for locale in languages.locales if locale not in entry.texts)


def _find_to_check(entry: Entry, _languages: Languages, _today: date) -> Iterable[str]:
    return (f"{entry.id}: {one}" for one in entry.fields.to_check)


def _find_unconfirmed(entry: Entry, _languages: Languages, _today: date) -> Iterable[str]:
    match entry.fields:
        case NetworkFields(exists="unconfirmed"):
            yield f"{entry.id}: whether the network exists"
        case EventFields(status="expected"):
            yield f"{entry.id}: expected, not announced"


def _find_old(entry: Entry, _languages: Languages, today: date) -> Iterable[str]:
    if today - entry.fields.reviewed > REVIEWED_WITHIN:
        yield f"{entry.id}: {entry.fields.reviewed}"


def _find_ending(entry: Entry, _languages: Languages, today: date) -> Iterable[str]:
    until = entry.fields.valid_until
    if until is not None and until - today < NEAR:
        yield f"{entry.id}: {until}"


CONCERNS: Mapping[str, Callable[[Entry, Languages, date], Iterable[str]]] = {
    "Missing in a language": _find_missing,
    "Marked to be checked": _find_to_check,
    "Not confirmed": _find_unconfirmed,
    "Not reviewed for half a year": _find_old,
    "No longer valid, or soon": _find_ending,
}
