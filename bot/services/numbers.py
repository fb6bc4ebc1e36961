"""What can be told of the people and their questions without telling of anybody: a group under five is not counted out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.languages import Languages
from bot.services.app import App
from bot.services.form_texts import title
from bot.storage import people, tally
from bot.storage.database import Connection
from bot.storage.tally import What

LEAST = 5
MOST_LISTED = 5
OUTCOMES = (What.ANSWERED, What.SUGGESTED, What.UNKNOWN)
STEPS = (What.BEGUN, What.SENT)

# A number, or None where it is under five: nobody after this room knows which.
Shown = int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """From one day to another: people by language, questions by language and outcome, the topics and entries that
    answered most, forms begun and sent. Labels are in the language asked for."""

    since: date
    until: date
    people: Mapping[str, Shown]
    questions: Mapping[str, tuple[Shown, ...]]
    topics: tuple[tuple[str, int], ...]
    entries: tuple[tuple[str, int], ...]
    forms: Mapping[str, tuple[Shown, ...]]


def find_numbers(app: App, conn: Connection, days: int, locale: str) -> Numbers:
    """The numbers of the last `days` days, today included."""
    since = app.today() - timedelta(days=days - 1)
    counts = tally.sum_tally(conn, since)
    entries = _count_entries(counts)
    return Numbers(
        since,
        app.today(),
        {one: hide(count) for one, count in _by_locale(app, people.count_reachable(conn)).items()},
        {one: tuple(_sum(counts, what, locale=one) for what in OUTCOMES) for one in app.languages.locales},
        _name_topics(app, entries, locale),
        _name_entries(app, entries, locale),
        {
            title(form, locale): tuple(_sum(counts, what, detail=form.id) for what in STEPS)
            for form in app.library.forms.values()
        },
    )


def hide(count: int) -> Shown:
    return None if count < LEAST else count


def show(languages: Languages, locale: str, count: Shown) -> str:
    """A number, or that there are too few, as HTML."""
    return languages.say(locale, "stats.few") if count is None else languages.format_number(locale, count)


def add_up(parts: Iterable[Shown]) -> tuple[int, bool]:
    """The sum of what is shown, and whether that is all: a total with the rest in it would give the rest away."""
    known = list(parts)
    return sum(one for one in known if one is not None), None not in known


def _by_locale(app: App, counts: Mapping[str, int]) -> Mapping[str, int]:
    return {locale: counts.get(locale, 0) for locale in app.languages.locales}


def _sum(
    counts: Mapping[tuple[str, What, str], int], wanted: What, *, locale: str | None = None, detail: str | None = None
) -> Shown:
    return hide(
        sum(
            times
            for (spoken, what, about), times in counts.items()
            if what is wanted and locale in (None, spoken) and detail in (None, about)
        )
    )


def _count_entries(counts: Mapping[tuple[str, What, str], int]) -> Counter[str]:
    """How many questions each entry answered, or was chosen for; only those that may be shown."""
    found: Counter[str] = Counter()
    for (_, what, entry), times in counts.items():
        if what in (What.ANSWERED, What.CHOSEN) and entry:
            found[entry] += times
    return Counter({entry: times for entry, times in found.items() if times >= LEAST})


def _name_entries(app: App, counts: Counter[str], locale: str) -> tuple[tuple[str, int], ...]:
    found = ((app.library.entry(entry), times) for entry, times in counts.most_common())
    return tuple((entry.title(locale), times) for entry, times in found if entry)[:MOST_LISTED]


def _name_topics(app: App, counts: Counter[str], locale: str) -> tuple[tuple[str, int], ...]:
    """Of the entries that may be shown: the rest of a topic could be an entry under five."""
    titles = {topic.id: topic.title(locale) for topic in app.library.topics}
    found: Counter[str] = Counter()
    for entry_id, times in counts.items():
        entry = app.library.entry(entry_id)
        if entry and entry.topic in titles:
            found[titles[entry.topic]] += times
    return tuple(found.most_common(MOST_LISTED))
