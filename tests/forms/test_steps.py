"""A session stays right whatever order things come in, and goes only with its own form."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.forms import Chosen, Form, Limits, Located, Rules, Session, Source, Stage, WrongForm, read_form, steps
from bot.forms.events import Answered, Asked, Cancelled, Closed, Completed, Dropped, Refused, Submitted
from tests.forms.filling import NOW, fill_in, possible_answers
from tests.forms.scripts import read_script

FEATURES = sorted((Path(__file__).parent / "features").glob("*.md"))


def make_form(*rows: str, more: str = "") -> Form:
    tables = "\n".join(["| survey |", "| | type | name | label | constraint | required |", *rows, more])
    form, problems = read_form(Source(tables.encode(), ".md", "made"))
    assert form is not None, problems
    return form


def begin(form: Form) -> Session:
    return steps.start(form, NOW, session_id="s-1", seed="seed", locale="en")[0]


TWO = ("| | text | a | A |", "| | text | b | B |")
CHOICE = "| choices |\n| | list_name | name | label |\n| | c | x | X |\n| | c | y | Y |"


def test_a_session_goes_only_with_the_form_it_was_begun_with() -> None:
    session = begin(make_form(*TWO))
    with pytest.raises(WrongForm):
        steps.answer(make_form(*TWO, "| | text | c | C |"), session, "x", NOW)


def test_a_second_tap_changes_nothing() -> None:
    form = make_form("| | select_one c | a | A |", "| | select_one c | b | B |", more=CHOICE)
    session, _ = steps.answer(form, begin(form), Chosen(("x",)), NOW, ref="/data/a")
    again, events = steps.answer(form, session, Chosen(("x",)), NOW, ref="/data/a")
    assert again == session
    assert isinstance(events[0], Refused)
    assert events[0].reason == "old-question"
    assert isinstance(events[-1], Asked)
    assert events[-1].prompt.ref == "/data/b"


def test_the_same_answer_twice_from_one_session_gives_the_same() -> None:
    form = make_form(*TWO)
    session = begin(form)
    assert steps.answer(form, session, "x", NOW) == steps.answer(form, session, "x", NOW)


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.CANCELLED])
def test_a_closed_session_stays_closed(stage: Stage) -> None:
    form = make_form(*TWO)
    session = replace(begin(form), stage=stage)
    for step in (
        steps.answer(form, session, "x", NOW),
        steps.back(form, session, NOW),
        steps.skip(form, session, NOW),
        steps.resume(form, session, NOW),
        steps.edit(form, session, "/data/a", NOW),
        steps.toggle(form, session, "x", NOW),
        steps.change_language(form, session, "fr", NOW),
        steps.remove(form, session, "/data/r[1]", NOW),
        steps.submit(form, session, NOW),
        steps.cancel(session),
    ):
        assert step == (session, (Closed(),))


def test_cancelling_forgets_the_answers() -> None:
    form = make_form(*TWO)
    session, _ = steps.answer(form, begin(form), "secret", NOW)
    session, events = steps.cancel(session)
    assert events == (Cancelled(),)
    assert "secret" not in session.to_json()


def test_submitting_too_early_asks_what_is_missing() -> None:
    form = make_form("| | text | a | A | | yes |")
    session, events = steps.submit(form, begin(form), NOW)
    assert session.stage is Stage.ASKING
    assert isinstance(events[-1], Asked)


def test_a_submission_has_only_what_is_relevant_and_says_when() -> None:
    form = make_form(*TWO)
    session = begin(form)
    for said in ("x", ""):
        session, _ = steps.answer(form, session, said, NOW)
    later = NOW + timedelta(days=2)
    _, events = steps.submit(form, session, later)
    assert isinstance(events[0], Submitted)
    submission = events[0].submission
    assert dict(submission.answers) == {"/data/a": "x", "/data/meta/instanceID": "uuid:s-1"}
    assert submission.submitted_at == "2026-11-22T10:30:00.000+00:00"
    assert (submission.id, submission.fingerprint) == ("s-1", form.fingerprint)


def test_what_was_before_is_told() -> None:
    form = make_form(*TWO)
    session, _ = steps.answer(form, begin(form), "x", NOW)
    session, _ = steps.back(form, session, NOW)
    _, events = steps.answer(form, session, "y", NOW)
    assert events[0] == Answered("/data/a", "y", "x")


def test_an_answer_that_no_longer_fits_is_dropped_and_asked() -> None:
    form = make_form("| | integer | a | A |", "| | integer | b | B | . < ${a} |")
    session = begin(form)
    for said in ("10", "5"):
        session, _ = steps.answer(form, session, said, NOW)
    session, _ = steps.edit(form, session, "/data/a", NOW)
    session, events = steps.answer(form, session, "3", NOW)
    assert Dropped("/data/b", "5") in events
    assert session.at == "/data/b"


@pytest.mark.parametrize(
    ("constraint", "said", "example"),
    [
        (". >= 18 and . <= 99", "5", "58"),
        (". > 0", "0", "1"),
        (". < 10 and . != 9", "9", ""),
        (". <= 10", "11", "9"),
        (". mod 2 = 0", "3", ""),
    ],
)
def test_a_refused_number_comes_with_one_that_would_do(constraint: str, said: str, example: str) -> None:
    form = make_form(f"| | integer | a | A | {constraint} |")
    _, events = steps.answer(form, begin(form), said, NOW)
    assert isinstance(events[0], Refused)
    assert events[0].example == example


def test_choices_are_found_by_a_finder_of_ones_own() -> None:
    form = make_form("| | select_one c | a | A |", more=CHOICE)
    rules = Rules(find=lambda text, offers: [offers[-1].value] if text == "the last" else [])
    session, _ = steps.answer(form, begin(form), "the last", NOW, rules=rules)
    assert session.answers["/data/a"] == "y"


def test_a_repeat_has_a_limit() -> None:
    form = make_form("| | begin repeat | r | R |", "| | text | a | A |", "| | end repeat |")
    rules = Rules(Limits(repeat_count=3))
    session, events = steps.start(form, NOW, session_id="s", seed="s", locale="en", rules=rules)
    for number in range(20):
        if isinstance(events[-1], Completed):
            break
        session, events = steps.answer(form, session, f"{number}" if number % 2 == 0 else "yes", NOW, rules=rules)
    assert session.counts["/data/r"] == 3


def test_drafts_are_kept_in_the_session() -> None:
    form = make_form("| | select_multiple c | a | A |", more=CHOICE)
    session, _ = steps.toggle(form, begin(form), "y", NOW)
    session, _ = steps.toggle(form, Session.from_json(session.to_json()), "x", NOW)
    session, _ = steps.toggle(form, session, "nothing", NOW)
    assert session.drafts == ("y", "x")
    session, _ = steps.answer(form, session, Chosen(session.drafts), NOW)
    assert session.answers["/data/a"] == "x y"
    assert session.drafts == ()


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["نعم", "٥", "31/02/2027", "-1", "<b>x</b>", "x" * 5000, "\x00\ud800", "2,5", "no", "today", "1; 2"]
    ),
    st.builds(Located, st.floats(), st.floats()),
    st.builds(Chosen, st.lists(st.sampled_from(["x", "y", "z", "yes"])).map(tuple)),
)
LONG = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_every_form_can_be_filled_in(path: Path) -> None:
    session, asked = fill_in(read_script(path).form, "en")
    assert session.stage is Stage.CHECKING
    assert asked


@LONG
@given(said=st.lists(ANYTHING, max_size=12), moves=st.lists(st.sampled_from(["skip", "back", "resume"]), max_size=6))
@pytest.mark.parametrize("name", ["choice-filter", "repeat-nested", "relevant-group", "dates", "values-in-texts"])
def test_nothing_that_is_said_breaks_a_session(name: str, said: list[object], moves: list[str]) -> None:
    form = read_cached(name)
    session = begin(form)
    for number, incoming in enumerate(said):
        session, events = steps.answer(form, session, incoming, NOW)  # type: ignore[arg-type]
        assert events
        if number < len(moves):
            session, events = getattr(steps, moves[number])(form, session, NOW)
        assert Session.from_json(session.to_json()) == session
        assert session.is_open


@LONG
@given(choices=st.lists(st.integers(0, 5), min_size=5, max_size=25))
@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_what_is_worked_out_piece_by_piece_is_what_is_worked_out_at_once(path: Path, choices: list[int]) -> None:
    """After each answer, the session is as it would be if all of it were worked out anew."""
    form = read_cached(path.stem)
    session, events = steps.start(form, NOW, session_id="s-1", seed="seed", locale="en")
    for choice in choices:
        if not isinstance(events[-1], Asked):
            session, events = steps.back(form, session, NOW)
            continue
        answers = list(possible_answers(events[-1].prompt))
        session, events = steps.answer(form, session, answers[choice % len(answers)], NOW)
        if not any(isinstance(event, Asked) for event in events):
            session, events = steps.resume(form, session, NOW)
        anew, _ = steps.resume(form, replace(session, day="", hidden=()), NOW)
        assert (anew.answers, set(anew.hidden), anew.counts) == (session.answers, set(session.hidden), session.counts)


_FORMS: dict[str, Form] = {}


def read_cached(name: str) -> Form:
    if name not in _FORMS:
        _FORMS[name] = read_script(Path(__file__).parent / "features" / f"{name}.md").form
    return _FORMS[name]
