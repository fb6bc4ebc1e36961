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


# Chosen with `benchmarks/matching.py` for few wrong answers when each phrasing is left out in turn: when unsure, offer.
THRESHOLDS: Mapping[str, Thresholds] = {
    "ar": Thresholds(answer=0.64, lead=0.14, suggest=0.27),
    "en": Thresholds(answer=0.7, lead=0.16, suggest=0.27),
    "fr": Thresholds(answer=0.66, lead=0.14, suggest=0.27),
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
