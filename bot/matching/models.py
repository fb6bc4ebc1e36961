"""What has been learned of one language: which words speak for which entry, and how far to trust that."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bot.matching.features import Features
from bot.matching.rows import Rows
from bot.matching.summaries import Summary
from bot.matching.training import train_softmax
from bot.matching.validation import Trust, cross_validate
from bot.matching.vectors import LIKENESS_OF_SAME, Floats

# Beyond this many rows the likeness of all to all no longer fits a small server: nearness alone decides then.
MOST_TRAINED_ROWS = 8_000
# How scores of nearness compare with trained ones.
_NEARNESS_SCALE = 8.0


@dataclass(frozen=True)
class Model:
    """`weights` is what each row says for each entry, or None for content too large to train on."""

    rows: Rows
    weights: Floats | None
    trust: Trust

    @classmethod
    def train(cls, rows: Rows, trust: Trust | None = None) -> "Model":
        """Learn from the rows; how far to trust that is found by asking the content its own phrasings."""
        # The words of the rows are many, and needed only to ask them.
        kept = replace(rows, asked=())
        if not 0 < len(rows.labels) <= MOST_TRAINED_ROWS:
            return cls(kept, None, trust or Trust())
        likeness = rows.vectors.compare_rows()
        weights = train_softmax(likeness, rows.labels, len(rows.entries))
        return cls(kept, weights, trust or cross_validate(rows, likeness, weights))

    @cached_property
    def summary(self) -> Summary | None:
        return None if self.weights is None else Summary.make(self.rows.vectors, self.weights)

    def prepare(self) -> None:
        """Work out now what the first question would else wait for."""
        _ = self.summary, self.rows.knowing

    def score(self, features: Features) -> Floats:
        """What speaks for each entry as the answer to a question, given as its features."""
        vectors = self.rows.vectors
        return self.summary.score(*vectors.weigh(features)) if self.summary else self._add_up(vectors.compare(features))

    def _add_up(self, likeness: Floats) -> Floats:
        """What speaks for each entry, from how near its rows are."""
        labels, count = self.rows.labels, len(self.rows.entries)
        nearest = np.zeros(count, np.float32)
        np.maximum.at(nearest, labels, likeness)
        together = np.bincount(labels, likeness, count) / self._lengths
        return (_NEARNESS_SCALE * (0.4 * nearest + 0.6 * together) / LIKENESS_OF_SAME).astype(np.float32)

    @cached_property
    def _lengths(self) -> Floats:
        """About how long the rows of each entry are together: they share some of what they say."""
        return np.bincount(self.rows.labels, minlength=len(self.rows.entries)).astype(np.float32) ** np.float32(0.75)
