"""What the answers say, cut into passages, and what stands on their cards: matching learns from them, too, what an entry is
about."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from bot.content.countries import Countries
from bot.content.events import EventFields
from bot.content.library import Entry
from bot.content.schema import COUNTRY
from bot.matching import Phrasing, has_arabic

# More passages teach little more and cost time at every build (measured: `benchmarks/matching.py`).
MOST_PASSAGES = 2
LEAST_WORDS = 3
TAG = re.compile(r"<[^>]*>")
SENTENCE_END = re.compile(r"[.!?؟;؛:\n•]+")


def read_passages(entries: Iterable[Entry], countries: Countries) -> Iterator[Phrasing]:
    """The passages of every entry in every language; the place and the numbers of an event's date; and each name of an
    entry's country in that language's script: whoever writes "Amman" asks about Jordan."""
    names: dict[str | int, list[str]] = {}
    for name, code in countries.names.items():
        names.setdefault(code, []).append(name)
    for entry in entries:
        named = names.get(entry.slots.get(COUNTRY, ""), ())
        for locale, text in entry.texts.items():
            own = (name for name in named if has_arabic(name) == has_arabic(text.title))
            days = [_read_schedule(entry.fields, locale)] if isinstance(entry.fields, EventFields) else []
            for said in (*cut_passages(text.html), *days, *own):
                yield Phrasing(entry.id, locale, said)


def _read_schedule(fields: EventFields, locale: str) -> str:
    """The place and the numbers of the days, as far as they are known: "2030" is no day."""
    days = (fields.begins.text[:10], fields.finishes.text[:10])
    numbers = (str(int(number)) for day in days for number in reversed(day.split("-")))
    return " ".join(dict.fromkeys((fields.place.get(locale, ""), *numbers))).strip()


def cut_passages(html: str) -> list[str]:
    """The sentences of an answer, gathered into a few passages of about as many sentences each."""
    sentences = [
        sentence.strip()
        for sentence in SENTENCE_END.split(unescape(TAG.sub(" ", html)))
        if len(sentence.split()) >= LEAST_WORDS
    ]
    size = max(1, -(-len(sentences) // MOST_PASSAGES))
    return [". ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]
