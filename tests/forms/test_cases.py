"""Every kind of question has a case file; every feature of the XLSForm reference has a form that uses it."""

from pathlib import Path

import pytest

from bot.forms.kinds import KINDS
from bot.forms.reasons import Reason
from tests.forms.scripts import play

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.md"))
FEATURES = sorted((HERE / "features").glob("*.md"))


def test_every_kind_has_its_case() -> None:
    assert {path.stem for path in CASES} == set(KINDS)


def test_every_reason_is_met_in_some_conversation() -> None:
    lines = [line for path in (*CASES, *FEATURES) for line in path.read_text("utf-8").splitlines()]
    met = {Reason(line[2:].partition(":")[0].strip()) for line in lines if line.startswith("! ")}
    # An earlier question's button is in `test_steps`; what is not asked is never waited at.
    assert set(Reason) - met == {Reason.OLD_QUESTION, Reason.NOT_ASKED}


@pytest.mark.parametrize("path", [*CASES, *FEATURES], ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path) -> None:
    play(path)
