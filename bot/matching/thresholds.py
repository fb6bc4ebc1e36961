"""How sure the bot must be to answer, and to offer: by language, so that as much can be relied on in each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

# Of the content's own phrasings whose entry was hidden so few may be answered. Nothing is nearer to the content than
# they are: of the questions people ask that no entry answers it is one or two of a hundred (`benchmarks/questions.py`).
MOST_MISLED = 0.1
# Of the questions that have an answer, so few may be met with "I don't know".
MOST_REFUSED = 0.02
LEAST_ANSWER, MOST_ANSWER = 0.4, 0.85
LEAST_SUGGEST, MOST_SUGGEST = 0.05, 0.2
# Fewer questions than these tell nothing.
LEAST_TRIED = 30


class Thresholds(NamedTuple):
    """The least probability to answer with, the least lead over the second entry, the least probability of the best
    entry to offer any, and of each one offered."""

    answer: float
    lead: float
    suggest: float
    offer: float


# Where there is too little content to fit any: rather too sure than too bold.
THRESHOLDS = Thresholds(answer=0.75, lead=0.3, suggest=0.2, offer=0.04)


class Tried(NamedTuple):
    """A question whose entry is known: the probability of the best entry found, how far that leads the next, and whether
    any could have been right."""

    probability: float
    lead: float
    answerable: bool


def fit_thresholds(tried: Sequence[Tried]) -> Thresholds:
    """The lowest threshold that misleads few enough, and the highest that refuses few enough."""
    answerable = [one.probability for one in tried if one.answerable]
    # Whatever does not lead clearly is not answered, however probable it is.
    others = [one.probability if one.lead >= THRESHOLDS.lead else 0.0 for one in tried if not one.answerable]
    if min(len(answerable), len(others)) < LEAST_TRIED:
        return THRESHOLDS
    answer = np.clip(np.quantile(others, 1 - MOST_MISLED), LEAST_ANSWER, MOST_ANSWER)
    suggest = np.clip(np.quantile(answerable, MOST_REFUSED), LEAST_SUGGEST, MOST_SUGGEST)
    return THRESHOLDS._replace(answer=round(float(answer), 2), suggest=round(float(suggest), 2))
