"""What staff are told to look at."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.content.beginning import begin_entry
from bot.content.compile import compile_content
from bot.content.kinds import ENTRY_KINDS
from bot.content.reporting import CONCERNS, report_content
from bot.errors import ContentUnusable
from bot.languages import Languages
from tests.conftest import SAMPLE_CONTENT

TODAY = date(2026, 12, 1)
ENTRY = "entries/forum-next.md"
SHARED = "Asked with the same words that matter under several entries"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))


def report(folder: Path, languages: Languages, today: date = TODAY) -> dict[str, tuple[str, ...]]:
    return dict(report_content(compile_content(folder, languages, today), languages, today).concerns)


CHANGES = {
    "Missing in a language": ("# fr: ", "# frx: "),
    "Marked to be checked": ("reviewed:", "to_check: [the month]\nreviewed:"),
    "Not reviewed for half a year": ("reviewed: 2026-11-20", "reviewed: 2026-05-01"),
    "No longer valid, or soon": ("reviewed:", f"valid_until: {TODAY + timedelta(days=30)}\nreviewed:"),
}


@pytest.mark.parametrize("concern", CHANGES)
def test_a_concern_names_the_piece(concern: str, folder: Path, languages: Languages) -> None:
    before = report(folder, languages).get(concern, ())
    file, (old, new) = folder / ENTRY, CHANGES[concern]
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    added = set(report(folder, languages)[concern]) - set(before)
    assert [line.startswith("forum-next: ") for line in added] == [True]


def test_the_unconfirmed_and_the_unlinked_are_reported(languages: Languages) -> None:
    found = report(SAMPLE_CONTENT, languages)
    assert set(found) <= {*CONCERNS, "Older than its English", "Sources without an address", SHARED}
    assert found["Not confirmed"] == ("network-jo: whether the network exists",)


def test_ways_of_asking_under_two_entries_are_named_together(folder: Path, languages: Languages) -> None:
    asked = {"forum-next": "watch the zebra crossing", "forum-online": "is the zebra crossing watched"}
    for name, phrasing in asked.items():
        path = folder / "entries" / f"{name}.md"
        path.write_text(path.read_text("utf-8").replace("\n- ", f"\n- {phrasing}\n- ", 1), "utf-8")
    lines = report(folder, languages)[SHARED]
    assert "en: forum-next “watch the zebra crossing” = forum-online “is the zebra crossing watched”" in lines


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_a_file_that_was_begun_lacks_only_what_is_to_be_filled_in(
    kind: str, folder: Path, languages: Languages
) -> None:
    path = begin_entry(folder, languages, kind, "new-one", "forum", TODAY)
    name = path.relative_to(folder).as_posix()
    codes = {one.code for one in compile_content(folder, languages, TODAY).problems if one.file == name}
    unfilled = {"title-missing", "answer-empty", "source-none", "phrasing-twice", "name-missing", "link-bad"}
    assert codes & {"title-missing", "field-value"}
    assert codes <= unfilled | {"network-twice", "field-value"}


@pytest.mark.parametrize(("kind", "entry_id"), [("entri", "new-one"), ("entry", "New one"), ("entry", "forum-next")])
def test_what_cannot_be_begun_is_refused_with_a_remedy(
    kind: str, entry_id: str, folder: Path, languages: Languages
) -> None:
    with pytest.raises(ContentUnusable, match=r"use|choose"):
        begin_entry(folder, languages, kind, entry_id, "forum", TODAY)
