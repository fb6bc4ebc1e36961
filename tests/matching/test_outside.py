"""Questions that nothing answers: what is like them is met with less confidence, and they are never offered."""

import pytest

from bot.matching import NOTHING, Matcher, Phrasing, pack_models
from bot.matching.matches import Decision
from tests.matching.conftest import LEXICON, PHRASINGS

OUTSIDE = tuple(
    Phrasing(NOTHING, "en", text)
    for text in (
        "when is the next train to the airport",
        "when is the next football match",
        "date of the next concert",
        "next bus when",
    )
)


@pytest.fixture(scope="module")
def taught() -> Matcher:
    return Matcher.build(PHRASINGS, outside=OUTSIDE, lexicon=LEXICON)


def score(decision: Decision, entry: str) -> float:
    return next((match.score for match in decision.considered if match.entry == entry), 0.0)


@pytest.mark.parametrize("question", ["when is the next train", "when does the next match start please"])
def test_what_is_like_them_is_less_likely_to_be_answered(matcher: Matcher, taught: Matcher, question: str) -> None:
    best = matcher.decide(question, "en").considered[0]
    assert score(taught.decide(question, "en"), best.entry) < best.score / 2


@pytest.mark.parametrize("question", [OUTSIDE[0].text, "bus", "next football match when"])
def test_nothing_is_no_candidate(taught: Matcher, question: str) -> None:
    assert NOTHING not in {match.entry for match in taught.decide(question, "en").considered}


def test_what_was_learned_of_them_is_kept(taught: Matcher) -> None:
    kept = Matcher.unpack(PHRASINGS, pack_models(taught.models), LEXICON)
    assert kept.decide(OUTSIDE[0].text, "en") == taught.decide(OUTSIDE[0].text, "en")


def test_other_languages_learn_nothing_of_them(matcher: Matcher, taught: Matcher) -> None:
    assert taught.decide("mon patron ne paye pas", "fr") == matcher.decide("mon patron ne paye pas", "fr")


def test_they_alone_are_nothing_to_answer_with() -> None:
    assert Matcher.build((), outside=OUTSIDE).decide("when is the next bus", "en").considered == ()
