import pytest

from bot.matching import Match, Verdict
from bot.matching.deciding import judge


def find(*scores: float) -> list[Match]:
    return [Match(f"e{number}", "en", score, "…") for number, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "verdict", "offered"),
    [
        ((), Verdict.UNKNOWN, 0),
        ((0.1, 0.08), Verdict.UNKNOWN, 0),
        ((1.0,), Verdict.ANSWER, 1),
        ((0.9, 0.1), Verdict.ANSWER, 2),
        # Sure, but of two entries at once.
        ((0.9, 0.9), Verdict.SUGGEST, 2),
        ((0.4, 0.01), Verdict.SUGGEST, 1),
        ((0.45, 0.44, 0.43, 0.42), Verdict.SUGGEST, 3),
    ],
)
def test_judge(scores: tuple[float, ...], verdict: Verdict, offered: int) -> None:
    decision = judge("fr", find(*scores))
    assert (decision.verdict, decision.locale, len(decision.matches)) == (verdict, "fr", offered)
