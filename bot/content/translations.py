"""Which translations are older than their English.

`translations.lock` remembers, for each translated section, what its English and it itself were when somebody last said
that the two agree. A section is behind when its English has changed since and it has not.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.content.entries import SourceEntry
from bot.content.files import Section
from bot.content.problems import Problem

LOCK_NAME = "translations.lock"
ORIGINAL = "en"
HEADER = "# Made by `hiwar content accept`: entry, language, what its English was, what it was itself.\n"

Key = tuple[str, str]
Prints = tuple[str, str]


def check_translations(folder: Path, entries: Iterable[SourceEntry], problems: list[Problem]) -> None:
    """Note every section whose English changed while it did not."""
    locked = _read_lock(folder / LOCK_NAME)
    for entry in entries:
        for section, (english, own) in _prints(entry):
            before = locked.get((entry.id, section.locale))
            if before is not None and before[0] != english and before[1] == own:
                problems.append(Problem(entry.name, section.line, "translation-behind", section.locale))


def accept_translations(folder: Path, entries: Iterable[SourceEntry]) -> int:
    """Remember that all sections agree with their English as they now stand; how many there are."""
    lines = [
        f"{entry.id} {section.locale} {english} {own}\n"
        for entry in sorted(entries, key=lambda entry: entry.id)
        for section, (english, own) in _prints(entry)
    ]
    (folder / LOCK_NAME).write_text(HEADER + "".join(lines), "utf-8")
    return len(lines)


def _prints(entry: SourceEntry) -> Iterable[tuple[Section, Prints]]:
    english = next((section for section in entry.sections if section.locale == ORIGINAL), None)
    if english is None:
        return []
    return [(section, (_print(english), _print(section))) for section in entry.sections if section.locale != ORIGINAL]


def _print(section: Section) -> str:
    return hashlib.sha256(f"{section.title}\n{section.body}".encode()).hexdigest()[:12]


def _read_lock(path: Path) -> Mapping[Key, Prints]:
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows if len(row) == 4}
