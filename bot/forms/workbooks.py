"""An XLSForm file, checked for size and safety before anything reads it, and turned into an XForm by pyxform."""

import dataclasses
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from bot.forms.limits import Limits
from bot.forms.misreadings import explain_error
from bot.forms.problems import FormProblem, FormUnusable

if TYPE_CHECKING:
    from pyxform.xls2json_backends import DefinitionData

Row = Mapping[str, str]
SUFFIXES = (".xlsx", ".csv", ".md")
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Workbook:
    """The sheets of an XLSForm as pyxform reads them, rows as {column: value}."""

    definition: "DefinitionData"

    def rows(self, sheet: str) -> Sequence[Row]:
        """The rows of a sheet below its header: the first is row 2."""
        return self._sheets.get(sheet, ())

    def find_row(self, sheet: str, text: str) -> int:
        """The first row with a text in one of its cells, 0 where there is none."""
        found = (
            number for number, row in enumerate(self.rows(sheet), 2) if any(text in str(cell) for cell in row.values())
        )
        return next(found, 0)

    def find_cell(self, sheet: str, row: int, column: str) -> str:
        """What stands in a cell, in whichever language of the column it stands first; empty where there is none."""
        cells = self.rows(sheet)[row - 2] if 2 <= row < len(self.rows(sheet)) + 2 else {}
        return next((cell for name, cell in cells.items() if name.lower().partition(":")[0].strip() == column), "")

    @cached_property
    def _sheets(self) -> Mapping[str, Sequence[Row]]:
        sheets = {name: getattr(self.definition, name, None) or () for name in _SHEETS}
        # Cells beyond the last column have no name.
        return {
            name: [{column: str(cell) for column, cell in row.items() if column is not None} for row in rows]
            for name, rows in sheets.items()
        }

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each question and group, by its names from the top: `group/question`."""
        found: dict[str, int] = {}
        names: list[str] = []
        for number, row in enumerate(self.rows("survey"), 2):
            cells = {key.lower(): str(value) for key, value in row.items()}
            kind = cells.get("type", "").strip().lower().replace("_", " ")
            if kind.startswith("end "):
                del names[-1:]
            elif name := cells.get("name", ""):
                found["/".join((*names, name))] = number
                if kind.startswith("begin "):
                    names.append(name)
        return found


def read_workbook(content: bytes, suffix: str, limits: Limits) -> Workbook:
    """Read the sheets. Raises `FormUnusable` for what is too large, unsafe or no XLSForm."""
    if suffix not in SUFFIXES:
        raise FormUnusable(FormProblem("form-suffix", value=suffix))
    if len(content) > limits.file_bytes:
        raise FormUnusable(FormProblem("form-size", value=f"{len(content):,}", hint=f"{limits.file_bytes:,}"))
    if suffix == ".xlsx":
        check_archive(content, limits)
    from pyxform.xls2json_backends import get_xlsform

    try:
        workbook = Workbook(get_xlsform(content, file_type=suffix))
    except Exception as error:
        # pyxform swallows why a file cannot be read.
        why = _first_line(error)
        raise FormUnusable(FormProblem("form-unreadable", value=suffix if "definition" in why else why)) from error
    _check_cells(workbook, limits)
    return workbook


def convert_workbook(workbook: Workbook) -> str:
    """The XForm. Raises `FormUnusable` with what pyxform found wrong."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    sheets = {one.name: getattr(workbook.definition, one.name) for one in dataclasses.fields(workbook.definition)}
    for name in ("settings", "settings_header"):
        # pyxform knows no titles in several languages.
        rows = sheets[name] or ()
        sheets[name] = [{key: cell for key, cell in row.items() if key is None or "::" not in key} for row in rows]
    try:
        return str(convert(sheets).xform)
    except PyXFormError as error:
        raise FormUnusable(explain_error(str(error), error.context, workbook)) from error
    except Exception as error:
        raise FormUnusable(FormProblem("form-unreadable", value=_first_line(error))) from error


def check_archive(content: bytes, limits: Limits) -> None:
    """See that an .xlsx is safe to open. Raises `FormUnusable` where it is not.

    Unpack piece by piece, believing no size the file states; a spreadsheet never needs a document type.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.infolist()) > limits.zip_members:
                raise FormUnusable(FormProblem("form-archive", value=f"{len(archive.infolist())}"))
            for member in archive.infolist():
                with archive.open(member) as stream:
                    before = b""
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > limits.unpacked_bytes:
                            raise FormUnusable(FormProblem("form-archive", value=member.filename))
                        if member.filename.endswith((".xml", ".rels")) and _declares(before + chunk):
                            raise FormUnusable(FormProblem("form-entities", value=member.filename))
                        before = chunk[-16:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FormUnusable(FormProblem("form-unreadable", value=_first_line(error))) from error


def _declares(piece: bytes) -> bool:
    """Whether a piece of XML declares a document type, in UTF-8 or UTF-16."""
    plain = piece.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _check_cells(workbook: Workbook, limits: Limits) -> None:
    for sheet in _SHEETS:
        rows = workbook.rows(sheet)
        if len(rows) > limits.rows:
            raise FormUnusable(
                FormProblem("form-rows", sheet, limits.rows, value=f"{len(rows)}", hint=f"{limits.rows}")
            )
        for number, row in enumerate(rows, 2):
            for column, value in row.items():
                if len(str(value)) > limits.cell_length:
                    shown = f"{str(value)[:30]}…"
                    raise FormUnusable(FormProblem("form-cell", sheet, number, column, shown, f"{limits.cell_length}"))


def _first_line(error: Exception) -> str:
    text = (str(error) or type(error).__name__).strip()
    return text.splitlines()[0][:300] if text else type(error).__name__
