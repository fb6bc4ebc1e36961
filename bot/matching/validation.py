"""Asking the content its own phrasings, each as if it were not there: how far a score can be trusted.

In each fold a part of every entry's phrasings is left out and asked, and a part of the questions that nothing answers.
Some entries are left out altogether: their phrasings stand for questions on the subject that nothing answers, the hardest
there are. Nothing is learned again: what the rows that are left say is weighed as it was. Scores themselves then tell
little, and what they lead by and how much of a question is known tell more. That makes the bot rather unsure than bold,
which is as it should be, and spares half of the learning.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.calibration import PRIOR, Calibration, calibrate
from bot.matching.evidence import Evidence, find_candidates
from bot.matching.features import read_stems
from bot.matching.rows import Rows
from bot.matching.thresholds import THRESHOLDS, Thresholds, Tried, fit_thresholds
from bot.matching.vectors import Floats

# Where entries have so many phrasings each; where they have fewer, half of the folds, or some would be empty.
FOLDS = 8
# So many phrasings tell as much as all, in a fraction of the time.
ENOUGH_ASKED = 400
# One entry in eight is hidden in each fold.
HIDDEN_EVERY = 8
LEAST_ENTRIES = 8


class Trust(NamedTuple):
    """How far scores can be trusted, and how sure is sure enough."""

    calibration: Calibration = PRIOR
    limits: Thresholds = THRESHOLDS


class Asked(NamedTuple):
    """A phrasing that was asked: what spoke for each candidate, which was the right one, and whether one could be."""

    candidates: list[tuple[Evidence, bool]]
    answerable: bool


def cross_validate(rows: Rows, likeness: Floats, weights: Floats) -> Trust:
    """How far what was learned of the rows, `weights`, can be trusted; the prior where they are too few to tell."""
    if len(rows.entries) < LEAST_ENTRIES:
        return Trust()
    places = _count_places(rows)
    folds = FOLDS if len(places) >= FOLDS * len(rows.entries) else FOLDS // 2
    enough = min(folds, -(-folds * ENOUGH_ASKED // len(places)))
    asked: list[Asked] = []
    for number in range(enough):
        asked += _ask_fold(rows, likeness, weights, places % folds == number, number)
    pairs = [pair for one in asked for pair in one.candidates]
    calibration = calibrate([evidence for evidence, _ in pairs], [right for _, right in pairs])
    return Trust(calibration, fit_thresholds([_weigh(one, calibration) for one in asked]))


def _weigh(asked: Asked, calibration: Calibration) -> Tried:
    """What the calibration makes of a phrasing that was asked."""
    best, *others = sorted((calibration.estimate(evidence) for evidence, _ in asked.candidates), reverse=True)
    return Tried(best, best - max(others, default=0.0), asked.answerable)


def _ask_fold(rows: Rows, likeness: Floats, weights: Floats, chosen: NDArray[np.bool_], number: int) -> Iterator[Asked]:
    """Each of the `chosen` phrasings and questions of a fold, asked of the content without them."""
    hidden = (rows.labels % HIDDEN_EVERY == number) & (rows.labels != rows.nothing)
    asked = np.zeros(len(rows.labels), bool)
    asked[: len(chosen)] = chosen
    kept = ~asked & ~hidden
    kept_rows, questions = np.flatnonzero(kept), np.flatnonzero(asked)
    scores = likeness[np.ix_(questions, kept_rows)] @ weights[kept_rows]
    for row, own in zip(questions, scores, strict=True):
        covered = rows.cover(read_stems(rows.asked[row], rows.locale), kept)
        found = find_candidates(own, covered, rows.nothing)
        right = rows.labels[row]
        yield Asked(
            [(evidence, bool(entry == right and not hidden[row])) for entry, evidence in found],
            not hidden[row] and right != rows.nothing,
        )


def _count_places(rows: Rows) -> NDArray[np.int32]:
    """The place of each phrasing among those of its entry, counted from another place for each entry.

    What stands last was added last, because it had not been understood: a fold that asked the same places everywhere
    might ask none of those, or all.
    """
    seen: Counter[int] = Counter()
    places = []
    for label in rows.labels[: len(rows.asked)].tolist():
        places.append(label // HIDDEN_EVERY + seen[label])
        seen[label] += 1
    return np.array(places, np.int32)
