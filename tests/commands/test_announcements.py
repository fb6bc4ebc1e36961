"""`hiwar announce` and `hiwar broadcast` as operators type them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.commands.running import with_app
from bot.errors import AudienceUnreadable, SettingsError
from bot.services.announcements import NEWS
from bot.services.app import App
from bot.storage import audit, follows, people
from bot.storage.database import Connection
from tests.conftest import SAMPLE_CONTENT

TEXT = "---\ntopic: forum\n---\n# en: A date\nOn **Monday**.\n# fr: Une date\nLundi.\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000020000000308060000009d74661a")


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIWAR_CONTENT_DIR", str(SAMPLE_CONTENT))
    monkeypatch.setenv("HIWAR_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("HIWAR_DATABASE_URL", f"sqlite:///{tmp_path / 'hiwar.db'}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.md"
    path.write_text(TEXT, "utf-8")
    return path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, words, input=typed, catch_exceptions=False)


def subscribe(app: App, conn: Connection) -> None:
    for number in range(7):
        people.keep_address(conn, bytes([number]), "ar", b"sealed", app.clock())
        follows.keep_follow(conn, bytes([number]), NEWS, app.clock())


def test_it_says_whom_it_reaches_and_asks_before_it_is_set_down(file: Path) -> None:
    with_app(lambda app: app.db.write(lambda conn: subscribe(app, conn)))
    refused = run("announce", str(file), typed="n\n")
    assert "The language ar is missing" in refused.output
    assert "It reaches 7 people." in refused.output
    assert "Arabic: 7 (100 %)" in refused.output
    assert "Nothing was announced yet." in run("broadcast", "list").output
    assert "Broadcast 1 is set down" in run("announce", str(file), typed="y\n").output
    listed = run("broadcast", "list").output
    assert "scheduled" in listed
    assert "A date" in listed
    [line] = with_app(lambda app: app.db.read(lambda conn: audit.find_acts(conn, 9)))
    assert (line.holder, line.act) == (audit.CONSOLE, "send")


def test_a_broadcast_is_cancelled_once_and_reported(file: Path, tmp_path: Path) -> None:
    run("announce", str(file), "--at", "2030-01-01 10:00 Africa/Tunis", "--audience", "locale:ar", "--yes")
    with pytest.raises(
        SettingsError, match=r"Broadcast 1 is scheduled: resume cannot be done; possible: begin, cancel"
    ):
        run("broadcast", "resume", "1")
    assert "cancel done" in run("broadcast", "cancel", "1").output
    with pytest.raises(SettingsError, match="possible: nothing more"):
        run("broadcast", "cancel", "1")
    table = tmp_path / "out.csv"
    assert "A date: cancelled" in run("broadcast", "show", "1", "--csv", str(table)).output
    assert table.read_bytes().startswith(b"\xef\xbb\xbfstate,language,country,reason,deliveries")
    assert run("broadcast", "watch", "1").exit_code == 0
    with pytest.raises(SettingsError, match="There is no broadcast 7"):
        run("broadcast", "show", "7")


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (("topic: forum", "topic: forums"), [], r"news\.md:2: There is no topic “forums”"),
        (("topic: forum", "picture: no.png"), [], "There is no file no.png beside the announcement"),
        (("topic: forum", "picture: ../hiwar.db"), [], "There is no file ../hiwar.db beside the announcement"),
        (("", ""), ["--at", "2020-01-01 10:00"], "That date has passed"),
        (("", ""), ["--at", "soon"], "I can't read that date"),
    ],
)
def test_what_cannot_be_sent_says_why(file: Path, change: tuple[str, str], options: list[str], said: str) -> None:
    file.write_text(TEXT.replace(*change), "utf-8")
    with pytest.raises(SettingsError, match=said):
        run("announce", str(file), *options, "--yes")


def test_an_audience_that_cannot_be_read_names_the_words(file: Path) -> None:
    with pytest.raises(AudienceUnreadable, match="“xx” is no locale"):
        run("announce", str(file), "--audience", "locale:xx", "--yes")


def test_a_picture_beside_the_file_goes_with_it(file: Path) -> None:
    (file.parent / "p.png").write_bytes(PNG)
    file.write_text(TEXT.replace("topic: forum", "picture: p.png"), "utf-8")
    assert "Broadcast 1 is set down" in run("announce", str(file), "--yes").output
