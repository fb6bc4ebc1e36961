"""Changes of the folder: what they would come to, what differs, and what the locks remember after them."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.accepting import accept_texts
from bot.content.changes import FileChange, find_changed_since, plan_files, write_files
from bot.content.comparing import FIELDS, compare_files
from bot.content.compile import compile_content, read_entries
from bot.content.recognizing import SHEET, recognize, tidy_name
from bot.content.revisions import accept_revisions
from bot.content.rewriting import add_phrasing
from bot.content.translations import LOCK_NAME, accept_translations
from bot.languages import Languages
from tests.conftest import SAMPLE_CONTENT

TODAY = date(2026, 12, 1)
NAME = "entries/forum-next.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))


def edit(folder: Path, old: str, new: str, name: str = NAME) -> FileChange:
    text = (folder / name).read_text("utf-8")
    assert old in text
    return FileChange(name, text.encode(), text.replace(old, new).encode())


def test_what_differs_is_told_text_by_text(folder: Path) -> None:
    change = edit(folder, "- when is the next forum\n", "- next forum please\n")
    change = FileChange(NAME, change.old, (change.new or b"").replace(b"reviewed: 2026-11-20", b"reviewed: 2026-11-21"))
    fields, phrasings = compare_files([change])
    assert (fields.part, fields.removed, fields.added) == (FIELDS, ("reviewed: 2026-11-20",), ("reviewed: 2026-11-21",))
    assert (phrasings.locale, phrasings.part) == ("en", "phrasings")
    assert (phrasings.removed, phrasings.added) == (("when is the next forum",), ("next forum please",))
    [first, *_] = compare_files([change.reversed])
    assert first.added == ("reviewed: 2026-11-20",)
    # A line that stands there twice and then once is one that goes.
    twice, once = FileChange("a.yaml", b"a: 1\na: 1\n", b"a: 1\n"), compare_files
    assert once([twice])[0].removed == ("a: 1",)


def test_a_plan_writes_nothing_and_a_change_is_written_whole(folder: Path, languages: Languages) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    change = edit(folder, "**2030**", "**2031**")
    plan = plan_files(folder, {NAME: change.new}, languages, TODAY)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert plan.files == (change,)
    assert plan.print != plan_files(folder, {NAME: change.old}, languages, TODAY).print
    write_files(folder, plan.files)
    write_files(folder, plan.files)
    assert (folder / NAME).read_bytes() == change.new
    assert find_changed_since(folder, plan.files) == []
    (folder / NAME).write_text("by hand", "utf-8")
    assert find_changed_since(folder, plan.files) == [NAME]
    write_files(folder, [FileChange(NAME, b"", None)])
    assert not (folder / NAME).exists()
    with pytest.raises(PermissionError):
        write_files(folder, [FileChange("../outside.md", None, b"x")])
    assert not list(folder.parent.glob("outside*"))


def test_who_confirms_a_translation_says_that_it_agrees_with_its_english(folder: Path, languages: Languages) -> None:
    accept_translations(folder, read_entries(folder, []))
    lock = (folder / LOCK_NAME).read_text("utf-8")
    english = edit(folder, "The next forum is planned", "The coming forum is planned")
    write_files(folder, [english])
    assert accept_texts(folder, [english]) == [LOCK_NAME]
    assert (folder / LOCK_NAME).read_text("utf-8") == lock
    assert behind(folder, languages) == ["fr", "ar"]
    french = edit(folder, "Le prochain forum est prévu", "Le forum à venir est prévu")
    write_files(folder, [french])
    accept_texts(folder, [french])
    assert behind(folder, languages) == ["ar"]


def behind(folder: Path, languages: Languages) -> list[str]:
    return [one.value for one in compile_content(folder, languages, TODAY).problems if one.code == "translation-behind"]


def test_an_event_that_changed_must_say_so_the_next_time_too(folder: Path, languages: Languages) -> None:
    accept_revisions(folder, read_entries(folder, []))
    name = "events/regional-day.md"
    moved = edit(folder, "revision: 1", "revision: 2", name)
    moved = FileChange(name, moved.old, (moved.new or b"").replace(b"2027-03-28T1", b"2027-03-29T1"))
    write_files(folder, [moved])
    accept_texts(folder, [moved])
    again = edit(folder, "2027-03-29T1", "2027-03-30T1", name)
    plan = plan_files(folder, {name: again.new}, languages, TODAY)
    assert [one.code for one in plan.problems] == ["event-revision"]


def test_a_phrasing_is_added_where_the_others_stand(folder: Path) -> None:
    text = (folder / NAME).read_text("utf-8")
    added = add_phrasing(text, "fr", "  forum \n bientôt ? ")
    assert "- en quelle année aura lieu le forum suivant\n- forum bientôt ?\n\nLe prochain" in added
    assert added.replace("- forum bientôt ?\n", "") == text
    assert add_phrasing(added, "fr", "forum bientôt ?") == added
    assert add_phrasing(text, "pt", "quando") == text


@pytest.mark.parametrize(
    ("name", "content", "targets"),
    [
        ("forum-next.md", "anything", (NAME,)),
        ("visit.md", "anything", ("forms/visit.md",)),
        ("new.md", "| survey |\n| | type | name |", ("forms/new.md",)),
        ("new.csv", '"survey",,\n,"type","name"', ("forms/new.csv",)),
        ("new.md", "---\ntopic: forum\nreviewed: 2026-11-20\n---\n", ("entries/new.md", "terms/new.md")),
        (
            "new.md",
            "---\ntopic: forum\nreviewed: 2026-11-20\nnumber: 3\nround_table: 1\n---\n",
            ("objectives/new.md",),
        ),
        ("ways.yaml", "a: 1", ("path/ways.yaml",)),
    ],
)
def test_a_file_is_recognized_by_its_name_and_then_by_what_it_holds(
    folder: Path, name: str, content: str, targets: tuple[str, ...]
) -> None:
    assert recognize(folder, name, content.encode()).targets == targets


def test_a_block_that_fits_no_kind_may_be_any(folder: Path) -> None:
    found = recognize(folder, "new.md", b"---\ntopic: forum\nnonsense: 1\n---\n").targets
    assert len(found) == 7
    assert SHEET not in found


BOMB = (
    "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'] * 9)}]" for n in range(9)) + "\ntopic: *a8"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"---\ntopic: {'[' * 100_000}\n---\n", "nested more than"),
        (f"---\ntopic: {'{a: ' * 100_000}\n---\n", "nested more than"),
        (f"---\n{'- ' * 100_000}x\n---\n", "nested more than"),
        (f"---\n{BOMB}\n---\n", "repeats itself"),
        (f"---\na: &a [x]\ntopic: [{', '.join(['*a'] * 60)}]\n---\n", "repeats itself"),
    ],
)
def test_a_block_that_would_bring_the_reader_down_is_a_problem(
    folder: Path, languages: Languages, text: str, words: str
) -> None:
    [problem] = plan_files(folder, {"entries/new.md": text.encode()}, languages, TODAY).problems
    assert problem.code == "yaml"
    assert words in problem.sentence


def test_an_answer_that_can_never_fit_is_not_even_read(folder: Path, languages: Languages) -> None:
    change = edit(folder, "The next forum is planned", "&" * 900_000 + "The next forum is planned")
    [problem] = plan_files(folder, {NAME: change.new}, languages, TODAY).problems
    assert problem.code == "answer-long"


@pytest.mark.parametrize(
    ("sent", "name"),
    [("forum (2).MD", "forum.md"), ("forum(13).md", "forum.md"), ("forum.XLSX", "forum.xlsx"), ("../x", "../x")],
)
def test_a_name_loses_what_programs_added(sent: str, name: str) -> None:
    assert tidy_name(sent) == name
