"""Every kind of question has a case file; every feature of the XLSForm reference has a form that uses it."""

from pathlib import Path

import pytest

from bot.forms.kinds import KINDS
from tests.forms.scripts import play

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.md"))
FEATURES = sorted((HERE / "features").glob("*.md"))


def test_every_kind_has_its_case() -> None:
    assert {path.stem for path in CASES} == set(KINDS)


@pytest.mark.parametrize("path", [*CASES, *FEATURES], ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path) -> None:
    play(path)
