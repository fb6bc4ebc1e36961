"""From evidence to a probability: how often a candidate with such evidence is the right one.

A logistic regression whose weights are never negative (more evidence never makes a candidate less likely) and are
drawn to those of `PRIOR`, which hold where the content is too small to learn from.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.evidence import Evidence

ROUNDS = 60
PULL = 1.0


class Calibration(NamedTuple):
    """What each piece of evidence weighs, and what is taken off."""

    score: float
    lead: float
    covered: float
    threshold: float

    def estimate(self, evidence: Evidence) -> float:
        """The probability that the candidate is the right one."""
        sum_up = self.score * evidence.score + self.lead * evidence.lead + self.covered * evidence.covered
        return float(1 / (1 + np.exp(min(self.threshold - sum_up, 60.0))))


PRIOR = Calibration(0.2, 0.9, 1.8, 2.8)


def calibrate(evidence: Sequence[Evidence], right: Sequence[bool]) -> Calibration:
    """Fit to candidates that are known to be right or not, by Newton's method; a weight that would become negative is
    left at zero."""
    if not evidence:
        return PRIOR
    values = np.array([(*one, -1.0) for one in evidence])
    wanted = np.array(right, float)
    prior = np.array(PRIOR)
    weights = prior.copy()
    free = np.ones(len(weights), bool)
    for _ in range(ROUNDS):
        slope, curve = _look(values, wanted, weights)
        slope += PULL * (weights - prior)
        curve += PULL * np.eye(len(weights))
        stepped = weights.copy()
        stepped[free] -= np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        stepped[:-1] = np.maximum(stepped[:-1], 0)
        free[:-1] = (stepped[:-1] > 0) | (slope[:-1] < 0)
        if np.allclose(stepped, weights, atol=1e-6):
            break
        weights = stepped
    return Calibration(*map(float, weights))


def _look(
    values: NDArray[np.float64], wanted: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The slope and the curvature of the loss."""
    probability = 1 / (1 + np.exp(-(values @ weights)))
    spread = probability * (1 - probability)
    slope: NDArray[np.float64] = values.T @ (probability - wanted)
    curve: NDArray[np.float64] = (values * spread[:, None]).T @ values
    return slope, curve
