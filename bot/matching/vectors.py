"""Texts as sparse vectors of unit length, and the likeness of a question to all of them at once."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BLOCK_WEIGHTS, Blocks

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
# At most so many numbers are read for a question, the rarest features first, however large the content is.
MOST_READS = 120_000
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
        numbers: dict[str, int] = {}
        # A flat array: of a hundred thousand texts the cells are millions.
        cells = array("i")
        for row_number, blocks in enumerate(texts):
            for block_number, counted in enumerate(blocks):
                for feature, times_there in counted.items():
                    cells.extend((row_number, block_number, numbers.setdefault(feature, len(numbers)), times_there))
        row, block, number, times = np.frombuffer(cells, np.int32).reshape(-1, 4).T
        spread = np.bincount(number[row < common], minlength=len(numbers))
        rarity = np.log((common + 1) / (np.maximum(spread, 1) + 0.5)).astype(np.float32)
        raw = rarity[number] * _repeat(times)
        blocks_of = row * len(BLOCK_WEIGHTS) + block
        lengths = np.sqrt(np.bincount(blocks_of, raw * raw))
        weights = np.array(BLOCK_WEIGHTS)[block] * raw / np.maximum(lengths[blocks_of], 1e-9)
        order = np.argsort(number, kind="stable")
        starts = np.searchsorted(number[order], np.arange(len(numbers) + 1)).astype(np.int32)
        sorted_weights = weights[order].astype(np.float32)
        return cls(count, tuple(numbers), rarity, starts, row[order].astype(np.int32), sorted_weights)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each feature."""
        return {feature: number for number, feature in enumerate(self.features)}

    def compare(self, blocks: Blocks) -> Floats:
        """The likeness of a text to every row, 0 to `LIKENESS_OF_SAME`; what the rows lack counts against it."""
        known = [self._weigh(counted, weight) for counted, weight in zip(blocks, BLOCK_WEIGHTS, strict=True)]
        return self._add_up(
            np.concatenate([numbers for numbers, _ in known]), np.concatenate([weights for _, weights in known])
        )

    def compare_rows(self) -> Floats:
        """The likeness of every row to every row."""
        order = np.argsort(self.rows, kind="stable")
        features = np.repeat(np.arange(len(self.features)), np.diff(self.starts))[order]
        weights = self.weights[order]
        starts = np.searchsorted(self.rows[order], np.arange(self.count + 1))
        return np.stack([self._add_up(features[begin:end], weights[begin:end]) for begin, end in pairwise(starts)])

    def rows_with(self, feature: str) -> Integers:
        """The rows that have a feature."""
        number = self.numbers.get(feature)
        return self.rows[:0] if number is None else self.rows[self.starts[number] : self.starts[number + 1]]

    def _weigh(self, counted: dict[str, int], block_weight: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The known features of a block with their weights; the unknown ones only take their share of the length."""
        known = [(self.numbers[feature], times) for feature, times in counted.items() if feature in self.numbers]
        numbers, times = np.array(known, np.int64).reshape(-1, 2).T
        raw = self.rarity[numbers] * _repeat(times)
        unknown = (len(counted) - len(known)) * np.log(self.count + 1) ** 2
        length = np.sqrt(float(np.sum(raw * raw)) + unknown)
        return numbers, block_weight * raw / max(length, 1e-9)

    def _add_up(self, features: NDArray[np.int64], weights: NDArray[np.floating]) -> Floats:
        """The weights of features, each multiplied with its weight in a row, added up for every row."""
        begins, ends = self.starts[features], self.starts[features + 1]
        order = np.argsort(ends - begins, kind="stable")
        order = order[np.cumsum((ends - begins)[order]) <= MOST_READS]
        sizes = (ends - begins)[order]
        if not len(sizes):
            return np.zeros(self.count, np.float32)
        # The places of all cells at once: each run counts up from where its feature begins.
        places = np.arange(sizes.sum()) + np.repeat(begins[order] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        products = self.weights[places] * np.repeat(weights[order], sizes)
        return np.bincount(self.rows[places], products, self.count).astype(np.float32)


def _repeat(times: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.float64]:
    """A feature that comes again adds half of its weight each time."""
    return 1 + 0.5 * (times.astype(np.float64) - 1)
