"""The translators' spreadsheet: out and back without a change, and everything that can be wrong with it."""

import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from bot.content.compile import compile_content, read_entries
from bot.content.importing import Plan, plan_import, write_import
from bot.content.sheets import write_sheets
from bot.languages import Languages, hold_spaces
from tests.conftest import ROOT, SAMPLE_CONTENT

TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE_CONTENT, tmp_path / "content"))


@pytest.fixture
def export(folder: Path, tmp_path: Path, languages: Languages) -> Path:
    file = tmp_path / "texts.xlsx"
    write_sheets(file, read_entries(folder, []), languages.locales, languages)
    return file


def plan(folder: Path, content: bytes, languages: Languages) -> Plan:
    return plan_import(folder, content, "texts.xlsx", languages, TODAY)


def change(file: Path, work: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(file)
    work(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def set_cell(coordinate: str, value: str, sheet: str = "entries") -> Callable[[Workbook], None]:
    def work(book: Workbook) -> None:
        book[sheet][coordinate] = value

    return work


@pytest.mark.parametrize("source", [SAMPLE_CONTENT, ROOT / "content"])
def test_out_and_back_changes_nothing(source: Path, tmp_path: Path, languages: Languages) -> None:
    file = tmp_path / "texts.xlsx"
    write_sheets(file, read_entries(source, []), languages.locales, languages)
    found = plan(source, file.read_bytes(), languages)
    assert (found.problems, found.changes) == ((), ())


def test_a_changed_title_phrasing_or_answer_comes_back_and_nothing_else_moves(
    folder: Path, export: Path, languages: Languages
) -> None:
    def work(book: Workbook) -> None:
        sheet = book["entries"]
        columns = {str(cell.value): number for number, cell in enumerate(sheet[1])}
        for row in sheet.iter_rows(min_row=2):
            match row[0].value, row[1].value:
                case "forum-next", "title":
                    row[columns["fr"]].value = "Quand aura lieu le prochain Forum ?"
                case "forum-next", "phrasings":
                    row[columns["ar"]].value = f"{row[columns['ar']].value}\nفوقاش غادي يكون الملتقى المقبل"
                case "forum-next", "answer":
                    row[columns["en"]].value = "It is planned for 2030.\n\n- one\n- two"

    found = plan(folder, change(export, work), languages)
    assert found.problems == ()
    assert [(one.locale, one.part) for one in found.changes] == [("fr", "title"), ("ar", "phrasings"), ("en", "answer")]
    before = compile_content(folder, languages, TODAY)
    write_import(folder, found)
    after = compile_content(folder, languages, TODAY)
    assert after.errors == ()
    assert [one.id for one in after.entries] == [one.id for one in before.entries]
    changed = next(entry for entry in after.entries if entry.id == "forum-next")
    assert changed.title("fr") == hold_spaces("fr", "Quand aura lieu le prochain Forum ?")
    assert "one" in changed.text("en").html
    assert {one.text for one in after.phrasings} - {one.text for one in before.phrasings} == {
        "فوقاش غادي يكون الملتقى المقبل"
    }


def test_the_sheets_of_one_language_run_its_way(folder: Path, tmp_path: Path, languages: Languages) -> None:
    for locale, rtl in (("ar", True), ("fr", False)):
        file = tmp_path / f"{locale}.xlsx"
        write_sheets(file, read_entries(folder, []), ("en", locale), languages)
        sheet = load_workbook(file)["entries"]
        assert sheet.sheet_view.rightToLeft is rtl
        assert [cell.value for cell in sheet[1]] == ["id", "part", "en", locale]
        assert plan(folder, file.read_bytes(), languages) == Plan((), (), {})


def test_a_text_that_looks_like_a_formula_stays_a_text(folder: Path, tmp_path: Path, languages: Languages) -> None:
    name = folder / "entries/forum-next.md"
    name.write_text(name.read_text("utf-8").replace("- next review forum when", "- =1+1"), "utf-8")
    file = tmp_path / "texts.xlsx"
    write_sheets(file, read_entries(folder, []), languages.locales, languages)
    assert not any(cell.data_type == "f" for sheet in load_workbook(file) for row in sheet for cell in row)
    assert plan(folder, file.read_bytes(), languages).changes == ()


def _bomb(_file: Path) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000_000)
    return stream.getvalue()


def _shift(book: Workbook) -> None:
    book["entries"].insert_cols(3)


def _shift_row(book: Workbook) -> None:
    book["entries"]["F2"] = book["entries"]["E2"].value


def _lose(book: Workbook) -> None:
    book["entries"]["C2"] = None


PROBLEMS: dict[str, Callable[[Path], bytes]] = {
    "sheet-unreadable": lambda _: b"no spreadsheet",
    "sheet-unreadable (bomb)": _bomb,
    "sheet-unknown": lambda file: change(file, lambda book: book.create_sheet("mine") and None),
    "sheet-merged": lambda file: change(file, lambda book: book["entries"].merge_cells("C2:D2")),
    "sheet-header": lambda file: change(file, _shift),
    "sheet-shifted": lambda file: change(file, _shift_row),
    "sheet-formula": lambda file: change(file, set_cell("C2", "=1+1")),
    "sheet-id": lambda file: change(file, set_cell("A2", "no-such-entry")),
    "sheet-part": lambda file: change(file, set_cell("B2", "heading")),
    "sheet-lost": lambda file: change(file, _lose),
    # What the folder would become is checked, too.
    "title-long": lambda file: change(file, set_cell("C2", "x" * 61)),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_what_is_wrong_is_told_and_nothing_is_written(
    code: str, folder: Path, export: Path, languages: Languages
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = plan(folder, PROBLEMS[code](export), languages)
    assert code.split(" ", maxsplit=1)[0] in {problem.code for problem in found.problems}
    assert found.changes == ()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
