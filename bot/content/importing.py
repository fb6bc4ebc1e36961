"""A translators' spreadsheet taken back: read with care, compared, and written whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content.compile import compile_content, read_entries
from bot.content.entries import SourceEntry
from bot.content.kinds import ENTRY_KINDS
from bot.content.problems import Problem
from bot.content.rewriting import rewrite
from bot.content.sheets import ID_COLUMN, PART_COLUMN, PARTS, read_part
from bot.forms import Limits, check_archive
from bot.languages import Languages

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One text that the spreadsheet has otherwise than the folder."""

    file: str
    locale: str
    part: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would change, or the Problems that forbid it. `files` are the new texts by name."""

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    files: Mapping[str, str] | None = None


def plan_import(folder: Path, content: bytes, name: str, languages: Languages, today: date) -> Plan:
    """Compare a spreadsheet with the folder, and check what the folder would become. Writes nothing there."""
    problems: list[Problem] = []
    entries = {entry.id: entry for entry in read_entries(folder, [])}
    changes = _read_book(content, name, entries, languages, problems)
    if problems:
        return Plan(tuple(sorted(set(problems))))
    files = {
        file: rewrite((folder / file).read_text("utf-8"), [one for one in changes if one.file == file])
        for file in dict.fromkeys(change.file for change in changes)
    }
    errors = _check_result(folder, files, languages, today)
    return Plan(errors) if errors else Plan((), tuple(changes), files)


def write_import(folder: Path, plan: Plan) -> None:
    """Write what was planned."""
    for file, text in (plan.files or {}).items():
        (folder / file).write_text(text, "utf-8")


def _check_result(folder: Path, files: Mapping[str, str], languages: Languages, today: date) -> tuple[Problem, ...]:
    """The errors the folder would have."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "content"
        shutil.copytree(folder, copy)
        for file, text in files.items():
            (copy / file).write_text(text, "utf-8")
        return compile_content(copy, languages, today).errors


def _read_book(
    content: bytes, name: str, entries: Mapping[str, SourceEntry], languages: Languages, problems: list[Problem]
) -> list[Change]:
    from openpyxl import load_workbook

    if len(content) > MOST_BYTES:
        problems.append(Problem(name, 1, "sheet-unreadable", name))
        return []
    try:
        check_archive(content, Limits())
        book = load_workbook(BytesIO(content))
    except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken file makes of it
        problems.append(Problem(name, 1, "sheet-unreadable", name))
        return []
    folders = {kind.folder for kind in ENTRY_KINDS.values()}
    changes: list[Change] = []
    for sheet in book.worksheets:
        if sheet.title not in folders:
            problems.append(Problem(name, 1, "sheet-unknown", sheet.title))
            continue
        changes += _read_sheet(sheet, f"{name}/{sheet.title}", entries, languages, problems)
    return changes


def _read_sheet(
    sheet: "Worksheet", name: str, entries: Mapping[str, SourceEntry], languages: Languages, problems: list[Problem]
) -> list[Change]:
    merged = [Problem(name, one.min_row, "sheet-merged", str(one.coord)) for one in sheet.merged_cells.ranges]
    if merged:
        problems += merged
        return []
    header = [str(cell.value or "") for cell in sheet[1]]
    while header and not header[-1]:
        header.pop()
    locales = header[2:]
    if header[:2] != [ID_COLUMN, PART_COLUMN] or not locales or any(one not in languages for one in locales):
        problems.append(Problem(name, 1, "sheet-header", ", ".join(header)))
        return []
    changes: list[Change] = []
    for row in sheet.iter_rows(min_row=2):
        if all(cell.value is None for cell in row):
            continue
        changes += _read_row(row, name, locales, entries, problems)
    return changes


def _read_row(
    row: Sequence[object],
    name: str,
    locales: Sequence[str],
    entries: Mapping[str, SourceEntry],
    problems: list[Problem],
) -> Iterable[Change]:
    from openpyxl.cell import Cell

    cells = [cell for cell in row if isinstance(cell, Cell)]
    line = cells[0].row
    beyond = [cell for cell in cells[2 + len(locales) :] if cell.value is not None]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    problems += [Problem(name, line, "sheet-shifted", cell.coordinate) for cell in beyond]
    problems += [Problem(name, line, "sheet-formula", cell.coordinate) for cell in formulas]
    entry = entries.get(str(cells[0].value or ""))
    part = str(cells[1].value or "")
    if entry is None:
        problems.append(Problem(name, line, "sheet-id", f"{cells[0].value}"))
    if part not in PARTS:
        problems.append(Problem(name, line, "sheet-part", part))
    if entry is None or part not in PARTS or beyond or formulas:
        return []
    return _compare(entry, part, {one: cells[2 + number] for number, one in enumerate(locales)}, name, problems)


def _compare(
    entry: SourceEntry, part: str, cells: Mapping[str, object], name: str, problems: list[Problem]
) -> Iterable[Change]:
    from openpyxl.cell import Cell

    sections = {section.locale: section for section in entry.sections}
    changes = []
    for locale, cell in cells.items():
        assert isinstance(cell, Cell)  # noqa: S101
        old = read_part(sections.get(locale), part)
        new = "\n".join(line.rstrip() for line in str(cell.value or "").strip().splitlines())
        if new == old:
            continue
        if not new:
            problems.append(Problem(name, cell.row, "sheet-lost", f"{cell.coordinate}: {entry.id}, {locale}, {part}"))
        else:
            changes.append(Change(entry.name, locale, part, old, new))
    return changes
