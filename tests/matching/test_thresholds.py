"""How sure is sure enough: fitted to what misled when its entry was hidden, and to what would have been refused."""

import pytest

from bot.matching.thresholds import MOST_MISLED, MOST_REFUSED, THRESHOLDS, Thresholds, Tried, fit_thresholds


def try_questions(highest: float, answerable: bool, lead: float = 0.5) -> list[Tried]:
    """A thousand questions, as sure as can be up to the highest probability."""
    return [Tried(highest * place / 1000, lead, answerable) for place in range(1000)]


KNOWN = try_questions(1.0, answerable=True)


@pytest.mark.parametrize(("highest", "answer"), [(0.2, 0.4), (0.7, 0.63), (0.8, 0.72), (1.0, 0.85)])
def test_the_more_what_nothing_answers_misleads_the_surer_the_bot_must_be(highest: float, answer: float) -> None:
    hidden = try_questions(highest, answerable=False)
    fitted = fit_thresholds([*KNOWN, *hidden])
    assert fitted.answer == pytest.approx(answer)
    assert highest == 1.0 or sum(one.probability > answer for one in hidden) <= (MOST_MISLED + 0.01) * len(hidden)


def test_what_does_not_lead_clearly_misleads_nobody() -> None:
    assert fit_thresholds([*KNOWN, *try_questions(1.0, answerable=False, lead=0.1)]).answer == 0.4


@pytest.mark.parametrize(("highest", "suggest"), [(1.0, 0.05), (8.0, 0.16), (20.0, 0.2)])
def test_few_questions_with_an_answer_are_refused(highest: float, suggest: float) -> None:
    known = try_questions(highest, answerable=True)
    fitted = fit_thresholds([*known, *try_questions(0.1, answerable=False)])
    assert fitted.suggest == pytest.approx(suggest)
    assert highest == 1.0 or sum(one.probability < suggest for one in known) <= (MOST_REFUSED + 0.005) * len(known)


def test_too_few_questions_tell_nothing() -> None:
    assert fit_thresholds(KNOWN) == fit_thresholds(try_questions(1.0, answerable=False)) == THRESHOLDS


@pytest.mark.parametrize("limits", [THRESHOLDS, fit_thresholds([*KNOWN, *try_questions(1.0, answerable=False)])])
def test_answering_asks_for_more_than_offering(limits: Thresholds) -> None:
    assert 0 < limits.offer < limits.suggest < limits.answer < 1
