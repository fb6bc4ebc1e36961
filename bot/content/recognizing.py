"""What a file that somebody sent is: which file of the folder it would be, or why it can be none."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath

from bot.content.changes import is_inside
from bot.content.compile import ID
from bot.content.files import is_hidden, split_front
from bot.content.forms import FOLDER as FORMS
from bot.content.kinds import ENTRY_KINDS
from bot.content.schema import read_fields
from bot.forms import Limits, check_archive

# The suffixes that are taken, and how many bytes a file may have: more is no text that somebody wrote.
MOST_BYTES = {".md": 1_000_000, ".yaml": 2_000_000, ".csv": 2_000_000, ".xlsx": 5_000_000}
# Ten times what all of the content comes to; openpyxl takes many times that in memory.
BOOK_LIMITS = Limits(unpacked_bytes=25_000_000)
# The translators' spreadsheet has texts of many files.
SHEET = "*"
# What programs put behind the name of a file they save once more.
_COPY = re.compile(r"(?: ?\(\d+\))?(\.\w+)$")
_PLAIN_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]+")
_SURVEY_TABLE = re.compile(r"^\s*\|\s*survey\s*\|", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognized:
    """The files of the folder it may be meant as; `refused` says why there is none (a key of the catalogue)."""

    targets: tuple[str, ...] = ()
    refused: str = ""


def recognize(folder: Path, name: str, content: bytes) -> Recognized:
    """What a file is, by its name where there is one of that name, else by what it holds."""
    refused = refuse_name(name) or refuse_size(name, len(content))
    if refused:
        return Recognized(refused=refused)
    if name.endswith(".xlsx"):
        return _recognize_book(folder, name, content)
    text = _decode(content)
    return Recognized(refused="edit.refused.encoding") if text is None else _recognize_text(folder, name, text)


def tidy_name(name: str) -> str:
    """The name as its sender had it at first: `forum (2).MD` is `forum.md`."""
    return _COPY.sub(lambda found: found[1].lower(), name)


def refuse_name(name: str) -> str:
    """Why a name cannot be one of the folder: a path, something hidden, or a suffix that content does not have."""
    if not _PLAIN_NAME.fullmatch(name) or name.startswith(".") or len(name) > 100:
        return "edit.refused.name"
    return "" if PurePosixPath(name).suffix in MOST_BYTES else "edit.refused.suffix"


def refuse_size(name: str, size: int) -> str:
    return "edit.refused.size" if size > MOST_BYTES[PurePosixPath(name).suffix] else ""


def _recognize_text(folder: Path, name: str, text: str) -> Recognized:
    there = tuple(_find_named(folder, name))
    if there:
        return Recognized(there)
    if name.endswith(".yaml"):
        return Recognized(refused="edit.refused.table")
    if not ID.fullmatch(PurePosixPath(name).stem):
        return Recognized(refused="edit.refused.id")
    is_form = name.endswith(".csv") or _SURVEY_TABLE.search(text)
    targets = _place_form(name, text) if is_form else _place_entry(name, text)
    return Recognized(targets) if targets else Recognized(refused="edit.refused.unknown")


def _find_named(folder: Path, name: str) -> Iterable[str]:
    """The files of the folder with that name, wherever they lie."""
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if path.name == name and path.is_file() and not is_hidden(within) and is_inside(folder, str(within)):
            yield within.as_posix()


def _recognize_book(folder: Path, name: str, content: bytes) -> Recognized:
    """A spreadsheet: of texts when its sheets are called as the kinds of content, a form when it has a sheet "survey"."""
    sheets = _read_sheet_names(content)
    if not sheets:
        return Recognized(refused="edit.refused.sheet")
    if set(sheets) & {kind.folder for kind in ENTRY_KINDS.values()}:
        return Recognized((SHEET,))
    if "survey" not in (sheet.lower() for sheet in sheets):
        return Recognized(refused="edit.refused.unknown")
    if not ID.fullmatch(PurePosixPath(name).stem):
        return Recognized(refused="edit.refused.id")
    return Recognized(tuple(_find_named(folder, name)) or (f"{FORMS}/{name}",))


def _read_sheet_names(content: bytes) -> list[str]:
    from openpyxl import load_workbook

    try:
        check_archive(content, BOOK_LIMITS)
        return list(load_workbook(BytesIO(content), read_only=True).sheetnames)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken file makes of it
        return []


def _place_form(name: str, text: str) -> tuple[str, ...]:
    """Where a new form stands; a .csv without a sheet "survey" is a list whose form nobody named."""
    rows = csv.reader(StringIO(text))
    is_form = name.endswith(".md") or any(row and row[0].strip().lower() == "survey" for row in rows)
    return (f"{FORMS}/{name}",) if is_form else ()


def _place_entry(name: str, text: str) -> tuple[str, ...]:
    """Where a new piece of content may stand: in the folder of each kind whose fields its block has, or, where no kind
    has just those, of each kind, for the Problems to say what is wrong."""
    split = split_front(text, name, [])
    if split is None:
        return ()
    fitting = [kind for kind in ENTRY_KINDS.values() if read_fields(kind.fields, split[0], name, []) is not None]
    return tuple(f"{kind.folder}/{name}" for kind in fitting or ENTRY_KINDS.values())


def _decode(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
