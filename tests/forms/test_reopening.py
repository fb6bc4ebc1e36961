"""What was sent is opened again with every answer, and changed or sent as it was."""

from pathlib import Path

import pytest

from bot.forms import Form, Session, Source, fits, read_form, reopen, steps
from bot.forms.events import Asked, Completed, Dropped, Submitted
from tests.forms.filling import NOW, fill_in
from tests.forms.scripts import read_script
from tests.forms.test_steps import CHOICE, make_form

FEATURES = sorted((Path(__file__).parent / "features").glob("*.md"))
# Its answers are drawn anew in each session.
DRAWN = {"drawn"}


def send(form: Form, session: Session) -> dict[str, str]:
    _, events = steps.submit(form, session, NOW)
    assert isinstance(events[-1], Submitted), events
    return dict(events[-1].submission.answers)


def open_again(form: Form, answers: dict[str, str]) -> steps.Step:
    begun, _ = steps.start(form, NOW, session_id="s-2", seed="seed", locale="en")
    return reopen(form, begun, answers, "s-1", NOW)


@pytest.mark.parametrize("path", [one for one in FEATURES if one.stem not in DRAWN], ids=lambda path: path.stem)
def test_what_is_sent_again_unchanged_is_the_same(path: Path) -> None:
    form = read_script(path).form
    answers = send(form, fill_in(form, "en")[0])
    session, events = open_again(form, answers)
    assert isinstance(events[-1], Completed), events
    assert send(form, Session.from_json(session.to_json())) == answers


def test_one_answer_is_changed_and_the_submission_says_which_it_replaces() -> None:
    form = make_form("| | text | a | A |", "| | integer | b | B |")
    session, _ = open_again(form, {"/data/a": "Horizon", "/data/b": "3"})
    session, events = steps.edit(form, session, "/data/b", NOW)
    assert isinstance(events[-1], Asked)
    session, events = steps.answer(form, session, "4", NOW)
    assert isinstance(events[-1], Completed)
    _, events = steps.submit(form, session, NOW)
    assert isinstance(events[-1], Submitted)
    assert (events[-1].submission.revises, dict(events[-1].submission.answers)) == (
        "s-1",
        {"/data/a": "Horizon", "/data/b": "4"},
    )


def test_what_was_left_out_can_be_answered_and_a_repeat_can_have_one_more() -> None:
    rows = ("| | text | a | A |", "| | begin_repeat | child | Child |", "| | text | name | Name |", "| | end_repeat |")
    form = make_form(*rows)
    session, events = open_again(form, {"/data/child[1]/name": "Amina", "/data/child[2]/name": "Omar"})
    assert isinstance(events[-1], Completed)
    assert [line.ref for line in events[-1].all_lines] == [
        "/data/child[1]/name",
        "/data/child[2]/name",
        "/data/a",
        "/data/child[3]",
    ]
    session, _ = steps.edit(form, session, "/data/child[3]", NOW)
    session, _ = steps.answer(form, session, "yes", NOW)
    session, _ = steps.answer(form, session, "Sami", NOW)
    session, _ = steps.answer(form, session, "no", NOW)
    assert send(form, session)["/data/child[3]/name"] == "Sami"


def test_a_default_that_was_taken_out_stays_out() -> None:
    text = "| survey |\n| | type | name | label | default |\n| | text | a | A | x |\n| | text | b | B | |"
    form, problems = read_form(Source(text.encode(), ".md", "made"))
    assert form is not None, problems
    session, _ = open_again(form, {"/data/b": "B"})
    assert send(form, session) == {"/data/b": "B"}


def test_a_changed_form_takes_what_fits_and_asks_what_does_not() -> None:
    old = make_form("| | select_one c | a | A |", "| | text | b | B |", more=CHOICE)
    answers = {"/data/a": "x", "/data/b": "B"}
    assert fits(
        make_form("| | text | new | New |", "| | select_one c | a | A |", "| | text | b | B |", more=CHOICE),
        old,
        answers,
    )
    assert not fits(make_form("| | text | a | A |", "| | text | b | B |"), old, answers)
    without = make_form("| | text | b | B |")
    assert not fits(without, old, answers)
    session, _ = open_again(without, answers)
    assert send(without, session) == {"/data/b": "B"}
    without_x = make_form("| | select_one c | a | A |", more=CHOICE.replace("| | c | x | X |\n", ""))
    _, events = open_again(without_x, answers)
    assert any(isinstance(event, Dropped) for event in events)
    assert isinstance(events[-1], Asked)
