"""The texts of one language a model learns from: ways of asking, then questions that nothing answers, then passages, which
say what an entry is about."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import extractOne

from bot.matching.features import STEM, read_features
from bot.matching.folding import fold
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.matches import NOTHING, Phrasing
from bot.matching.stems import is_small
from bot.matching.vectors import Floats, Integers, Vectors

_SMALL_WORD_WEIGHT = 0.2


@dataclass(frozen=True)
class Rows:
    """The first rows are the `phrasings`, then come questions of `NOTHING`, then passages; `labels` holds the number of each row's entry among `entries`."""

    locale: str
    phrasings: tuple[Phrasing, ...]
    entries: tuple[str, ...]
    labels: Integers
    vectors: Vectors
    # A code for all the texts, so that what was learned of the same texts need not be learned again.
    texts: str
    # The folded, standard words of all but the passages; only where the rows were just built.
    asked: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def build(
        cls,
        locale: str,
        phrasings: Iterable[Phrasing],
        passages: Iterable[Phrasing] = (),
        outside: Iterable[Phrasing] = (),
        lexicon: Lexicon = NO_LEXICON,
    ) -> "Rows":
        """`outside` are questions that nothing answers."""
        known = tuple(phrasings)
        asked = (*known, *outside)
        rows = (*asked, *passages)
        entries = tuple(dict.fromkeys(row.entry for row in rows))
        numbers = {entry: number for number, entry in enumerate(entries)}
        labels = np.array([numbers[row.entry] for row in rows], np.int32)
        words = [tuple(lexicon.standardize(fold(row.text).split(), locale)) for row in rows]
        vectors = Vectors.build((read_features(one, locale) for one in words), len(words), len(known))
        texts = hashlib.sha256(repr((entries, labels.tolist(), words)).encode()).hexdigest()
        return cls(locale, known, entries, labels, vectors, texts, tuple(words[: len(asked)]))

    def cover(self, stems: Iterable[str], kept: NDArray[np.bool_] | None = None) -> Floats:
        """For each entry the share of a question's stems (as features), by their rarity, that its rows know.

        With `kept` only those rows count.
        """
        unknown = self.all_numbers[:0]
        known, weights = [unknown], [0.0]
        for feature in dict.fromkeys(stems):
            entries = self.knowing.get(feature, unknown) if kept is None else self._find_knowing(feature, kept)
            known.append(entries)
            weights.append(self._weigh(feature, len(entries)))
        covered = np.bincount(np.concatenate(known), np.repeat(weights, list(map(len, known))), len(self.entries))
        return (covered / (sum(weights) or 1.0)).astype(np.float32)

    def _weigh(self, feature: str, entries: int) -> float:
        """What a stem weighs that so many entries know."""
        small = is_small(feature.removeprefix(STEM), self.locale)
        return self._rarities[entries] * (_SMALL_WORD_WEIGHT if small else 1.0)

    @cached_property
    def _rarities(self) -> Sequence[float]:
        """By how many entries know it, how rare a stem is."""
        count = len(self.entries)
        return [log1p((count + 0.5) / (knowing + 0.5)) for knowing in range(count + 1)]

    def find_strange_numbers(self, tokens: Iterable[str], entry: int) -> list[str]:
        """The numbers of a question that an entry does not know."""
        return [token for token in tokens if token.isdigit() and entry not in self.knowing.get(STEM + token, ())]

    def find_nearest(self, entry: str, tokens: Sequence[str]) -> str:
        """The entry's phrasing that comes nearest to a question; empty where it has none in this language."""
        own = {phrasing.text: fold(phrasing.text) for phrasing in self.phrasings if phrasing.entry == entry}
        return extractOne(" ".join(tokens), own, scorer=token_sort_ratio)[2] if own else ""

    def pair(self, other: "Rows") -> tuple[Integers, Integers]:
        """The numbers of the entries that both have, in these and in the others; found once for each language."""
        texts, pair = self._paired.get(other.locale, ("", None))
        if pair is None or texts != other.texts:
            shared = [(self.numbers[entry], number) for entry, number in other.numbers.items() if entry in self.numbers]
            to, source = np.array(shared, np.int32).reshape(-1, 2).T
            pair = to, source
            self._paired[other.locale] = other.texts, pair
        return pair

    @cached_property
    def _paired(self) -> dict[str, tuple[str, tuple[Integers, Integers]]]:
        """By language, the code of the other rows and what was found for them."""
        return {}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each entry."""
        return {entry: number for number, entry in enumerate(self.entries)}

    @property
    def nothing(self) -> int | None:
        """The number of `NOTHING`, where questions that nothing answers are known."""
        return self.numbers.get(NOTHING)

    @cached_property
    def all_numbers(self) -> Integers:
        return np.arange(len(self.entries), dtype=np.int32)

    @cached_property
    def knowing(self) -> Mapping[str, Integers]:
        """The entries that know each stem."""
        vectors, count = self.vectors, len(self.entries)
        features = tuple(vectors.numbers)
        stems = np.flatnonzero([feature.startswith(STEM) for feature in features])
        places = np.full(len(features), -1, np.int32)
        places[stems] = np.arange(len(stems))
        place = np.repeat(places, vectors.spread)
        cells = place[place >= 0].astype(np.int64) * count + self.labels[vectors.rows[place >= 0]]
        place, known = np.divmod(np.unique(cells), count)
        _, *parts = np.split(known.astype(np.int32), np.searchsorted(place, np.arange(len(stems))))
        return {features[stem]: part for stem, part in zip(stems.tolist(), parts, strict=True)}

    def _find_knowing(self, feature: str, kept: NDArray[np.bool_]) -> Integers:
        rows = self.vectors.rows_with(feature)
        return np.flatnonzero(np.bincount(self.labels[rows[kept[rows]]])).astype(np.int32)
