"""What matching is given and what it gives back."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of asking for `entry`, as staff wrote it."""

    entry: str
    locale: str
    text: str


class Verdict(StrEnum):
    """What the bot should do with a question."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with its score, 0 to 1 (1: asked word for word), and the phrasing that came nearest."""

    entry: str
    locale: str
    score: float
    phrasing: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question asked in `locale`.

    `matches` are different entries, best first: for ANSWER the first is the answer, for SUGGEST one to three are
    offered, for UNKNOWN there are none.
    """

    verdict: Verdict
    locale: str
    matches: tuple[Match, ...]
