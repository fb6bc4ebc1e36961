"""content.db: what is written is read back, and a bad or broken build never takes a good one's place."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

import bot.matching
from bot.content.compile import compile_content
from bot.content.library import Library
from bot.content.store import fingerprint, identify_code, open_current, write_content_db
from bot.errors import ContentUnusable
from bot.languages import Languages
from bot.services.reloading import load_library
from tests.conftest import SAMPLE_CONTENT

TODAY = date(2026, 11, 20)


def test_what_is_written_is_read_back(tmp_path: Path, languages: Languages) -> None:
    compilation = compile_content(SAMPLE_CONTENT, languages, TODAY)
    library = write_content_db(compilation, tmp_path / "content.db", "print")
    assert library.entries == compilation.entries
    assert library.topics == compilation.topics
    assert library.phrasings == compilation.phrasings
    assert library.fingerprint == "print"


def test_a_build_is_due_only_when_something_changed(tmp_path: Path, languages: Languages) -> None:
    folder, path = tmp_path / "content", tmp_path / "content.db"
    shutil.copytree(SAMPLE_CONTENT, folder)
    load_library(folder, path, languages, TODAY)
    assert open_current(path, fingerprint(folder, languages)) is not None
    (folder / "topics.yaml").write_text((folder / "topics.yaml").read_text() + "# a remark\n")
    assert open_current(path, fingerprint(folder, languages)) is None


def test_what_other_code_learned_is_learned_again(
    tmp_path: Path, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(SAMPLE_CONTENT, languages)
    changed = shutil.copytree(bot.matching.__path__[0], tmp_path / "matching")
    (changed / "thresholds.py").write_text("# of another version\n")
    monkeypatch.setattr(bot.matching, "__path__", [str(changed)])
    # What runs is what was there at the start, whatever an update has put on the disk since.
    assert fingerprint(SAMPLE_CONTENT, languages) == before
    monkeypatch.setattr("bot.content.store.identify_code", identify_code.__wrapped__)
    assert fingerprint(SAMPLE_CONTENT, languages) != before


def test_with_errors_the_older_content_serves(tmp_path: Path, languages: Languages) -> None:
    folder, path = tmp_path / "content", tmp_path / "content.db"
    shutil.copytree(SAMPLE_CONTENT, folder)
    first = load_library(folder, path, languages, TODAY)
    (folder / "entries" / "danger.md").write_text("broken")
    assert load_library(folder, path, languages, TODAY).fingerprint == first.fingerprint


def test_with_errors_and_nothing_older_it_says_what_to_do(tmp_path: Path, languages: Languages) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(ContentUnusable, match="hiwar content check"):
        load_library(tmp_path / "content", tmp_path / "content.db", languages, TODAY)


def test_a_write_that_breaks_off_leaves_the_older_one(
    tmp_path: Path, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "content.db"
    compilation = compile_content(SAMPLE_CONTENT, languages, TODAY)
    write_content_db(compilation, path, "first")

    def break_off(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.content.store.os.fsync", break_off)
    with pytest.raises(Exception, match="No space left"):
        write_content_db(compilation, path, "second")
    assert Library.open(path).fingerprint == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "content.db"
    path.write_text("not a database")
    with pytest.raises(ContentUnusable, match="hiwar content build"):
        Library.open(path)


def test_the_content_of_an_older_version_is_built_again(tmp_path: Path, languages: Languages) -> None:
    path = tmp_path / "content.db"
    library = load_library(SAMPLE_CONTENT, path, languages, TODAY)
    Database(path).table("entry").transform(drop={"kind"})
    assert load_library(SAMPLE_CONTENT, path, languages, TODAY).entries == library.entries
