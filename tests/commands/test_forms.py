"""`hiwar form check | preview | import` as staff type it."""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import cli
from bot.commands.running import with_app
from bot.errors import SettingsError
from bot.languages import Languages
from bot.services.app import App
from bot.services.filling import SUBMISSION_PURPOSE
from bot.services.forms import set_closed
from bot.storage import forms
from bot.storage.forms import StoredSubmission
from tests.conftest import ROOT, SAMPLE_CONTENT, Running
from tests.telegram.test_conversations import last, rows

VISIT = SAMPLE_CONTENT / "forms" / "visit.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIWAR_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("HIWAR_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("HIWAR_DATABASE_URL", f"sqlite:///{tmp_path / 'hiwar.db'}")
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


@pytest.fixture
def sent() -> None:
    """One submission of the form, in the database the commands open."""
    answers = {"/data/who": "Horizon", "/data/town": "tunis", "/data/themes": "work data"}

    async def keep(app: App) -> None:
        form = app.library.forms["visit"]
        body = app.cipher.seal(json.dumps(answers), SUBMISSION_PURPOSE)
        submission = StoredSubmission("AB", "visit", form.fingerprint, None, "ar", body, date(2026, 11, 21))
        await app.db.write(lambda conn: forms.keep_submission(conn, submission))

    with_app(keep)


@pytest.mark.parametrize(
    ("options", "head", "row", "rtl"),
    [
        ([], ["who", "town"], ["Horizon", "tunis"], False),
        (["--names"], ["who", "town"], ["Horizon", "tunis"], False),
        (["--labels"], ["Your group", "Your town"], ["Horizon", "Tunis"], False),
        (["--language", "fr"], ["Votre groupe", "Votre ville"], ["Horizon", "Tunis"], False),
        (["--labels", "--language", "ar"], ["مجموعتكم", "مدينتكم"], ["Horizon", "تونس"], True),
    ],
)
@pytest.mark.usefixtures("sent")
def test_an_export_has_names_or_labels_in_a_language(
    tmp_path: Path, options: list[str], head: list[str], row: list[str], rtl: bool
) -> None:
    file = tmp_path / "out.xlsx"
    assert "1 submissions written" in run("export", "visit", str(file), *options).output
    sheet = load_workbook(file).worksheets[0]
    written = [[str(cell.value) for cell in line[:2]] for line in sheet.iter_rows()]
    assert (written, bool(sheet.sheet_view.rightToLeft)) == ([head, row], rtl)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["visit", "out.pdf"], "must end in .csv, .xlsx, .jsonl"),
        (["visti", "out.csv"], "There is no form “visti”: use one of visit"),
        (["visit", "out.csv", "--language", "de"], "There is no language “de”: use one of ar, en, fr"),
    ],
)
def test_an_export_that_cannot_be_says_why(tmp_path: Path, words: list[str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        run("export", words[0], str(tmp_path / words[1]), *words[2:])
