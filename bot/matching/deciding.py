"""From probabilities to what the bot should do: answer, offer or admit."""

from collections.abc import Sequence

from bot.matching.matches import Decision, Match, Verdict
from bot.matching.thresholds import THRESHOLDS, Thresholds

# A wrong answer is worse than three to choose from.
MOST_SUGGESTIONS = 3


def judge(locale: str, matches: Sequence[Match], limits: Thresholds = THRESHOLDS) -> Decision:
    """The verdict on different entries, best first."""
    if not matches or matches[0].score < limits.suggest:
        return Decision(Verdict.UNKNOWN, locale, (), tuple(matches))
    offered = tuple(match for match in matches if match.score >= limits.offer)[:MOST_SUGGESTIONS]
    lead = offered[0].score - max((match.score for match in matches[1:2]), default=0.0)
    clear = offered[0].score >= limits.answer and lead >= limits.lead
    return Decision(Verdict.ANSWER if clear else Verdict.SUGGEST, locale, offered, tuple(matches))
