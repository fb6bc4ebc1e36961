"""Which translations are older than their English.

`translations.lock` remembers, for each translated section, what its English and it itself were when somebody last said
that the two agree. A section is behind when its English has changed since and it has not.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
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
    locked = dict(_lock(entry, section, prints) for entry in entries for section, prints in _prints(entry))
    _write_lock(folder, locked)
    return len(locked)


def accept_some(folder: Path, entries: Iterable[SourceEntry], is_accepted: Callable[[SourceEntry, str], bool]) -> None:
    """Remember it of some sections, by entry and language; what is remembered of the others stays."""
    some = [
        _lock(entry, section, prints)
        for entry in entries
        for section, prints in _prints(entry)
        if is_accepted(entry, section.locale)
    ]
    _write_lock(folder, {**_read_lock(folder / LOCK_NAME), **dict(some)})


def _lock(entry: SourceEntry, section: Section, prints: Prints) -> tuple[Key, Prints]:
    return (entry.id, section.locale), prints


def _write_lock(folder: Path, locked: Mapping[Key, Prints]) -> None:
    by_entry = sorted(locked.items(), key=lambda one: one[0][0])
    lines = [f"{entry} {locale} {english} {own}\n" for (entry, locale), (english, own) in by_entry]
    (folder / LOCK_NAME).write_text(HEADER + "".join(lines), "utf-8")


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
