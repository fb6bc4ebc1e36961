"""`hiwar form check | preview | import` as staff type it."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.languages import Languages
from bot.services.forms import set_closed
from tests.conftest import ROOT, SAMPLE_CONTENT, Running
from tests.telegram.test_conversations import last, rows

VISIT = SAMPLE_CONTENT / "forms" / "visit.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIWAR_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("HIWAR_VAR_DIR", str(tmp_path / "var"))
    return Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["form", *words], input=typed, catch_exceptions=False)


def test_a_good_form_can_run_and_a_broken_one_says_where(tmp_path: Path) -> None:
    assert "visit.md can run." in run("check", str(VISIT)).output
    broken = tmp_path / "visit.md"
    broken.write_text(VISIT.read_text("utf-8").replace("| text |", "| txet |", 1), "utf-8")
    found = run("check", str(broken))
    assert found.exit_code == 1
    assert "[form-" in found.output


def test_a_form_is_played_and_recorded_as_a_test_that_passes(tmp_path: Path, languages: Languages) -> None:
    recorded = tmp_path / "test_recorded.py"
    form = ROOT / "content" / "forms" / "have-your-say.md"
    played = run("preview", str(form), "--record", str(recorded), typed="1\nyes\n/back\nno such choice\n/stop\n")
    assert "Do you want to stay anonymous?" in played.output
    assert "✋" in played.output
    names: dict[str, Any] = {}
    exec(compile(recorded.read_text("utf-8"), recorded, "exec"), names)  # noqa: S102 - just written by ourselves
    names["test_the_conversation_goes_as_recorded"](languages)


def test_a_form_is_taken_in_once(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "call.md"
    new.write_text(VISIT.read_text("utf-8").replace("| visit |", "| call |"), "utf-8")
    assert "call is in the content" in run("import", str(new)).output
    assert (folder / "forms" / "call.md").is_file()
    with pytest.raises(Exception, match="already a call"):
        run("import", str(new))


async def test_a_closed_form_is_begun_by_nobody_until_it_is_open_again(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    for closed in (True, False):
        await hiwar.app.db.write(partial(set_closed, form_id="visit", closed=closed))
        begin = await hiwar.ask(person, "/start visit_en")
        await hiwar.press(person, begin, rows(begin)[0][0])
        assert ("is closed to new answers" in last(hiwar, person).text) is closed
