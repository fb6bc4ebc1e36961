"""What matching is given and what it gives back."""

from dataclasses import dataclass
from enum import StrEnum

from bot.matching.evidence import Evidence

# The entry of questions that nothing answers: a build learns from some to say "I don't know".
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of asking for `entry`, or for `NOTHING`, as staff wrote it."""

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
    """An entry with the probability that it is the right one (1: asked word for word); `phrasing` is the one that was
    asked, or in an explanation the one that came nearest, and `evidence` what spoke for it."""

    entry: str
    locale: str
    score: float
    phrasing: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question asked in `locale`.

    `matches` are different entries, best first: for ANSWER the first is the answer, for SUGGEST one to three are
    offered, for UNKNOWN there are none. `considered` are all that were found, however unlikely.
    """

    verdict: Verdict
    locale: str
    matches: tuple[Match, ...]
    considered: tuple[Match, ...] = ()
