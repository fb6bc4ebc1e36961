"""What pyxform finds wrong with an XLSForm, with the place, what stands there, and what to do about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.forms.problems import FormProblem

if TYPE_CHECKING:
    from bot.forms.workbooks import Workbook

_ROW = re.compile(r"\[row : (\d+)\]\s*|row (?:number )?(\d+)", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet|on the (\w+) sheet", re.IGNORECASE)
_COLUMN = re.compile(r"the '([\w:. ()]+)' value")
_QUOTED = re.compile(r"[“\"'`]([^“”\"'`]+)[”\"'`]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence of pyxform's that leaves the place or the remedy to be guessed; its group is what stands there.

    `beside`: the group is not what stands in the column but the name of the row.
    """

    pattern: re.Pattern[str]
    column: str
    remedy: str
    sheet: str = "survey"
    beside: bool = False


SLIPS = (
    Slip(
        re.compile(r"Unknown question type '(.*?)'"),
        "type",
        "Use a type of XLSForm, such as text, integer or select_one with the name of a list.",
    ),
    Slip(re.compile(r"with no name"), "name", "Give it a name of letters, digits and _."),
    Slip(re.compile(r"Unmatched '(begin.*?)'"), "type", "Close it below with end_group or end_repeat."),
    Slip(re.compile(r"Unmatched '(end.*?)'"), "type", "Take it out, or let what it closes begin above."),
    Slip(re.compile(r"not in choices sheet: (\S+)"), "type", "Add the list to the choices sheet, or correct its name."),
    Slip(re.compile(r"should be a (choices) sheet"), "type", "Add that sheet, with the list the question names."),
    Slip(re.compile(r"'itemset' and 'list_name'()"), "type", "Name a list of the choices sheet behind it."),
    Slip(re.compile(r"names with spaces .*? See \[(.*?)\]"), "name", "Write _ for each space.", "choices"),
    Slip(re.compile(r"element named '(.*?)' has no label"), "label", "Give it a label, or a hint.", beside=True),
    Slip(re.compile(r"Missing calculation"), "calculation", "Write there what it comes to."),
    Slip(
        re.compile(r"Choice filter not supported"), "choice_filter", "Take or_other out, and add a choice of that name."
    ),
    Slip(re.compile(r"File name for '(.*?)'"), "type", "Attach the list as a .csv."),
)


def explain_error(text: str, known: Mapping[str, Any], workbook: "Workbook") -> FormProblem:
    """The place pyxform names, from what it knows or from its sentence; else where what it speaks of stands."""
    sentence = text.strip().partition("\n")[0][:300]
    slip = next((one for one in SLIPS if one.pattern.search(sentence)), None)
    sheet, row, column = _find_place(known, sentence, slip)
    quoted = _find_value(known, sentence, slip)
    if not row and slip:
        row = _find_row(workbook, sheet, "name" if slip.beside else column, quoted)
    value = workbook.find_cell(sheet, row, column) or quoted
    said = (_ROW.sub("", sentence, count=1) if sentence.startswith("[") else sentence).rstrip(".") + "."
    shown = "" if value == column else value
    return FormProblem("form-pyxform", sheet, row, column, shown, f"{said} {slip.remedy}" if slip else said)


def _find_place(known: Mapping[str, Any], sentence: str, slip: Slip | None) -> tuple[str, int, str]:
    row, sheet, column = _ROW.search(sentence), _SHEET.search(sentence), _COLUMN.search(sentence)
    place = str(known.get("sheet") or (sheet and (sheet[1] or sheet[2])) or (slip.sheet if slip else "survey"))
    number = int(known.get("row") or (row and (row[1] or row[2])) or 0)
    # Of the settings pyxform counts the one row there is, without the header.
    number += place == "settings" and number == 1
    return place, number, str(known.get("column") or (column and column[1]) or (slip.column if slip else ""))


def _find_value(known: Mapping[str, Any], sentence: str, slip: Slip | None) -> str:
    found = slip.pattern.search(sentence) if slip else None
    if found is not None:
        return str(found[1]) if found.re.groups else ""
    quoted = [one for one in _QUOTED.findall(sentence) if one not in {"survey", "choices", "settings"}]
    return str(known.get("value") or known.get("q") or known.get("name") or (quoted[0] if quoted else ""))


def _find_row(workbook: "Workbook", sheet: str, column: str, value: str) -> int:
    """The first row whose cell is the value; where a list is missing, the first that would choose from one."""
    rows = range(2, len(workbook.rows(sheet)) + 2)
    cells = {row: workbook.find_cell(sheet, row, column) for row in rows}
    exact = next((row for row, cell in cells.items() if value and cell == value), 0)
    return exact or next((row for row, cell in cells.items() if cell.startswith(("select", "rank"))), 0)
