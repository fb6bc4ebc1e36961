"""The texts of one language a model learns from: ways of asking, then passages of the answers."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import read_features
from bot.matching.folding import fold
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.matches import Phrasing
from bot.matching.stems import is_small
from bot.matching.vectors import Floats, Integers, Vectors

_SMALL_WORD_WEIGHT = 0.2


@dataclass(frozen=True)
class Rows:
    """The first rows are the `phrasings`; `labels` holds the number of each row's entry among `entries`."""

    locale: str
    phrasings: tuple[Phrasing, ...]
    entries: tuple[str, ...]
    labels: Integers
    vectors: Vectors
    # A code for all the texts, so that what was learned of the same texts need not be learned again.
    texts: str
    # The folded, standard words of each of the phrasings; only where the rows were just built.
    asked: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def build(
        cls,
        locale: str,
        phrasings: Iterable[Phrasing],
        passages: Iterable[Phrasing],
        lexicon: Lexicon = NO_LEXICON,
    ) -> "Rows":
        asked = tuple(phrasings)
        rows = (*asked, *passages)
        entries = tuple(dict.fromkeys(row.entry for row in rows))
        numbers = {entry: number for number, entry in enumerate(entries)}
        labels = np.array([numbers[row.entry] for row in rows], np.int32)
        words = [tuple(lexicon.standardize(fold(row.text).split(), locale)) for row in rows]
        vectors = Vectors.build((read_features(one, locale) for one in words), len(words), len(asked))
        texts = hashlib.sha256(repr((entries, labels.tolist(), words)).encode()).hexdigest()
        return cls(locale, asked, entries, labels, vectors, texts, tuple(words[: len(asked)]))

    def cover(self, tokens: Sequence[str], kept: NDArray[np.bool_] | None = None) -> Floats:
        """For each entry the share of a question's words, by their rarity, that its rows know.

        With `kept` only those rows count.
        """
        covered, total = np.zeros(len(self.entries), np.float32), 0.0
        for feature in read_features(tokens, self.locale)[0]:
            knowing = self._knowing(feature, kept)
            rarity = np.log1p((len(self.entries) + 0.5) / (len(knowing) + 0.5))
            weight = rarity * (_SMALL_WORD_WEIGHT if is_small(feature[1:], self.locale) else 1.0)
            covered[knowing] += weight
            total += float(weight)
        return covered / np.float32(total or 1.0)

    def find_strange_numbers(self, tokens: Iterable[str], entry: int) -> list[str]:
        """The numbers of a question that an entry does not know."""
        return [token for token in tokens if token.isdigit() and entry not in self._knowing(f"s{token}", None)]

    def find_nearest(self, entry: int, likeness: Floats) -> str:
        """The entry's phrasing that comes nearest to a question; empty where it has none in this language."""
        own = np.flatnonzero(self.labels[: len(self.phrasings)] == entry)
        return self.phrasings[int(own[np.argmax(likeness[own])])].text if len(own) else ""

    def _knowing(self, feature: str, kept: NDArray[np.bool_] | None) -> Integers:
        rows = self.vectors.rows_with(feature)
        return np.unique(self.labels[rows if kept is None else rows[kept[rows]]])
