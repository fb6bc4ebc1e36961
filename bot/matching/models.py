"""What has been learned of one language: which words speak for which entry, and how far to trust that."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.matching.calibration import PRIOR, Calibration
from bot.matching.evidence import Evidence, find_candidates
from bot.matching.features import read_features
from bot.matching.matches import Match
from bot.matching.rows import Rows
from bot.matching.training import train_softmax
from bot.matching.validation import cross_validate
from bot.matching.vectors import LIKENESS_OF_SAME, Floats

# Beyond this many rows the likeness of all to all no longer fits a small server: nearness alone decides then.
MOST_TRAINED_ROWS = 6_000
# How scores of nearness compare with trained ones.
_NEARNESS_SCALE = 8.0
# A question about 1998 is hardly answered by an entry that knows only 2022.
_STRANGE_NUMBER = 0.3


@dataclass(frozen=True)
class Model:
    """`weights` is what each row says for each entry, or None for content too large to train on."""

    rows: Rows
    weights: Floats | None
    calibration: Calibration

    @classmethod
    def train(cls, rows: Rows, calibration: Calibration | None = None) -> "Model":
        """Learn from the rows; without a `calibration` make one by asking the content its own phrasings."""
        if not 0 < len(rows.labels) <= MOST_TRAINED_ROWS:
            return cls(rows, None, calibration or PRIOR)
        likeness = rows.vectors.compare_rows()
        weights = train_softmax(likeness, rows.labels, len(rows.entries))
        return cls(rows, weights, calibration or cross_validate(rows, likeness))

    def rank(self, tokens: Sequence[str]) -> list[Match]:
        """The entries that may answer a question, given as folded words, the likeliest first."""
        if not self.rows.entries or not tokens:
            return []
        likeness = self.rows.vectors.compare(read_features(tokens, self.rows.locale))
        scores = self._score(likeness)
        candidates = find_candidates(scores, self.rows.cover(tokens))
        matches = [
            self._match(number, evidence, likeness, tokens) for number, evidence in candidates if scores[number] > 0
        ]
        return sorted(matches, key=lambda match: -match.score)

    def _match(self, number: int, evidence: Evidence, likeness: Floats, tokens: Sequence[str]) -> Match:
        strange = self.rows.find_strange_numbers(tokens, number)
        probability = self.calibration.estimate(evidence) * _STRANGE_NUMBER ** len(strange)
        nearest = self.rows.find_nearest(number, likeness)
        return Match(self.rows.entries[number], self.rows.locale, round(probability, 4), nearest, evidence)

    def _score(self, likeness: Floats) -> Floats:
        if self.weights is not None:
            return likeness @ self.weights
        labels, count = self.rows.labels, len(self.rows.entries)
        nearest = np.zeros(count, np.float32)
        np.maximum.at(nearest, labels, likeness)
        together = np.bincount(labels, likeness, count) / self._lengths
        return (_NEARNESS_SCALE * (0.4 * nearest + 0.6 * together) / LIKENESS_OF_SAME).astype(np.float32)

    @cached_property
    def _lengths(self) -> Floats:
        """About how long the rows of each entry are together: they share some of what they say."""
        return np.bincount(self.rows.labels, minlength=len(self.rows.entries)).astype(np.float32) ** np.float32(0.75)
