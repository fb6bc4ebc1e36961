"""Exports in KoboToolbox's shape, in every format, with nothing a spreadsheet would run."""

import csv
import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms import Form, Source, read_form
from bot.services import exporting
from bot.services.app import App
from bot.services.exporting import (
    CsvWriter,
    JsonLinesWriter,
    Writer,
    XlsxWriter,
    export_form,
    head_row,
    plan_sheets,
    read_rows,
)
from bot.services.filling import SUBMISSION_PURPOSE
from bot.storage import forms
from bot.storage.forms import StoredSubmission
from tests.conftest import Running

TABLE = """
| survey | | | |
| | type | name | label::English (en) | label::Arabic (ar) |
| | begin_group | who | Who | من |
| | text | name | Name | الاسم |
| | end_group | | | |
| | select_multiple theme | themes | Themes | المواضيع |
| | begin_repeat | child | Child | طفل |
| | integer | age | Age | العمر |
| | end_repeat | | | |
| choices |
| | list_name | name | label::English (en) | label::Arabic (ar) |
| | theme | work | Work | العمل |
| | theme | data | Data | البيانات |
| settings |
| | form_id | form_title | default_language |
| | family | Family | English (en) |
"""
ANSWERS = {
    "/data/who/name": "=HYPERLINK(1)",
    "/data/themes": "data",
    "/data/child[1]/age": "-4",
    "/data/child[2]/age": "7",
}
SUBMISSION = StoredSubmission("AB12", "family", "print", None, "ar", b"", date(2026, 11, 21))


@pytest.fixture(scope="module")
def family() -> Form:
    form, problems = read_form(Source(TABLE.encode(), ".md", "family", {}, ("en", "ar")))
    assert form is not None, problems
    return form


def test_groups_choices_and_repeats_have_kobos_shape(family: Form) -> None:
    main, children = plan_sheets(family)
    assert head_row(main)[:4] == ["who/name", "themes", "themes/work", "themes/data"]
    assert head_row(children) == ["child/age", "_index", "_submission__id"]
    rows = list(read_rows([main, children], SUBMISSION, ANSWERS))
    assert rows[0][1][:4] == ["=HYPERLINK(1)", "data", "0", "1"]
    assert rows[0][1][-4:] == ["AB12", "2026-11-21", "print", "ar"]
    assert [row for name, row in rows[1:]] == [["-4", "1", "AB12"], ["7", "2", "AB12"]]


def test_labels_stand_for_names_in_a_language(family: Form) -> None:
    main, _ = plan_sheets(family, "ar")
    assert head_row(main)[:4] == ["الاسم", "المواضيع", "المواضيع/العمل", "المواضيع/البيانات"]


@pytest.fixture
async def sent(hiwar: Running, family: Form) -> App:
    """An app with three submissions of the form."""
    body = hiwar.app.cipher.seal(json.dumps(ANSWERS), SUBMISSION_PURPOSE)
    for number in range(3):
        kept = StoredSubmission(f"AB{number}", "family", "print", None, "ar", body, date(2026, 11, 21))
        await hiwar.app.db.write(partial(forms.keep_submission, submission=kept))
    return hiwar.app


async def test_csv_is_read_by_excel_and_runs_nothing(
    sent: App, family: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    assert await export_form(sent, family, CsvWriter(tmp_path / "out.csv"), "ar") == 3
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["الاسم"] + ["'=HYPERLINK(1)"] * 3
    children = (tmp_path / "out-child.csv").read_text("utf-8-sig").splitlines()
    assert children[1] == "-4,1,AB0"


async def test_a_workbook_holds_text_and_numbers_only_and_runs_from_the_right(
    sent: App, family: Form, tmp_path: Path
) -> None:
    await export_form(sent, family, XlsxWriter(tmp_path / "out.xlsx", rtl=True), "ar")
    book = load_workbook(tmp_path / "out.xlsx")
    assert [sheet.sheet_view.rightToLeft for sheet in book] == [True, True]
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert book.worksheets[1]["A2"].value == -4


async def test_json_lines_say_which_sheet_they_are_of(sent: App, family: Form, tmp_path: Path) -> None:
    writer: Writer = JsonLinesWriter(tmp_path / "out.jsonl")
    await export_form(sent, family, writer)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["sheet"] for line in lines[:3]] == ["Family", "child", "child"]
    assert lines[0]["themes"] == "data"
