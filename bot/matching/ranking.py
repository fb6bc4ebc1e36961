"""How well a phrasing, and the entry it belongs to, fits a question.

A word counts by its rarity, and by its likeness where it is only spelled alike. The score of a phrasing is the
geometric mean of how much of the question it covers and how much of it the question covers, mixed with the cosine
between the question and all phrasings of the entry. What the content does not know therefore lowers the score: a
question is not answered for the one word it shares. The mixture was chosen with `benchmarks/matching.py`.
"""

import math
from collections.abc import Collection, Iterable

from bot.matching.candidates import Index, Wanted
from bot.matching.matches import Match

_PHRASING_SHARE = 0.6
# A question about 2028 is not answered by a phrasing about 2022, whatever else they share.
_MISSING_NUMBER = 0.7
# "What is it" is like many a phrasing.
_ONLY_SMALL_WORDS = 0.5


def rank_entries(index: Index, tokens: Iterable[str]) -> list[Match]:
    """The entries that may answer a question, given as folded words, best first; each with its best phrasing."""
    wanted = index.understand(tokens)
    best: dict[str, Match] = {}
    for number in index.pick(wanted):
        match = _score_phrasing(index, wanted, number)
        if match.entry not in best or match.score > best[match.entry].score:
            best[match.entry] = match
    return sorted(best.values(), key=lambda match: -match.score)


def _score_phrasing(index: Index, wanted: Collection[Wanted], number: int) -> Match:
    phrasing, terms = index.phrasings[number], index.terms[number]
    covered, covering = _cover_question(wanted, terms), _cover_phrasing(index, wanted, number)
    fit = _PHRASING_SHARE * math.sqrt(covered * covering) + (1 - _PHRASING_SHARE) * _compare(
        index, wanted, phrasing.entry
    )
    if any(one.term.isdigit() and one.term not in terms for one in wanted):
        fit *= _MISSING_NUMBER
    if not any(not one.small and not one.likeness.keys().isdisjoint(terms) for one in wanted):
        fit *= _ONLY_SMALL_WORDS
    return Match(phrasing.entry, phrasing.locale, round(min(fit, 1.0), 4), phrasing.text)


def _cover_question(wanted: Collection[Wanted], terms: Collection[str]) -> float:
    """The share of the question's weight that a phrasing has."""
    found = sum(
        one.weight * max((one.likeness[term] for term in one.likeness if term in terms), default=0.0) for one in wanted
    )
    return found / (sum(one.weight for one in wanted) or 1.0)


def _cover_phrasing(index: Index, wanted: Iterable[Wanted], number: int) -> float:
    """The share of a phrasing's weight that the question has."""
    likeness: dict[str, float] = {}
    for one in wanted:
        for term, alike in one.likeness.items():
            if term in index.terms[number]:
                likeness[term] = max(alike, likeness.get(term, 0.0))
    return sum(index.weigh(term) * alike for term, alike in likeness.items()) / index.phrasing_weights[number]


def _compare(index: Index, wanted: Collection[Wanted], entry: str) -> float:
    """The cosine between the question and the words of all phrasings of an entry."""
    own = index.entry_weights[entry]
    product = sum(
        one.weight * max((alike * own.get(term, 0.0) for term, alike in one.likeness.items()), default=0.0)
        for one in wanted
    )
    length = math.hypot(*(one.weight for one in wanted)) * index.entry_lengths[entry]
    return product / (length or 1.0)
