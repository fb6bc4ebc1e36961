"""What commands do with submissions and seats stands in the log, done from the console."""

import json
import re

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.commands.running import with_app
from bot.config import Settings
from bot.services.app import App
from bot.services.filling import SUBMISSION_PURPOSE
from bot.storage import forms, people
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission


@pytest.fixture(autouse=True)
def house(shipped_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIWAR_VAR_DIR", str(shipped_settings.var_dir))
    monkeypatch.setenv("HIWAR_DATABASE_URL", shipped_settings.database_url)
    with_app(keep_all)


async def keep_all(app: App) -> None:
    """A pledge, an offer and somebody who looks for a seat."""

    def keep(conn: Connection) -> None:
        for receipt, form, answers in (
            ("R1", "pledge", {"title": "Legal advice"}),
            ("OFFER", "seat", {"side": "offer"}),
            ("LOOK", "seat", {"side": "look"}),
        ):
            person, address = receipt.encode(), app.cipher.seal("7", "person")
            people.keep_address(conn, person, "en", address, app.clock())
            body = json.dumps({f"/data/{name}": value for name, value in answers.items()})
            sealed = app.cipher.seal(body, SUBMISSION_PURPOSE)
            kept = StoredSubmission(receipt, form, "print", person, "en", sealed, app.today(), app.today())
            forms.keep_submission(conn, kept)

    await app.db.write(keep)


def run(*words: str) -> str:
    return CliRunner().invoke(cli, words, catch_exceptions=False).output


def test_the_list_tells_what_was_sent_anew() -> None:
    assert re.fullmatch(
        r"R1 +pledge +submitted +Legal advice  \(changed on \d{4}-\d\d-\d\d\)\n", run("submission", "list")
    )


def test_decisions_and_pairs_are_logged_and_reasons_are_not() -> None:
    assert "R1 is changes-asked now" in run("submission", "decide", "R1", "ask-changes", "--reason", "Name a place")
    assert "both sides will be asked" in run("seat", "match", "OFFER", "LOOK")
    for refused in (("submission", "decide", "R1", "publish"), ("seat", "match", "OFFER", "LOOK")):
        with pytest.raises(Exception, match=r"cannot be done|before"):
            run(*refused)
    lines = [line.split("console")[1].split() for line in run("role", "log").splitlines()]
    assert lines == [["propose:", "OFFER", "LOOK"], ["ask-changes:", "R1"]]
