"""A linear softmax over entries, solved in the dual: only the likeness of the rows to each other is needed.

Multinomial logistic regression with a ridge; accelerated gradient steps preconditioned by the likeness itself, which
need some fifty rounds where plain ones need thousands. Deterministic: the same rows give the same weights.
"""

import numpy as np
from numpy.typing import NDArray

from bot.matching.vectors import Floats

ROUNDS = 50
RIDGE = 1 / 30
_POWER_ROUNDS = 15


def train_softmax(likeness: Floats, labels: NDArray[np.int32], entries: int, rounds: int = ROUNDS) -> Floats:
    """The weight of every row for every entry: `likeness @ weights` are the scores of the rows."""
    wanted = np.zeros((len(labels), entries), np.float32)
    wanted[np.arange(len(labels)), labels] = 1
    step = np.float32(1 / (0.5 * _largest_eigenvalue(likeness) + RIDGE))
    weights = np.zeros_like(wanted)
    ahead: Floats = weights
    momentum = 1.0
    for _ in range(rounds):
        error = _softmax(likeness @ ahead) - wanted
        stepped: Floats = (ahead - step * (error + np.float32(RIDGE) * ahead)).astype(np.float32)
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = stepped + np.float32((momentum - 1) / following) * (stepped - weights)
        weights, momentum = stepped, following
    return weights


def _softmax(scores: Floats) -> Floats:
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _largest_eigenvalue(likeness: Floats) -> float:
    vector = np.ones(len(likeness), np.float32)
    length = 1.0
    for _ in range(_POWER_ROUNDS):
        vector = likeness @ vector
        length = float(np.linalg.norm(vector)) or 1.0
        vector /= np.float32(length)
    return length * 1.05
