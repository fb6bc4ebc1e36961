"""Reading content files: front matter and language sections, each thing with its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.content.problems import Problem

HEADING = re.compile(r"#\s+([A-Za-z-]+)\s*:\s*(.*)")
DEEPEST, MOST_REPEATED = 20, 50
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_hidden(name: Path) -> bool:
    """Whether a file, relative to the folder, is none of the content: what begins with a dot is for programs."""
    return any(part.startswith(".") for part in name.parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A YAML mapping: its values, and the line each key stands on."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def line(self, key: object) -> int:
        return self.lines.get(str(key), 1)


@dataclass(slots=True)
class Section:
    """One language of an entry: title, phrasings with their lines, and the answer with the line it begins on."""

    locale: str
    line: int
    title: str
    phrasings: list[tuple[int, str]] = field(default_factory=list)
    body: str = ""
    body_line: int = 0


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None with a Problem."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(name, 1, "file-missing", name))
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, "file-encoding", f"byte {error.start + 1}"))
        return None


def read_yaml(text: str, name: str, problems: list[Problem], first_line: int = 1) -> Block | None:
    """A YAML mapping, or None with a Problem. `first_line` is where `text` begins in its file."""
    if why := _find_hostile(text):
        problems.append(Problem(name, first_line, "yaml", why))
        return None
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        values = {} if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        problems.append(Problem(name, first_line + (mark.line if mark else 0), "yaml", what))
        return None
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        problems.append(Problem(name, first_line, "yaml", "there are no `name: value` lines"))
        return None
    lines: dict[str, int] = {}
    for key, _ in node.value if node is not None else []:
        line = first_line + key.start_mark.line
        # YAML itself would let the second silently take the first one's place.
        if key.value in lines:
            problems.append(Problem(name, line, "field-twice", key.value))
        lines[key.value] = line
    return Block(values, lines)


def _find_hostile(text: str) -> str:
    """Why a block must not be read at all: nested deeper than the reader's own stack bears, or repeating itself (`*name`)
    so often, or within what is repeated, that a few lines stand for billions."""
    named: list[bool] = []
    repeated = 0
    try:
        for event in yaml.parse(text, Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                named.append(event.anchor is not None)
            elif isinstance(event, yaml.CollectionEndEvent):
                named.pop()
            elif isinstance(event, yaml.AliasEvent):
                repeated += 1
            if len(named) > DEEPEST:
                return f"it is nested more than {DEEPEST} deep"
            if repeated > MOST_REPEATED or (isinstance(event, yaml.AliasEvent) and any(named)):
                return "it repeats itself (*) too often"
    except yaml.YAMLError:
        # Told where the block is read.
        return ""
    return ""


def split_front(text: str, name: str, problems: list[Problem]) -> tuple[Block, str, int] | None:
    """The front matter, what follows it, and the line that begins on."""
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in (line.rstrip() for line in lines[1:]):
        problems.append(Problem(name, 1, "front-missing"))
        return None
    end = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    block = read_yaml("\n".join(lines[1:end]), name, problems, 2)
    return None if block is None else (block, "\n".join(lines[end + 1 :]), end + 2)


def split_sections(text: str, first_line: int, name: str, problems: list[Problem]) -> list[Section]:
    """The languages of an entry: a heading, a list of phrasings, an empty line, the answer."""
    sections: list[Section] = []
    body: list[str] = []
    for number, line in enumerate(text.split("\n"), first_line):
        heading = HEADING.fullmatch(line.rstrip())
        if heading:
            _close(sections, body)
            sections.append(Section(heading[1].lower(), number, heading[2].strip()))
            body = []
        elif not sections:
            if line.strip():
                problems.append(Problem(name, number, "before-section", line.strip()))
        else:
            _take_line(sections[-1], body, number, line)
    _close(sections, body)
    return sections


def _take_line(section: Section, body: list[str], number: int, line: str) -> None:
    in_phrasings = not section.body_line and line.startswith("- ")
    if in_phrasings:
        section.phrasings.append((number, line[2:].strip()))
    elif line.strip() or body:
        section.body_line = section.body_line or number
        body.append(line)
    elif section.phrasings:
        # The empty line after the phrasings: a list that follows belongs to the answer.
        section.body_line = number + 1


def _close(sections: list[Section], body: list[str]) -> None:
    if sections:
        sections[-1].body = "\n".join(body).strip("\n")
