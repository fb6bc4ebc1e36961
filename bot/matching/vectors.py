"""Texts as sparse vectors of unit length, and the likeness of a question to all of them at once."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, repeat
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BLOCK_WEIGHTS, Features, spell

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
# At most so many numbers are read for a question, the rarest features first, however large the content is.
MOST_READS = 120_000
# A feature that more rows have is compared as a column of a full table.
COMMON_IN_ROWS = 150
_ROWS_AT_A_TIME = 8
_BLOCKS = np.arange(len(BLOCK_WEIGHTS), dtype=np.int32)
LIKENESS_OF_SAME = sum(weight * weight for weight in BLOCK_WEIGHTS)


@dataclass(frozen=True)
class Vectors:
    """The rows, found by their features, each with its number in order: from `starts[f]` to `starts[f + 1]` stand those
    of feature f in `rows` and what it weighs there in `weights`; `rarity` is what it weighs in a question."""

    count: int
    numbers: Mapping[str, int]
    rarity: Floats
    starts: Integers
    rows: Integers
    weights: Floats

    @classmethod
    def build(cls, texts: Iterable[Features], count: int, common: int) -> "Vectors":
        """From the features of `count` texts; how common a feature is, is told by the first `common` of them."""
        numbers, number, within, blocks = _number_features(texts)
        # In place, and in no more than four bytes each: whatever is large here stays with the process.
        order = np.argsort(number, kind="stable").astype(np.int32)
        number, within = number[order], within[order]
        # A feature that comes again in a block stands right behind itself now.
        is_first = np.ones(len(number), bool)
        is_first[1:] = (number[1:] != number[:-1]) | (within[1:] != within[:-1])
        firsts = np.flatnonzero(is_first).astype(np.int32)
        number, within = number[firsts], within[firsts]
        times = np.diff(firsts, append=np.int32(len(is_first)))
        del order, is_first, firsts
        row, block = np.divmod(within, np.int32(len(BLOCK_WEIGHTS)))
        spread = np.bincount(number[row < common], minlength=len(numbers))
        rarity = np.log((common + 1) / (np.maximum(spread, 1) + 0.5)).astype(np.float32)
        weights = rarity[number] * _repeat(times)
        lengths = np.maximum(np.sqrt(np.bincount(within, weights * weights, blocks)), 1e-9).astype(np.float32)
        weights /= lengths[within]
        weights *= np.array(BLOCK_WEIGHTS, np.float32)[block]
        starts = np.searchsorted(number, np.arange(len(numbers) + 1)).astype(np.int32)
        return cls(count, numbers, rarity, starts, row, weights)

    @cached_property
    def spread(self) -> Integers:
        """How many rows have each feature."""
        return np.diff(self.starts)

    def weigh(self, features: Features) -> tuple[Integers, Floats]:
        """The features of a text that the rows have, by number, and what each weighs in it: a text of which the rows
        know everything has the length of a row, and what they lack counts against it."""
        stems, pairs, words = features
        blocks = Counter(stems), Counter(pairs), Counter(chain.from_iterable(map(spell, words)))
        sizes = tuple(map(len, blocks))
        found = np.fromiter(map(self.numbers.get, chain(*blocks), repeat(-1)), np.int32, sum(sizes))
        known = found >= 0
        places, block = found[known], np.repeat(_BLOCKS, sizes)[known]
        weights = self.rarity[places]
        if sum(sizes) < sum(map(Counter.total, blocks)):
            times = chain.from_iterable(map(Counter.values, blocks))
            weights *= _repeat(np.fromiter(times, np.int32, sum(sizes))[known])
        unknown = np.array(sizes) - np.bincount(block, minlength=len(sizes))
        squares = np.bincount(block, weights * weights, len(sizes)) + unknown * log(self.count + 1) ** 2
        scale = np.array(BLOCK_WEIGHTS) / np.maximum(np.sqrt(squares), 1e-9)
        return places, weights * scale.astype(np.float32)[block]

    def compare(self, features: Features) -> Floats:
        """The likeness of a text to every row, 0 to `LIKENESS_OF_SAME`."""
        rows, products = self.find_cells(*self.weigh(features), MOST_READS)
        return np.bincount(rows, products, self.count).astype(np.float32)

    def compare_rows(self) -> Floats:
        """The likeness of every row to every row: by the common features all at once, then by the others a few rows at a
        time."""
        common = np.flatnonzero(self.spread > COMMON_IN_ROWS)
        table = np.zeros((self.count, len(common)), np.float32)
        for place, feature in enumerate(common):
            cells = slice(self.starts[feature], self.starts[feature + 1])
            table[self.rows[cells], place] = self.weights[cells]
        likeness = table @ table.T
        features = np.repeat(np.arange(len(self.numbers), dtype=np.int32), self.spread)
        rare = np.flatnonzero(self.spread[features] <= COMMON_IN_ROWS)
        order = rare[np.argsort(self.rows[rare], kind="stable")]
        starts = np.searchsorted(self.rows[order], np.arange(self.count + 1))
        for first in range(0, self.count, _ROWS_AT_A_TIME):
            last = min(first + _ROWS_AT_A_TIME, self.count)
            own = order[starts[first] : starts[last]]
            rows, products = self.find_cells(features[own], self.weights[own])
            rows += np.repeat((self.rows[own] - first) * np.int32(self.count), self.spread[features[own]])
            likeness[first:last] += np.bincount(rows, products, (last - first) * self.count).reshape(-1, self.count)
        return likeness

    def rows_with(self, feature: str) -> Integers:
        """The rows that have a feature."""
        number = self.numbers.get(feature)
        return self.rows[:0] if number is None else self.rows[self.starts[number] : self.starts[number + 1]]

    def find_cells(self, features: Integers, weights: Floats, most: int = 0) -> tuple[Integers, Floats]:
        """The rows that have the features, and the weight of each there times that given; of more than `most` cells
        those of the rarest features."""
        begins, sizes = self.starts[features], self.spread[features]
        if most and sizes.sum() > most:
            order = np.argsort(sizes, kind="stable")
            order = order[np.cumsum(sizes[order]) <= most]
            begins, sizes, weights = begins[order], sizes[order], weights[order]
        # The places of all cells at once: each run counts up from where its feature begins.
        skipped = np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
        places = np.arange(len(skipped), dtype=np.int32) + skipped
        return self.rows[places], self.weights[places] * np.repeat(weights, sizes)


def _number_features(texts: Iterable[Features]) -> tuple[Mapping[str, int], Integers, Integers, int]:
    """The number of each feature; then, each time a text has one, its number and that of the block; and how many blocks
    there are, as many to a text as there are weights."""
    # A feature that is new gets the next number.
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    number_of = numbers.__getitem__
    # The same words come again and again: the features of their letters are looked up once.
    spelled = cache(lambda word: array("i", map(number_of, spell(word))))
    # Flat arrays: of a hundred thousand texts the features are millions.
    found, ends = array("i"), array("i")
    for stems, pairs, words in texts:
        for block in (stems, pairs):
            found.extend(map(number_of, block))
            ends.append(len(found))
        for word in words:
            found += spelled(word)
        ends.append(len(found))
    end = np.frombuffer(ends, np.int32)
    sizes = end - np.concatenate(([np.int32(0)], end[:-1]))
    within = np.repeat(np.arange(len(ends), dtype=np.int32), sizes)
    numbers.default_factory = None
    return numbers, np.frombuffer(found, np.int32), within, len(ends)


def _repeat(times: Integers) -> Floats:
    """A feature that comes again adds half of its weight each time."""
    return 1 + np.float32(0.5) * (times.astype(np.float32) - 1)
