"""Exports in KoboToolbox's shape, in every format, with nothing a spreadsheet would run and nothing left out."""

import csv
import json
import tracemalloc
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.forms import Form, Source, read_form
from bot.services import exporting
from bot.services.app import App
from bot.services.export_rows import Rows
from bot.services.export_sheets import LINKS, META, plan_sheets
from bot.services.export_writers import CsvWriter, JsonLinesWriter, XlsxWriter
from bot.services.exporting import export_form
from bot.services.filling import SUBMISSION_PURPOSE
from bot.storage import forms
from bot.storage.forms import StoredSubmission
from tests.conftest import Running

TABLE = """
| survey | | | |
| | type | name | label::English (en) | label::Arabic (ar) |
| | begin_group | who | Who | من |
| | text | name | Name | الاسم |
| | text | phone | Phone | الهاتف |
| | end_group | | | |
| | select_one theme | first | First theme | الموضوع الأول |
| | select_multiple theme | themes | Themes | المواضيع |
| | begin_repeat | child | Child | طفل |
| | integer | age | Age | العمر |
| | begin_repeat | toy | Toy | لعبة |
| | text | toy_name | Name | الاسم |
| | end_repeat | | | |
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
    "/data/who/phone": "0096170123456",
    "/data/first": "work",
    "/data/themes": "data work",
    "/data/child[1]/age": "-4",
    "/data/child[1]/toy[1]/toy_name": "Ball",
    "/data/child[2]/age": "7",
    "/data/child[2]/toy[1]/toy_name": "Kite",
    "/data/child[2]/toy[2]/toy_name": "Doll",
}
DAY = date(2026, 11, 21)


def read_table(text: str) -> Form:
    form, problems = read_form(Source(text.encode(), ".md", "family", {}, ("en", "ar")))
    assert form is not None, problems
    return form


@pytest.fixture(scope="module")
def family() -> Form:
    return read_table(TABLE)


def make_rows(form: Form, answers: Mapping[str, str], locale: str = "", count: int = 1) -> list[dict[str, object]]:
    """Each row by its columns; `sheet` is the name of its sheet."""
    sheets = plan_sheets(form, locale)
    heads, rows = {sheet.name: sheet.head for sheet in sheets}, Rows(sheets)
    return [
        {"sheet": name, **dict(zip(heads[name], cells, strict=True))}
        for number in range(count)
        for name, cells in rows.read(StoredSubmission(f"AB{number}", "family", "print", None, "ar", b"", DAY), answers)
    ]


def test_groups_and_choices_have_kobos_columns(family: Form) -> None:
    main, children, toys = plan_sheets(family)
    assert main.head[:6] == ["who/name", "who/phone", "first", "themes", "themes/work", "themes/data"]
    assert tuple(main.head[-len(META) :]) == META
    assert children.head == ["child/age", *LINKS]
    assert toys.head == ["child/toy/toy_name", *LINKS]


def test_a_choice_of_several_is_one_column_and_one_of_0_and_1_for_each(family: Form) -> None:
    [both] = make_rows(family, {"/data/themes": "data work"})
    [one] = make_rows(family, {"/data/themes": "data"})
    [none] = make_rows(family, {"/data/who/name": "x"})
    names = ("themes", "themes/work", "themes/data")
    assert [[row[name] for name in names] for row in (both, one, none)] == [
        ["data work", 1, 1],
        ["data", 0, 1],
        ["", "", ""],
    ]


def test_repeats_point_to_the_row_they_stand_in(family: Form) -> None:
    rows = make_rows(family, ANSWERS, count=2)
    links = [(row["sheet"], *(row.get(name) for name in LINKS)) for row in rows]
    assert links == [
        ("Family", 1, None, None, None),
        ("child", 1, "Family", 1, "AB0"),
        ("child", 2, "Family", 1, "AB0"),
        ("toy", 1, "child", 1, "AB0"),
        ("toy", 2, "child", 2, "AB0"),
        ("toy", 3, "child", 2, "AB0"),
        ("Family", 2, None, None, None),
        ("child", 3, "Family", 2, "AB1"),
        ("child", 4, "Family", 2, "AB1"),
        ("toy", 4, "child", 3, "AB1"),
        ("toy", 5, "child", 4, "AB1"),
        ("toy", 6, "child", 4, "AB1"),
    ]


@pytest.mark.parametrize(
    ("locale", "head", "first", "themes"),
    [
        (
            "ar",
            ["الاسم", "الهاتف", "الموضوع الأول", "المواضيع", "المواضيع/العمل", "المواضيع/البيانات"],
            "العمل",
            "البيانات, العمل",
        ),
        ("en", ["Name", "Phone", "First theme", "Themes", "Themes/Work", "Themes/Data"], "Work", "Data, Work"),
    ],
)
def test_labels_stand_for_the_names_of_questions_and_choices(
    family: Form, locale: str, head: list[str], first: str, themes: str
) -> None:
    assert plan_sheets(family, locale)[0].head[:6] == head
    row = make_rows(family, ANSWERS, locale)[0]
    assert (row[head[2]], row[head[3]], row[head[4]]) == (first, themes, 1)


def test_questions_with_the_same_words_keep_columns_of_their_own() -> None:
    form = read_table(TABLE.replace("| Phone | الهاتف |", "| Name | الاسم |"))
    assert plan_sheets(form, "en")[0].head[:2] == ["Name (who/name)", "Name (who/phone)"]


def test_a_repeat_named_like_the_form_keeps_a_sheet_of_its_own() -> None:
    form = read_table(TABLE.replace("| family | Family |", "| family | child |"))
    assert [sheet.name for sheet in plan_sheets(form)] == ["child (0)", "child", "toy"]


def test_numbers_are_numbers_and_telephone_numbers_keep_their_zeros(family: Form) -> None:
    rows = make_rows(family, ANSWERS)
    assert (rows[0]["who/phone"], rows[1]["child/age"]) == ("0096170123456", -4)


async def keep(app: App, form: Form, *submissions: StoredSubmission) -> None:
    await app.db.write(lambda conn: forms.keep_version(conn, form.fingerprint, form.to_json()))
    for one in submissions:
        await app.db.write(partial(forms.keep_submission, submission=one))


def make_submission(app: App, form: Form, code: str, answers: Mapping[str, str] = ANSWERS) -> StoredSubmission:
    body = app.cipher.seal(json.dumps(dict(answers)), SUBMISSION_PURPOSE)
    return StoredSubmission(code, "family", form.fingerprint, None, "ar", body, DAY)


@pytest.fixture
async def sent(hiwar: Running, family: Form) -> App:
    """An app with three submissions of the form."""
    await keep(hiwar.app, family, *(make_submission(hiwar.app, family, f"AB{number}") for number in range(3)))
    return hiwar.app


async def test_csv_is_read_by_excel_and_runs_nothing(
    sent: App, family: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    told: list[int] = []
    assert await export_form(sent, family, CsvWriter(tmp_path / "out.csv"), "ar", told.append) == 3
    assert told == [2, 3]
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["الاسم"] + ["'=HYPERLINK(1)"] * 3
    children = (tmp_path / "out-child.csv").read_text("utf-8-sig").splitlines()
    assert children[1] == "-4,1,Family,1,AB0"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1"])
async def test_no_text_is_run(hiwar: Running, family: Form, tmp_path: Path, text: str) -> None:
    await keep(hiwar.app, family, make_submission(hiwar.app, family, "AB", {"/data/who/name": text}))
    await export_form(hiwar.app, family, CsvWriter(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][0] == f"'{text}"
    await export_form(hiwar.app, family, XlsxWriter(tmp_path / "out.xlsx"))
    cell = load_workbook(tmp_path / "out.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, str(cell.value).replace("\n", "\r")) == ("s", text)


async def test_a_workbook_holds_text_and_numbers_only_and_runs_from_the_right(
    sent: App, family: Form, tmp_path: Path
) -> None:
    await export_form(sent, family, XlsxWriter(tmp_path / "out.xlsx", rtl=True), "ar")
    book = load_workbook(tmp_path / "out.xlsx")
    assert [sheet.sheet_view.rightToLeft for sheet in book] == [True, True, True]
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert book.worksheets[0]["B2"].value == "0096170123456"
    assert book.worksheets[1]["A2"].value == -4


async def test_json_lines_say_which_sheet_they_are_of(sent: App, family: Form, tmp_path: Path) -> None:
    await export_form(sent, family, JsonLinesWriter(tmp_path / "out.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line["sheet"] for line in lines[:4]] == ["Family", "child", "child", "toy"]
    assert (lines[0]["themes"], lines[1]["child/age"], lines[3]["_parent_index"]) == ("data work", -4, 1)


async def test_what_an_older_version_asked_is_not_left_out(sent: App, family: Form, tmp_path: Path) -> None:
    newer = read_table(TABLE.replace("| | text | phone | Phone | الهاتف |", "| | text | mail | Mail | البريد |"))
    await keep(sent, newer, make_submission(sent, newer, "ZZ", {"/data/who/mail": "us@example.org"}))
    await export_form(sent, newer, JsonLinesWriter(tmp_path / "out.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    main = [line for line in lines if line["sheet"] == "Family"]
    assert [line.get("who/phone") for line in main] == ["0096170123456"] * 3 + [None]
    assert main[-1]["who/mail"] == "us@example.org"


async def test_a_change_is_noted(hiwar: Running, family: Form, tmp_path: Path) -> None:
    first = make_submission(hiwar.app, family, "AB")
    changed = StoredSubmission("CD", "family", family.fingerprint, None, "ar", first.body, DAY, date(2026, 12, 3))
    await keep(hiwar.app, family, first, changed)
    await export_form(hiwar.app, family, JsonLinesWriter(tmp_path / "out.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [line.get("_changed") for line in lines if line["sheet"] == "Family"] == [None, "2026-12-03"]


@pytest.mark.parametrize(
    ("writer", "name"), [(CsvWriter, "out.csv"), (XlsxWriter, "out.xlsx"), (JsonLinesWriter, "o.jsonl")]
)
async def test_memory_does_not_grow_with_what_was_sent(
    hiwar: Running, family: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: type[CsvWriter], name: str
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 50)
    long = {"/data/who/name": "word " * 800}

    async def measure(before: int, count: int) -> int:
        new = (make_submission(hiwar.app, family, f"AB{number:06}", long) for number in range(before, count))
        await keep(hiwar.app, family, *new)
        tracemalloc.start()
        assert await export_form(hiwar.app, family, writer(tmp_path / f"{count}-{name}")) == count
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    # What is loaded once does not count.
    await measure(0, 100)
    few = await measure(100, 101)
    # Held together, what came between would take more than twice this.
    assert await measure(101, 1_000) < few + 2_000_000
