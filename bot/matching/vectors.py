"""Texts as sparse vectors of unit length, and the likeness of a question to all of them at once."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BLOCK_WEIGHTS, Blocks

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
# At most so many numbers are read for a question, the rarest features first, however large the content is.
MOST_READS = 120_000
# A feature that more rows have is compared as a column of a full table.
COMMON_IN_ROWS = 150
_ROWS_AT_A_TIME = 8
LIKENESS_OF_SAME = sum(weight * weight for weight in BLOCK_WEIGHTS)


@dataclass(frozen=True)
class Vectors:
    """The rows, found by their features: from `starts[f]` to `starts[f + 1]` stand those of feature f in `rows` and
    what it weighs there in `weights`; `rarity` is what it weighs in a question."""

    count: int
    features: tuple[str, ...]
    rarity: Floats
    starts: Integers
    rows: Integers
    weights: Floats

    @classmethod
    def build(cls, texts: Iterable[Blocks], count: int, common: int) -> "Vectors":
        """From the features of `count` texts; how common a feature is, is told by the first `common` of them."""
        # A feature that is new gets the next number.
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        # Flat arrays: of a hundred thousand texts the cells are millions.
        cells, repeats, sizes = array("i"), array("i"), array("i")
        for counted in chain.from_iterable(texts):
            cells.extend(map(numbers.__getitem__, counted))
            repeats.extend(counted.values())
            sizes.append(len(counted))
        number, times = np.frombuffer(cells, np.int32), np.frombuffer(repeats, np.int32)
        blocks_of = np.repeat(np.arange(len(sizes), dtype=np.int32), np.frombuffer(sizes, np.int32))
        row, block = np.divmod(blocks_of, np.int32(len(BLOCK_WEIGHTS)))
        spread = np.bincount(number[row < common], minlength=len(numbers))
        rarity = np.log((common + 1) / (np.maximum(spread, 1) + 0.5)).astype(np.float32)
        # In place and in single precision: whatever is large here stays with the process.
        weights = rarity[number] * _repeat(times)
        lengths = np.maximum(np.sqrt(np.bincount(blocks_of, weights * weights)), 1e-9).astype(np.float32)
        weights /= lengths[blocks_of]
        weights *= np.array(BLOCK_WEIGHTS, np.float32)[block]
        order = np.argsort(number, kind="stable").astype(np.int32)
        starts = np.searchsorted(number[order], np.arange(len(numbers) + 1)).astype(np.int32)
        return cls(count, tuple(numbers), rarity, starts, row[order], weights[order])

    @cached_property
    def spread(self) -> Integers:
        """How many rows have each feature."""
        return np.diff(self.starts)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each feature."""
        return {feature: number for number, feature in enumerate(self.features)}

    def weigh(self, blocks: Blocks) -> tuple[Integers, Floats]:
        """The features of a text that the rows have, by number, and what each weighs in it: a text of which the rows
        know everything has the length of a row, and what they lack counts against it."""
        known = [self._weigh(counted, weight) for counted, weight in zip(blocks, BLOCK_WEIGHTS, strict=True)]
        return np.concatenate([numbers for numbers, _ in known]), np.concatenate([weights for _, weights in known])

    def compare(self, blocks: Blocks) -> Floats:
        """The likeness of a text to every row, 0 to `LIKENESS_OF_SAME`."""
        rows, products = self.find_cells(*self.weigh(blocks), MOST_READS)
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
        features = np.repeat(np.arange(len(self.features), dtype=np.int32), self.spread)
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

    def _weigh(self, counted: Mapping[str, int], block_weight: float) -> tuple[Integers, Floats]:
        """The known features of a block with their weights; the unknown ones only take their share of the length."""
        found = np.fromiter(map(self.numbers.get, counted, repeat(-1)), np.int32, len(counted))
        known = found >= 0
        places = found[known]
        raw = self.rarity[places]
        if len(counted) < sum(counted.values()):
            raw *= _repeat(np.fromiter(counted.values(), np.int32, len(counted))[known])
        unknown = (len(counted) - len(places)) * log(self.count + 1) ** 2
        length = sqrt(float(raw @ raw) + unknown)
        return places, raw * np.float32(block_weight / max(length, 1e-9))


def _repeat(times: Integers) -> Floats:
    """A feature that comes again adds half of its weight each time."""
    return 1 + np.float32(0.5) * (times.astype(np.float32) - 1)
