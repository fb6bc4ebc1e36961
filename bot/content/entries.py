"""An entry as it stands in its file, before it is compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.files import Section
from bot.content.problems import Problem
from bot.content.schema import EntryFields
from bot.languages import Languages


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """An entry's id and kind, its file (relative to the content folder), its fields with their lines, its languages."""

    id: str
    kind: str
    name: str
    fields: EntryFields
    lines: Mapping[str, int]
    sections: tuple[Section, ...]

    def line(self, field: str) -> int:
        return self.lines.get(field, 1)


@dataclass(frozen=True, slots=True)
class Checking:
    """What the rules of a kind may look at besides the files of that kind; they add to `problems`."""

    folder: Path
    languages: Languages
    today: date
    problems: list[Problem]
