"""Forms of the content: `forms/<id>.xlsx`, `.csv` or `.md` (tables).

What a form attaches lies in `forms/<id>/`, lists that many forms share in `forms/lists/`.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.content.markdown import Place, render_markdown
from bot.content.problems import Problem
from bot.forms import Form, FormProblem, Source, read_form
from bot.languages import Languages

FOLDER = "forms"
_ID = re.compile(r"[a-z0-9-]{1,40}")
_ATTACHED = (".csv", ".xml")
_ROW = re.compile(r"\s*\|(.*)\|")
_RULE = re.compile(r"[|-]+")
# What authors of XLSForms write in labels beside Markdown (https://xlsform.org/en/#styling).
_TAGS = (
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:b|strong)>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:span|font|p|u|center|div|h\d)\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE), r"**\1**"),
    (re.compile(r"<(?=[^a-z/!?]|$)", re.IGNORECASE), r"\<"),
)
# What a Problem says beside its remedy, where the form knows more.
_HINTS: Mapping[str, str] = {
    "form-pyxform": "{}",
    "form-xpath": "It says: {}.",
    "form-arguments": "It takes {}.",
    "form-file": "It says: {}.",
    "form-column": "It would be in {}.",
}


def read_forms(folder: Path, languages: Languages, problems: list[Problem]) -> tuple[Form, ...]:
    """Every form without errors, in the order of their files' names."""
    paths = sorted(path for path in (folder / FOLDER).glob("*") if path.is_file() and not path.name.startswith("."))
    found: dict[str, Form] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if not _ID.fullmatch(path.stem):
            problems.append(Problem(name, 1, "file-name", path.name))
            continue
        form = read_file(path, name, languages, problems)
        if form is not None and form.id in found:
            problems.append(Problem(name, 1, "form-twice", form.id))
        elif form is not None:
            found[form.id] = form
    return tuple(found.values())


def render_label(text: str, locale: str, languages: Languages) -> str:
    """The HTML of a label; what Telegram cannot show of it is left out."""
    for pattern, replacement in _TAGS:
        text = pattern.sub(replacement, text)

    def isolate(run: str) -> str:
        return languages.isolate_foreign(locale, run) if locale in languages else run

    return render_markdown(text, Place("", 0), isolate, [])


def read_file(path: Path, name: str, languages: Languages, problems: list[Problem]) -> Form | None:
    """One form with what it attaches; None where it cannot be read. Its Problems are named after `name`."""
    content = path.read_bytes()
    beside = (one for folder in ("lists", path.stem) for one in sorted((path.parent / folder).glob("*")))
    files = {one.name: one.read_bytes() for one in beside if one.suffix in _ATTACHED}
    locales = sorted(languages.locales, key=lambda locale: locale != "en")
    source = Source(content, path.suffix, path.stem, files, locales)
    form, found = read_form(source, lambda text, locale: render_label(text, locale, languages))
    lines = _find_lines(content) if path.suffix == ".md" else {}
    problems += [_to_problem(one, name, lines) for one in found]
    return form


def _to_problem(problem: FormProblem, name: str, lines: Mapping[tuple[str, int], int]) -> Problem:
    """The Problem, at the line of the table where the form is one, else at the row of its sheet."""
    row = f"row {problem.row}" if problem.row else ""
    place = ", ".join(part for part in (problem.sheet, row, problem.column) if part)
    value = f"“{problem.value[:100]}”" if problem.value else ""
    line = lines.get((problem.sheet, problem.row), 1) if lines else max(1, problem.row)
    hint = _HINTS.get(problem.code, "The limit is {}.").format(problem.hint) if problem.hint else ""
    return Problem(name, line, problem.code, f"{place}: {value}" if place and value else place or value, hint)


def _find_lines(content: bytes) -> Mapping[tuple[str, int], int]:
    """The line of each row of a sheet written as Markdown, counted as pyxform does."""
    found: dict[tuple[str, int], int] = {}
    sheet, row = "", 0
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        match = _ROW.match(line)
        if match is None or line.lstrip().startswith("#") or _RULE.fullmatch(match[1]):
            continue
        first, *cells = re.split(r"(?<!\\)\|", match[1])
        if first.strip():
            sheet, row = first.strip().lower(), 0
        if _any_text(cells):
            row += 1
            found[sheet, row] = number
    return found


def _any_text(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)
