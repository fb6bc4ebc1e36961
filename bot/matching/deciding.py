"""From probabilities to what the bot should do: answer, offer or admit."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.matches import Decision, Match, Verdict

MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least probability to answer with, the least lead over the second entry, the least probability of the best
    entry to offer any, and of each one offered."""

    answer: float
    lead: float
    suggest: float
    offer: float


# A wrong answer is worse than three to choose from. Chosen with `benchmarks/matching.py`.
THRESHOLDS = Thresholds(answer=0.68, lead=0.3, suggest=0.15, offer=0.05)
# Read from Arabic in Latin letters: several readings of each word were tried, so more of it fits by chance.
LOOSE_THRESHOLDS = Thresholds(answer=0.75, lead=0.3, suggest=0.12, offer=0.05)


def judge(locale: str, matches: Sequence[Match], limits: Thresholds = THRESHOLDS) -> Decision:
    """The verdict on different entries, best first."""
    if not matches or matches[0].score < limits.suggest:
        return Decision(Verdict.UNKNOWN, locale, (), tuple(matches))
    offered = tuple(match for match in matches if match.score >= limits.offer)[:MOST_SUGGESTIONS]
    lead = offered[0].score - max((match.score for match in matches[1:2]), default=0.0)
    clear = offered[0].score >= limits.answer and lead >= limits.lead
    return Decision(Verdict.ANSWER if clear else Verdict.SUGGEST, locale, offered, tuple(matches))
