"""Words typed with a slip of the finger, read as the word of the content that comes nearest."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from bot.matching.stems import MOST_LETTERS, find_stems
from bot.matching.words import SMALL_WORDS

# A slip in a shorter word may make another word of it.
LEAST_LETTERS = 4
# From this length on two slips are forgiven.
LONG_WORD = 8
LEAST_PART = 3
# Of a word this long any letter may be a slip, the first as well.
LEAST_LETTERS_OF_SLIP = 6
# Words as short as these begin and end many others by chance.
MOST_CORRECTED = 12
# Phrasings are written as people type: a long word that hardly anybody wrote, a slip away from one as common as this, is one.
# Not so in Arabic, where a letter makes another word (الدوحة, الدولة).
_LEAST_COMMON, _MOST_RARE = 40, 2


class Spelling:
    """The words of one language with how often the content has each, and `more` that are words, too; never changes."""

    def __init__(self, locale: str, counts: Mapping[str, int], more: Collection[str] = ()) -> None:
        self._locale = locale
        # The same slips come again and again, in a story and in its sentences to begin with.
        self._find = lru_cache(maxsize=1_024)(self._find_meant)
        self._small = SMALL_WORDS.get(locale, frozenset()).union(more)
        written = {word: count for word, count in counts.items() if not word.isdigit()}
        slips = set(_find_slips(written)) - self._small
        self._counts = {word: count for word, count in written.items() if word not in slips}
        self._stems = set(find_stems(self._counts, locale))
        # Whoever slips once leaves the beginning or the end as it is, so that only words with the same are compared.
        self._by_edge: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._counts.keys() | self._small):
            if len(word) >= LEAST_LETTERS - 1:
                for edge in _find_edges(word):
                    self._by_edge.setdefault((edge, len(word)), []).append(word)

    def correct(self, tokens: Sequence[str]) -> list[str]:
        """The folded words, those that nobody wrote replaced by what was probably meant."""
        left = MOST_CORRECTED
        corrected: list[str] = []
        for token in tokens:
            if self.knows(token) or not LEAST_LETTERS <= len(token) <= MOST_LETTERS or not token.isalpha() or not left:
                corrected.append(token)
                continue
            left -= 1
            corrected += self._find(token) or (token,)
        return corrected

    def knows(self, token: str) -> bool:
        """Whether the content has the word or a form of it."""
        return token in self._small or token in self._counts or self._stem(token) in self._stems

    def _stem(self, token: str) -> str:
        return find_stems([token], self._locale)[0]

    def _find_meant(self, token: str) -> tuple[str, ...]:
        """The nearest word, of several the commonest; else two words run together; else nothing."""
        if len(token) == LEAST_LETTERS:
            # Nearly every other short word is one letter from a known one: only letters changed about are mended.
            swapped = [word for word in self._find_similar(token, 0) if sorted(word) == sorted(token)]
            return tuple(min(swapped, key=lambda word: -self._rate(word)).split()) if swapped else ()
        most = 2 if len(token) >= LONG_WORD else 1
        words = self._find_similar(token, most)
        found = extract(token, words, scorer=OSA.distance, score_cutoff=most, limit=None)
        # People seldom miss the first letter, and where they do, a short word tells too little ("olive", "live").
        near = (
            (distance + 0.5 * (word[0] != token[0]), -self._counts.get(word, 0), word)
            for word, distance, _ in found
            if word[0] == token[0] or len(token) >= LEAST_LETTERS_OF_SLIP
        )
        best = min(near, default=None)
        return (best[2],) if best else self._split(token)

    def _find_similar(self, token: str, most: int) -> list[str]:
        """The words with the same beginning or end, at most so many letters longer or shorter."""
        keys = product(_find_edges(token), range(len(token) - most, len(token) + most + 1))
        return sorted(set(chain.from_iterable(self._by_edge.get(key, ()) for key in keys)))

    def _split(self, token: str) -> tuple[str, ...]:
        parts = (
            (token[:at], token[at:])
            for at in range(LEAST_PART, len(token) - LEAST_PART + 1)
            if self.knows(token[:at]) and self.knows(token[at:])
        )
        return max(parts, key=lambda pair: min(map(self._rate, pair)), default=())

    def _rate(self, word: str) -> int:
        return self._counts.get(word, 1)


def _find_slips(counts: Mapping[str, int]) -> Iterator[str]:
    common = [word for word, count in counts.items() if count >= _LEAST_COMMON]
    for word, count in counts.items():
        if count <= _MOST_RARE and len(word) >= LEAST_LETTERS_OF_SLIP and word.isascii():
            near = (one for one in common if one[0] == word[0] and abs(len(one) - len(word)) <= 1)
            if extractOne(word, near, scorer=OSA.distance, score_cutoff=1):
                yield word


def _find_edges(word: str) -> tuple[str, str]:
    return f"{word[:2]}-", f"-{word[-2:]}"
