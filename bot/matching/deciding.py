"""From scores to what the bot should do: answer, offer or admit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.matching.matches import Decision, Match, Verdict

MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least score to answer with, the least lead over the second entry, and the least score to offer."""

    answer: float
    lead: float
    suggest: float


# Chosen with `benchmarks/matching.py` so that 95 % of direct answers are right when each phrasing is left out in turn.
THRESHOLDS: Mapping[str, Thresholds] = {
    "ar": Thresholds(answer=0.5, lead=0.06, suggest=0.27),
    "en": Thresholds(answer=0.58, lead=0.06, suggest=0.27),
    "fr": Thresholds(answer=0.52, lead=0.06, suggest=0.27),
}
_UNMEASURED = Thresholds(answer=0.65, lead=0.1, suggest=0.3)


def judge(locale: str, matches: Sequence[Match]) -> Decision:
    """The verdict on different entries, best first."""
    limits = THRESHOLDS.get(locale, _UNMEASURED)
    offered = tuple(match for match in matches if match.score >= limits.suggest)[:MOST_SUGGESTIONS]
    if not offered:
        return Decision(Verdict.UNKNOWN, locale, ())
    lead = offered[0].score - max((match.score for match in matches[1:2]), default=0.0)
    clear = offered[0].score >= limits.answer and lead >= limits.lead
    return Decision(Verdict.ANSWER if clear else Verdict.SUGGEST, locale, offered)
