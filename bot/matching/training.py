"""A linear softmax over entries, solved in the dual: only the likeness of the rows to each other is needed.

Multinomial logistic regression with a ridge; accelerated gradient steps preconditioned by the likeness itself.
Deterministic: the same rows give the same weights.

The step that is always safe is far too short where there are many entries, since hardly any row is torn between more than
a few of them: there it is stretched, and fewer steps do the work of many (measured on questions nobody had learned from:
8 steps put as many first as 60; with half of that step one to three in a hundred fewer). Where a round makes it worse,
it goes back and on with half the step; the last step alone is taken unseen, for it costs as much to look as to go on, and
in parts of the content, large and small, it never made the loss more than 3 % greater.
"""

import numpy as np
from numpy.typing import NDArray

from bot.matching.vectors import Floats

# After the first step, which is a matter of sums.
ROUNDS = 7
RIDGE = 1 / 30
MOST_STRETCH, ENTRIES_A_STRETCH = 64.0, 4
_POWER_ROUNDS = 4
# Of the accelerated steps, how much the second is carried by the first.
_FIRST_MOMENTUM = (1 + 5**0.5) / 2


def train_softmax(likeness: Floats, labels: NDArray[np.int32], entries: int) -> Floats:
    """The weight of every row for every entry: `likeness @ weights` are the scores of the rows."""
    if not len(labels):
        return np.zeros((0, entries), np.float32)
    own = (np.arange(len(labels)), labels)
    stretch = min(MOST_STRETCH, max(1.0, entries / ENTRIES_A_STRETCH))
    step = stretch / (0.5 * _largest_eigenvalue(likeness) + RIDGE)
    said = np.stack([likeness[labels == entry].sum(axis=0) for entry in range(entries)], axis=1)
    scores = np.float32(step) * (said - said.mean(axis=1, keepdims=True))
    weights = np.full((len(labels), entries), -step / entries, np.float32)
    weights[own] += np.float32(step)
    ahead, best = weights, weights
    momentum, least = _FIRST_MOMENTUM, np.inf
    # An accelerated step that is four times as long saves half of the rounds.
    for number in range(round(ROUNDS * (MOST_STRETCH / stretch) ** 0.5)):
        error = _softmax(likeness @ ahead if number else scores)
        loss = -float(np.mean(np.log(np.maximum(error[own], 1e-9))))
        if loss > least:
            ahead, weights, momentum, step = best, best, 1.0, step / 2
            continue
        least, best = loss, ahead
        error[own] -= 1
        stepped: Floats = (ahead - np.float32(step) * (error + np.float32(RIDGE) * ahead)).astype(np.float32)
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = stepped + np.float32((momentum - 1) / following) * (stepped - weights)
        weights, momentum = stepped, following
    return ahead


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
