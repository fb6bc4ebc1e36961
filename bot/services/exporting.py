"""Submissions as tables, in the shape KoboToolbox gives them: groups in the column names, a choice of several as one
column and one of 0 and 1 for each choice, repeats as sheets of their own that point to their parents."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from bot.forms import Form
from bot.forms.model import Group, Question
from bot.services.app import App
from bot.services.filling import SUBMISSION_PURPOSE
from bot.services.form_texts import plain, title
from bot.storage import forms
from bot.storage.forms import StoredSubmission

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

PAGE = 500
MANY = frozenset({"select_multiple", "rank"})
UNASKED = frozenset({"note"})
META = ("_id", "_submission_time", "_version", "_language")
# Excel, LibreOffice and Google Sheets run a cell that begins so (OWASP, "CSV Injection").
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A question, or one choice of a question with several; `header` as it is printed."""

    header: str
    question: Question
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions outside repeats (`repeat` empty), or those of one repeat."""

    name: str
    repeat: str
    columns: tuple[Column, ...]


class Writer(Protocol):
    """Takes rows, sheet by sheet."""

    def write(self, sheet: str, row: Iterable[str]) -> None: ...

    def close(self) -> None: ...


def plan_sheets(form: Form, locale: str = "") -> list[Sheet]:
    """The sheets of a form; with a locale labels stand in the place of names."""
    repeats = [part.ref for part in form.parts.values() if isinstance(part, Group) and part.repeats]
    names = ["", *repeats]
    return [
        Sheet(
            title(form, locale or "en") if not one else one.rpartition("/")[2],
            one,
            tuple(_columns(form, one, repeats, locale)),
        )
        for one in names
    ]


def read_rows(
    sheets: Iterable[Sheet], submission: StoredSubmission, answers: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """The rows of one submission, each with its sheet's name."""
    for sheet in sheets:
        if not sheet.repeat:
            meta = [submission.id, submission.submitted_on.isoformat(), submission.fingerprint, submission.locale]
            yield sheet.name, [*(_read(column, answers, column.question.ref) for column in sheet.columns), *meta]
            continue
        for number, place in enumerate(_find_instances(sheet.repeat, answers), 1):
            cells = [_read(column, answers, place + _below(column, sheet.repeat)) for column in sheet.columns]
            yield sheet.name, [*cells, str(number), submission.id]


def head_row(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns] + (["_index", "_submission__id"] if sheet.repeat else list(META))


async def export_form(app: App, form: Form, writer: Writer, locale: str = "") -> int:
    """Write all submissions of a form; how many there were. Never more than a page of them is in memory."""
    sheets = plan_sheets(form, locale)
    for sheet in sheets:
        writer.write(sheet.name, head_row(sheet))
    count, after = 0, ""
    while True:
        page = await app.db.read(partial(forms.find_page, form=form.id, after=after, most=PAGE))
        for submission in page:
            answers: dict[str, str] = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
            for name, row in read_rows(sheets, submission, answers):
                writer.write(name, row)
        count += len(page)
        if len(page) < PAGE:
            writer.close()
            return count
        after = page[-1].id


class CsvWriter:
    """One file for each sheet, UTF-8 with a mark at the beginning, without which Excel takes Arabic for Latin."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._streams: dict[str, IO[str]] = {}

    def write(self, sheet: str, row: Iterable[str]) -> None:
        if sheet not in self._streams:
            path = self._path.with_stem(f"{self._path.stem}-{sheet}") if self._streams else self._path
            self._streams[sheet] = path.open("w", encoding="utf-8-sig", newline="")
        csv.writer(self._streams[sheet]).writerow([_defuse(cell) for cell in row])

    def close(self) -> None:
        for stream in self._streams.values():
            stream.close()


class XlsxWriter:
    """A workbook, written row by row; every cell is text or a number, never a formula."""

    def __init__(self, path: Path, rtl: bool) -> None:
        from openpyxl import Workbook

        self._path = path
        self._rtl = rtl
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, WriteOnlyWorksheet] = {}

    def write(self, sheet: str, row: Iterable[str]) -> None:
        from openpyxl.cell import WriteOnlyCell

        if sheet not in self._sheets:
            made = self._book.create_sheet(_sheet_title(sheet))
            made.sheet_view.rightToLeft = self._rtl
            self._sheets[sheet] = made
        cells = []
        for text in row:
            cell = WriteOnlyCell(self._sheets[sheet])
            cell.value = float(text) if _NUMBER.fullmatch(text) and len(text) < 15 else text
            if isinstance(cell.value, str):
                cell.data_type = "s"
            cells.append(cell)
        self._sheets[sheet].append(cells)

    def close(self) -> None:
        self._book.save(self._path)


class JsonLinesWriter:
    """One JSON object a line: the sheet, and its row by column."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8")
        self._heads: dict[str, list[str]] = {}

    def write(self, sheet: str, row: Iterable[str]) -> None:
        if sheet not in self._heads:
            self._heads[sheet] = list(row)
            return
        cells = {name: value for name, value in zip(self._heads[sheet], row, strict=True) if value}
        self._stream.write(json.dumps({"sheet": sheet, **cells}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._stream.close()


def _columns(form: Form, repeat: str, repeats: Iterable[str], locale: str) -> Iterator[Column]:
    for question in form.questions:
        inside = max((one for one in repeats if question.ref.startswith(f"{one}/")), key=len, default="")
        if question.kind in UNASKED or inside != repeat:
            continue
        header = label_question(form, question, locale)
        yield Column(header, question)
        if question.kind in MANY and question.options is not None:
            for value, label in label_choices(form, question, locale):
                yield Column(f"{header}/{label}", question, value)


def label_question(form: Form, question: Question, locale: str) -> str:
    """The question in a language; its path where it has no words there, or no language is given."""
    path = question.ref.removeprefix(form.root.ref + "/")
    label = question.texts.get("label", {}).get(locale, ()) if locale else ()
    return plain("".join(part for part in label if isinstance(part, str))) or path


def label_choices(form: Form, question: Question, locale: str) -> Iterator[tuple[str, str]]:
    """The choices of a question: each value with its words in a language, or with itself."""
    name = question.options.list_name if question.options else ""
    for choice in next((one.choices for one in form.lists if one.name == name), ()):
        value = choice.columns.get("name", "")
        label = "".join(part for part in choice.labels.get(locale, ()) if isinstance(part, str)) if locale else ""
        yield value, plain(label) or value


def _read(column: Column, answers: Mapping[str, str], ref: str) -> str:
    value = answers.get(ref, "")
    if not column.choice:
        return value
    return "" if not value else str(int(column.choice in value.split()))


def _find_instances(repeat: str, answers: Mapping[str, str]) -> list[str]:
    """The places of a repeat's instances, in order: `/survey/child[1]`."""
    pattern = re.compile(
        "".join(rf"/{re.escape(name)}(?:\[\d+\])?" for name in repeat.strip("/").split("/")) + r"(?=/)"
    )
    return list(dict.fromkeys(found[0] for ref in answers if (found := pattern.match(ref)) and found[0].endswith("]")))


def _below(column: Column, repeat: str) -> str:
    return column.question.ref.removeprefix(repeat)


def _defuse(cell: str) -> str:
    """A number stays one; any other text that a spreadsheet would run is made text by a sign before it."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _sheet_title(name: str) -> str:
    """At most 31 characters, none of those Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "form"
