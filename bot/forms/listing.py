"""Lists of choices: those of the choices sheet, and those of attached files."""

import csv
import re
from collections.abc import Mapping
from io import StringIO

from bot.forms.model import Choice, ChoiceList
from bot.forms.problems import FormProblem, FormUnusable
from bot.forms.texts import TextReader
from bot.forms.trees import Element, UnsafeXml, local_name, parse_safely
from bot.forms.xforms import XF, XForm

_COLUMN = re.compile(r"[^\W\d][\w.-]*")
_ROW = re.compile(r"-(\d+)$")


def read_list(name: str, xform: XForm, texts: TextReader) -> ChoiceList:
    """A list of the choices sheet."""
    rows = xform.lists[name].iterfind(f"{XF}root/{XF}item")
    return ChoiceList(name, tuple(_read_row(row, xform, texts) for row in rows))


def read_inline(ref: str, control: Element, xform: XForm, texts: TextReader) -> ChoiceList:
    """Choices that stand in the control itself."""
    choices = []
    for row in control.iterfind(f"{XF}item"):
        labels = xform.labels(row, "label")
        choices.append(_make_choice({"name": row.findtext(f"{XF}value") or ""}, labels, xform, texts))
    return ChoiceList(ref, tuple(choices))


def read_file(name: str, file_name: str, content: bytes, texts: TextReader, row: int) -> ChoiceList:
    """A list of an attached `.csv` or `.xml`, which `row` of the survey names. Raises `FormUnusable`."""
    most = texts.compiler.limits.external_rows
    try:
        rows = _read_xml(content) if file_name.endswith(".xml") else _read_csv(content)
    except (UnsafeXml, UnicodeDecodeError, csv.Error) as error:
        raise FormUnusable(FormProblem("form-file", "survey", row, "type", file_name, _first_line(error))) from error
    if len(rows) > most:
        raise FormUnusable(FormProblem("form-choices", "survey", row, "type", file_name, f"{most}"))
    return ChoiceList(name, tuple(_split_labels(one, texts.locales) for one in rows))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _read_row(row: Element, xform: XForm, texts: TextReader) -> Choice:
    columns = {local_name(cell): cell.text or "" for cell in row.iterchildren("*")}
    text_id, label = columns.pop("itextId", ""), columns.pop("label", "")
    labels = xform.texts_of(text_id) if text_id else {"": {"": ((label, False),)}} if label else {}
    return _make_choice(columns, labels, xform, texts)


def _make_choice(columns: Mapping[str, str], labels: object, xform: XForm, texts: TextReader) -> Choice:
    return Choice(columns, texts.read_choice(labels, f"/{local_name(xform.root)}"), texts.read_media(labels))  # type: ignore[arg-type]


def _read_csv(content: bytes) -> list[Mapping[str, str]]:
    lines = StringIO(content.decode("utf-8-sig"), newline="")
    sample = lines.readline()
    lines.seek(0)
    delimiter = max(",;\t", key=sample.count)
    return [
        {key: value for key, value in row.items() if key and value}
        for row in csv.DictReader(lines, delimiter=delimiter)
    ]


def _read_xml(content: bytes) -> list[Mapping[str, str]]:
    root = parse_safely(content)
    return [{local_name(cell): cell.text or "" for cell in row.iterchildren("*")} for row in root.iter("item")]


def _split_labels(row: Mapping[str, str], locales: Mapping[str, str]) -> Choice:
    """`label::Arabic (ar)` is the label in Arabic; names that XML cannot have are left out."""
    labels = {locales.get(key.partition("::")[2].strip(), ""): (value,) for key, value in row.items() if "::" in key}
    columns = {key.strip(): value.strip() for key, value in row.items() if _COLUMN.fullmatch(key.strip())}
    return Choice(columns, {locale: text for locale, text in labels.items() if locale})
