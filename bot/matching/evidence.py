"""What speaks for an entry as the answer to a question."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.vectors import Floats

MOST_CANDIDATES = 4


class Evidence(NamedTuple):
    """What speaks for one candidate: its score, how far that leads the best other one (negative behind it), and the
    share of the question's words, by their rarity, that its entry knows."""

    score: float
    lead: float
    covered: float


def find_candidates(scores: Floats, covered: Floats, named: Sequence[int] = ()) -> Iterator[tuple[int, Evidence]]:
    """The best few entries by score, and those that are `named`, by number, with what speaks for each."""
    best = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
    second = scores[best[1]] if len(best) > 1 else np.float32(0)
    for number in dict.fromkeys((*best, *named)):
        other = second if number == best[0] else scores[best[0]]
        yield int(number), Evidence(float(scores[number]), float(scores[number] - other), float(covered[number]))
