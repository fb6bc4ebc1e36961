"""What speaks for an entry as the answer to a question."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching.vectors import Floats

MOST_CANDIDATES = 4


class Evidence(NamedTuple):
    """What speaks for one candidate: its score, how far that leads the best other one, `NOTHING` among them (negative
    behind it), and the share of the question's words, by their rarity, that its entry knows."""

    score: float
    lead: float
    covered: float


def find_candidates(
    scores: Floats, covered: Floats, nothing: int | None = None, named: Sequence[int] = ()
) -> Iterator[tuple[int, Evidence]]:
    """The best few entries by score, and those that are `named`, by number, with what speaks for each; `nothing` is the
    number of `NOTHING`, which is no candidate."""
    best = np.argsort(-scores, kind="stable")[: MOST_CANDIDATES + 1]
    second = scores[best[1]] if len(best) > 1 else np.float32(0)
    entries = [number for number in best if number != nothing][:MOST_CANDIDATES]
    for number in dict.fromkeys((*entries, *named)):
        other = second if number == best[0] else scores[best[0]]
        yield int(number), Evidence(float(scores[number]), float(scores[number] - other), float(covered[number]))
