"""What the answers say, cut into passages: matching learns from them, too, what an entry is about."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from bot.content.library import Entry
from bot.matching import Phrasing

# More passages teach little more and cost time at every build (measured: `benchmarks/matching.py`).
MOST_PASSAGES = 4
LEAST_WORDS = 3
TAG = re.compile(r"<[^>]*>")
SENTENCE_END = re.compile(r"[.!?؟;؛:\n•]+")


def read_passages(entries: Iterable[Entry]) -> Iterator[Phrasing]:
    """The passages of every entry in every language."""
    return (
        Phrasing(entry.id, locale, passage)
        for entry in entries
        for locale, text in entry.texts.items()
        for passage in cut_passages(text.html)
    )


def cut_passages(html: str) -> list[str]:
    """The sentences of an answer, gathered into a few passages of about as many sentences each."""
    sentences = [
        sentence.strip()
        for sentence in SENTENCE_END.split(unescape(TAG.sub(" ", html)))
        if len(sentence.split()) >= LEAST_WORDS
    ]
    size = max(1, -(-len(sentences) // MOST_PASSAGES))
    return [". ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]
