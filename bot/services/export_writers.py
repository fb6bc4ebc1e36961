"""Rows as files that other programs read, written as they come."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from bot.services.export_sheets import Cell

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Excel, LibreOffice and Google Sheets run a cell that begins so (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What openpyxl takes for a formula, and for an error (`#N/A`).
_NOT_TEXT = ("=", "#")


class Writer(Protocol):
    """Takes rows, sheet by sheet; the first of each is its head."""

    def write(self, sheet: str, row: Iterable[Cell]) -> None: ...

    def close(self) -> None: ...


class CsvWriter:
    """One file for each sheet, UTF-8 with a mark at the beginning, without which Excel takes Arabic for Latin."""

    def __init__(self, path: Path, _rtl: bool = False) -> None:
        self._path = path
        self._streams: list[IO[str]] = []
        self._writers: dict[str, Any] = {}

    def write(self, sheet: str, row: Iterable[Cell]) -> None:
        if sheet not in self._writers:
            path = self._path.with_stem(f"{self._path.stem}-{sheet}") if self._writers else self._path
            self._streams.append(path.open("w", encoding="utf-8-sig", newline=""))
            self._writers[sheet] = csv.writer(self._streams[-1])
        self._writers[sheet].writerow([_defuse(cell) for cell in row])

    def close(self) -> None:
        for stream in self._streams:
            stream.close()


class XlsxWriter:
    """A workbook, written row by row; every cell is text or a number, never a formula."""

    def __init__(self, path: Path, rtl: bool = False) -> None:
        from openpyxl import Workbook

        self._path = path
        self._rtl = rtl
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, WriteOnlyWorksheet] = {}

    def write(self, sheet: str, row: Iterable[Cell]) -> None:
        if sheet not in self._sheets:
            made = self._book.create_sheet(_sheet_title(sheet))
            made.sheet_view.rightToLeft = self._rtl
            self._sheets[sheet] = made
        self._sheets[sheet].append([self._make_cell(sheet, cell) for cell in row])

    def close(self) -> None:
        self._book.save(self._path)

    def _make_cell(self, sheet: str, value: Cell) -> object:
        if value == "":
            return None
        if not isinstance(value, str) or not value.startswith(_NOT_TEXT):
            return value
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheets[sheet])
        cell.value = value
        cell.data_type = "s"
        return cell


class JsonLinesWriter:
    """One JSON object a line: the sheet, and its row by column."""

    def __init__(self, path: Path, _rtl: bool = False) -> None:
        self._stream = path.open("w", encoding="utf-8")
        self._heads: dict[str, list[Cell]] = {}

    def write(self, sheet: str, row: Iterable[Cell]) -> None:
        if sheet not in self._heads:
            self._heads[sheet] = list(row)
            return
        cells = {name: value for name, value in zip(self._heads[sheet], row, strict=True) if value != ""}
        self._stream.write(json.dumps({"sheet": sheet, **cells}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._stream.close()


# By the ending of the file; whether its sheets run from the right is told second.
WRITERS: Mapping[str, Callable[[Path, bool], Writer]] = {
    ".csv": CsvWriter,
    ".xlsx": XlsxWriter,
    ".jsonl": JsonLinesWriter,
}


def _defuse(cell: Cell) -> Cell:
    """Text that a spreadsheet would run is made harmless by a sign before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _sheet_title(name: str) -> str:
    """At most 31 characters, none of those Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or "form"
