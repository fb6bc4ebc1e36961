"""Forms with one thing wrong each, as tests write them into a folder of content."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

Break = Callable[[Path], None]
NAME = "forms/visit.md"
HEADER = """| survey | | | | | |
| | type | name | label::English (en) | label::French (fr) | label::Arabic (ar) | {columns} |
"""


def form(*rows: str, columns: str = "calculation", more: str = "") -> Break:
    """A form of these rows, the first on line 3; `more` are tables that follow."""
    return write((HEADER.format(columns=columns) + "\n".join(rows) + "\n" + more).encode())


def question(kind: str, name: str, *cells: str) -> str:
    return f"| | {kind} | {name} | E | F | ع | {' | '.join(cells)} |"


def write(content: bytes, name: str = NAME) -> Break:
    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return change


def attach(name: str, content: bytes) -> Break:
    """A file that goes with the form."""
    return write(content, f"{NAME.removesuffix('.md')}/{name}")


def both(*changes: Break) -> Break:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def calculate(expression: str) -> Break:
    return form(question("text", "a"), question("calculate", "b", expression))


def workbook(rows: list[list[str]]) -> bytes:
    """An .xlsx with these rows on its survey sheet."""
    stream = BytesIO()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    for row in rows:
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def repack(content: bytes, name: str, text: bytes) -> bytes:
    """The same .xlsx with one of its parts exchanged."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, text if part.filename == name else old.read(part))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook([["type", "name", "label::en"], ["text", "a", "A"]])
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
TEXT = question("text", "a")
DEEP = [question("begin group", f"g{number}") for number in range(10)]

FORM_CASES: dict[str, tuple[Break, str, int]] = {
    "form-twice": (both(form(TEXT), write(GOOD, "forms/visit.xlsx")), "forms/visit.xlsx", 1),
    "form-suffix": (write(b"x", "forms/visit.ods"), "forms/visit.ods", 1),
    "form-size": (write(b"|" * 5_000_001), NAME, 1),
    "form-unreadable": (write(b"nothing of the kind", "forms/visit.xlsx"), "forms/visit.xlsx", 1),
    "form-archive": (write(repack(GOOD, SHEET, b" " * 61_000_000), "forms/visit.xlsx"), "forms/visit.xlsx", 1),
    "form-entities": (write(repack(GOOD, SHEET, BOMB), "forms/visit.xlsx"), "forms/visit.xlsx", 1),
    "form-empty": (form("| | note | a | E | F | ع |"), NAME, 1),
    "form-header": (
        form(
            question("select_one c", "a"),
            more="| choices |\n| | list_name | name | label | wrong (name) |\n| | c | x | X | y |\n",
        ),
        NAME,
        6,
    ),
    "form-rows": (form(*[TEXT] * 20_001), NAME, 20_001),
    "form-cell": (form(TEXT, question("text", "b" * 20_001)), NAME, 4),
    "form-pyxform": (form(TEXT, question("text", "a")), NAME, 4),
    "form-xpath": (calculate("1 +"), NAME, 4),
    "form-long": (calculate("1" + "+ 1" * 3_000), NAME, 4),
    "form-function": (calculate("telepathy()"), NAME, 4),
    "form-arguments": (calculate("if(1)"), NAME, 4),
    "form-nested": (
        both(
            calculate("count(instance('t')/root/item[price = pulldata('t', 'price', 'name', name)])"),
            attach("t.csv", b"name,price\nx,1\n"),
        ),
        NAME,
        4,
    ),
    "form-path": (calculate("/data/nowhere"), NAME, 4),
    "form-list": (calculate("instance('nothing')/root/item"), NAME, 4),
    "form-column": (
        both(calculate("pulldata('t', 'cost', 'name', ${a})"), attach("t.csv", b"name,price\nx,1\n")),
        NAME,
        4,
    ),
    "form-pattern": (form(question("text", "a", "regex(., '[a-z')"), columns="constraint"), NAME, 3),
    "form-pattern-slow": (form(question("text", "a", "regex(., '(a+)+')"), columns="constraint"), NAME, 3),
    "form-type": (form(TEXT, question("geotrace", "b")), NAME, 4),
    "form-appearance": (form(question("text", "a", "ex:org.example.app"), columns="appearance"), NAME, 3),
    "form-metadata": (form(TEXT, "| | phonenumber | b |"), NAME, 4),
    "form-language": (write(b"| survey |\n| | type | name | label::Elvish |\n| | text | a | A |\n"), NAME, 2),
    "form-language-missing": (
        write(b"| survey |\n| | type | name | label::English (en) |\n| | text | a | A |\n"),
        NAME,
        1,
    ),
    "form-translation-missing": (form(TEXT, "| | text | b | Only English | | |"), NAME, 4),
    "form-file": (
        both(form(question("select_one_from_file t.csv", "a")), attach("t.csv", b"name,label\n\xff")),
        NAME,
        3,
    ),
    "form-file-missing": (form(question("select_one_from_file t.csv", "a")), NAME, 3),
    "form-choices": (
        form(
            question("select_one n", "a"),
            more="| choices |\n| | list_name | name | label |\n"
            + "".join(f"| | n | {n} | {n} |\n" for n in range(5_000)),
        ),
        NAME,
        6,
    ),
    "form-questions": (form(*(question("text", f"q{number}") for number in range(2_001))), NAME, 1),
    "form-depth": (form(*DEEP, TEXT, *["| | end group |"] * 10), NAME, 12),
    "form-circular": (
        form(question("text", "a", "${b} = 'x'"), question("text", "b", "${a} = 'x'"), columns="relevant"),
        NAME,
        3,
    ),
}
