"""Questions that nothing answers: what is like them is met with less confidence, and they are never offered."""

from collections.abc import Sequence

import pytest

from bot.matching import NOTHING, Matcher, Phrasing, Slots, Verdict, learn, pack_models, validation
from bot.matching.matches import Decision
from bot.matching.thresholds import THRESHOLDS, Thresholds, Tried
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


@pytest.mark.parametrize("question", [OUTSIDE[0].text, "Next BUS, when?"])
def test_word_for_word_they_are_never_offered_an_answer(matcher: Matcher, question: str) -> None:
    # Not even where nothing was learned of them yet, or their language learns nothing of them.
    told = matcher.with_phrasings(PHRASINGS, OUTSIDE)
    assert told.is_outside(question, "en")
    decision = told.decide(question, "en")
    assert (decision.verdict, decision.matches) == (Verdict.UNKNOWN, ())
    assert decision.considered == matcher.decide(question, "en").considered


def test_a_phrasing_goes_before_them(matcher: Matcher) -> None:
    asked = PHRASINGS[0]
    outside = [Phrasing(NOTHING, asked.locale, asked.text)]
    assert matcher.with_phrasings(PHRASINGS, outside).decide(asked.text).verdict is Verdict.ANSWER


def test_how_sure_is_sure_enough_is_found_by_asking_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Tried] = []

    def keep(asked: Sequence[Tried]) -> Thresholds:
        tried.extend(asked)
        return THRESHOLDS

    monkeypatch.setattr(validation, "fit_thresholds", keep)
    phrasings = [
        Phrasing(f"e{number % 9}", "en", f"{word} about {number}") for number, word in enumerate("abcdefghi" * 4)
    ]
    outside = [Phrasing(NOTHING, "en", f"weather in town {number}") for number in range(8)]
    counted = []
    for beyond in ((), outside):
        tried.clear()
        learn(phrasings, outside=beyond)
        counted.append((len(tried), sum(not one.answerable for one in tried)))
    (all_before, none_before), (all_after, none_after) = counted
    assert (all_before, all_after - all_before) == (len(phrasings), len(outside))
    assert none_after - none_before == len(outside)


def test_a_number_that_is_asked_for_is_not_enough_where_nothing_answers_it() -> None:
    numbered = {f"objective-{number}": {"objective": number} for number in range(1, 13)}
    phrasings = [Phrasing(entry, "en", f"what does {entry.replace('-', ' ')} say") for entry in numbered]
    goals = [
        Phrasing(NOTHING, "en", f"objective {number} of the sustainable development goals") for number in (2, 3, 4)
    ]
    slots = Slots.make({"objective": ["objective"]}, numbered)
    question = "objective 8 of the sustainable development goals"
    before, after = (
        score(Matcher.build(phrasings, outside=outside, slots=slots).decide(question, "en"), "objective-8")
        for outside in ((), goals)
    )
    assert after < before / 2
    assert Matcher.build(phrasings, outside=goals, slots=slots).decide("what does objective 8 say please").matches
