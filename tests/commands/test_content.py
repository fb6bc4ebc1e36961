"""`hiwar content …` as staff type it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.commands.running import with_app
from bot.content.changes import FileChange
from bot.content.questions import LOCK_NAME, NAME, QuestionFields
from bot.services.app import App
from bot.services.publishing import accept_change, make_change, publish_accepted
from bot.storage.changes import State
from tests.conftest import SAMPLE_CONTENT

GOOD = '- {question: "when is the next forum", language: en, kind: plain, entry: forum-next}\n'
BAD = '- {question: "chocolate cake recipe", language: en, kind: plain, entry: forum-next}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample content, which the command takes for its own."""
    monkeypatch.setenv("HIWAR_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("HIWAR_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("HIWAR_DATABASE_URL", f"sqlite:///{tmp_path / 'hiwar.db'}")
    return Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["content", *words], catch_exceptions=False)


def test_the_report_counts_what_is_complete(folder: Path) -> None:
    (folder / "entries/forum-next.md").write_text(
        (folder / "entries/forum-next.md").read_text("utf-8").split("# fr:")[0], "utf-8"
    )
    report = run("report")
    assert "Missing in a language (3)" in report.output
    assert "forum-next: fr" in report.output
    assert report.output.splitlines()[-1].endswith("pieces are complete in ar, en, fr.")


def test_a_file_is_begun_and_not_twice(folder: Path) -> None:
    assert run("new", "term", "term-visa", "--topic", "forum").exit_code == 0
    assert "# en: \n- \n" in (folder / "terms/term-visa.md").read_text("utf-8")
    assert "hiwar content check" in run("new", "event", "event-new").output


def test_texts_go_out_to_translators_and_come_back(folder: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "texts.xlsx")
    assert "texts written" in run("export", file, "--language", "ar").output
    assert "changes nothing" in run("import", file).output
    name = folder / "entries/forum-next.md"
    name.write_text(name.read_text("utf-8").replace("# ar: ", "# ar: حسناً، "), "utf-8")
    asked = CliRunner().invoke(cli, ["content", "import", file], input="n\n", catch_exceptions=False)
    assert "+ متى" in asked.output
    assert "حسناً" in name.read_text("utf-8")
    assert "Written" in run("import", file, "--yes").output
    assert "حسناً" not in name.read_text("utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"no")
    assert run("import", str(tmp_path / "broken.xlsx")).exit_code == 1


def test_a_poster_is_drawn_for_a_form_too(folder: Path, tmp_path: Path) -> None:
    assert folder.is_dir()
    assert "1 posters" in run("qr", "visit", "--bot", "hiwar_bot", "--to", str(tmp_path / "posters")).output
    assert (tmp_path / "posters/visit_en.svg").is_file()


def test_a_build_that_helps_fewer_of_the_questions_is_told(folder: Path) -> None:
    (folder / NAME).write_text(GOOD + BAD, "utf-8")
    asked = run("questions", "--misses")
    assert asked.exit_code == 0
    assert "chocolate cake recipe (en, forum-next)" in asked.output
    assert run("questions", "--accept").output.endswith("2 questions remembered.\n")
    assert run("build").exit_code == 0
    key = QuestionFields(question="chocolate cake recipe", language="en", kind="plain", entry="forum-next").key
    lock = (folder / LOCK_NAME).read_text("utf-8")
    (folder / LOCK_NAME).write_text(lock.replace(f"{key} not", f"{key} helped"), "utf-8")
    built = run("build")
    assert built.exit_code == 1
    assert "[questions-worse]" in built.output
    assert run("questions").exit_code == 1


def test_the_last_change_from_the_chat_is_taken_back_at_the_server(folder: Path) -> None:
    assert "no change from the chat" in run("undo").output
    name = folder / "entries/forum-next.md"
    before = name.read_bytes()
    change_from_chat(name, before.replace(b"**2030**", b"**2031**"))
    asked = CliRunner().invoke(cli, ["content", "undo"], input="n\n", catch_exceptions=False)
    assert "+ The next forum is planned for **2030**." in asked.output
    assert b"2031" in name.read_bytes()
    assert "is as it was before" in run("undo", "--yes").output
    assert name.read_bytes() == before
    assert "no change from the chat" in run("undo").output
    change_from_chat(name, before.replace(b"**2030**", b"**2032**"))
    name.write_bytes(before.replace(b"**2030**", b"**2040**"))
    refused = run("undo", "--yes")
    assert refused.exit_code == 1
    assert "was changed since" in refused.output
    assert b"2040" in name.read_bytes()


def change_from_chat(name: Path, new: bytes) -> None:
    """What staff decided on in the chat, written."""
    file = FileChange("entries/forum-next.md", name.read_bytes(), new)

    async def write(app: App) -> None:
        await app.db.write(lambda conn: accept_change(conn, make_change(app, "holder", "en", [file])))
        assert [one.state for one in await publish_accepted(app)] == [State.LIVE]

    with_app(write)
