"""Finding the phrasings worth ranking: an inverted index over stems, and one over the trigrams of words.

The work for a question grows with the rarity of its words, never with the size of the content: at most
`MOST_SPELLING_READS` per unknown word and `MOST_POSTING_READS` per question are read.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.folding import fold
from bot.matching.matches import Phrasing
from bot.matching.stems import is_small, pair_stems, without_prefix

MOST_POSTING_READS = 4_000
MOST_SPELLING_READS = 2_000
MOST_CANDIDATES = 60
_LEAST_LIKENESS = 0.8
_SWAPPED_LIKENESS = 0.66
_SMALL_WORD_WEIGHT = 0.3
_PREFIX_LIKENESS = 0.95


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a question: its weight, and the content's stems it may mean, each with its likeness (0 to 1)."""

    term: str
    weight: float
    small: bool
    likeness: Mapping[str, float]


class Index:
    """The phrasings of one language, findable by their words."""

    def __init__(self, phrasings: Iterable[Phrasing], locale: str) -> None:
        self.locale = locale
        self.phrasings = tuple(phrasings)
        self._stems: dict[str, str] = {}
        self._postings: dict[str, list[int]] = defaultdict(list)
        entry_terms: dict[str, Counter[str]] = defaultdict(Counter)
        self.terms = tuple(self._read_terms(phrasing.text) for phrasing in self.phrasings)
        for number, (phrasing, terms) in enumerate(zip(self.phrasings, self.terms, strict=True)):
            entry_terms[phrasing.entry].update(terms)
            for term in terms:
                self._postings[term].append(number)
        self._spread = Counter(term for terms in entry_terms.values() for term in terms)
        self._entries = len(entry_terms)
        self._lookalikes = _index_spellings(self._stems)
        self.phrasing_weights = [sum(map(self.weigh, terms)) or 1.0 for terms in self.terms]
        self.entry_weights: Mapping[str, Mapping[str, float]] = {
            entry: {term: self.weigh(term) * count for term, count in terms.items()}
            for entry, terms in entry_terms.items()
        }
        self.entry_lengths = {entry: math.hypot(*weights.values()) for entry, weights in self.entry_weights.items()}

    def weigh(self, term: str) -> float:
        """The rarer among entries, the weightier; a word the content lacks weighs most, a small word little."""
        rarity = math.log1p((self._entries + 0.5) / (self._spread[term] + 0.5))
        return rarity * (_SMALL_WORD_WEIGHT if is_small(term, self.locale) else 1.0)

    def understand(self, tokens: Iterable[str]) -> tuple[Wanted, ...]:
        """The different words of a folded question."""
        spellings = {term: word for word, term in pair_stems(tokens, self.locale)}
        return tuple(
            Wanted(term, self.weigh(term), is_small(term, self.locale), self._find_alike(word, term))
            for term, word in spellings.items()
        )

    def pick(self, wanted: Iterable[Wanted]) -> list[int]:
        """The numbers of at most `MOST_CANDIDATES` phrasings that share most with a question."""
        found: dict[int, float] = defaultdict(float)
        for number, weight in self.read_postings(wanted):
            found[number] += weight
        return nlargest(MOST_CANDIDATES, found, key=found.__getitem__)

    def read_postings(self, wanted: Iterable[Wanted]) -> Iterator[tuple[int, float]]:
        """Phrasings that have a wanted word, with its weight; the rarest words first, for as long as it is cheap."""
        known = [(term, one.weight * alike) for one in wanted for term, alike in one.likeness.items()]
        known.sort(key=lambda pair: len(self._postings[pair[0]]))
        reads = ((number, weight) for term, weight in known for number in self._postings[term])
        return islice(reads, MOST_POSTING_READS)

    def read_lookalikes(self, word: str) -> Iterator[str]:
        """The content's words that share a trigram with another, once for each; the rarest trigrams first."""
        lists = sorted((self._lookalikes.get(trigram, []) for trigram in _spell(word)), key=len)
        return islice(chain.from_iterable(lists), MOST_SPELLING_READS)

    def _read_terms(self, text: str) -> tuple[str, ...]:
        pairs = tuple(pair_stems(fold(text).split(), self.locale))
        self._stems.update(pairs)
        return tuple(dict.fromkeys(term for _, term in pairs))

    def _find_alike(self, word: str, term: str) -> Mapping[str, float]:
        if term in self._postings:
            return {term: 1.0}
        bare = without_prefix(term, self.locale)
        if bare in self._postings:
            return {bare: _PREFIX_LIKENESS}
        return {} if word.isdigit() else self._find_misspelt(word)

    def _find_misspelt(self, word: str) -> Mapping[str, float]:
        """The stems of the words it may be a slip of the finger for."""
        spellings = dict.fromkeys(self.read_lookalikes(word)).keys()
        similarity = OSA.normalized_similarity
        alike = process.extract(word, spellings, scorer=similarity, score_cutoff=_SWAPPED_LIKENESS, limit=None)
        likely = [(self._stems[one], likeness) for one, likeness, _ in alike if likeness >= _least_likeness(word, one)]
        return dict(reversed(likely))


def _index_spellings(words: Iterable[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for trigram in _spell(word):
            index[trigram].append(word)
    return index


def _spell(word: str) -> Iterable[str]:
    """A word's trigrams, and its letters in order, by which short words with two letters swapped are found."""
    padded = f" {word} "
    return dict.fromkeys((*(padded[start : start + 3] for start in range(len(padded) - 2)), "".join(sorted(word))))


def _least_likeness(word: str, other: str) -> float:
    """One slip in five letters; in a shorter word only two swapped letters, or `love` would be `live`."""
    return _SWAPPED_LIKENESS if sorted(word) == sorted(other) else _LEAST_LIKENESS
