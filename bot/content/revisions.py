"""Which events changed without saying so.

`events.lock` remembers each event's revision and schedule as they were when somebody last ran `hiwar content accept`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.content.entries import Checking, SourceEntry
from bot.content.events import EventFields, describe_schedule
from bot.content.problems import Problem
from bot.content.schema import as_kind

LOCK_NAME = "events.lock"
HEADER = "# Made by `hiwar content accept`: event, its revision, what its schedule was.\n"


def check_revisions(entries: Iterable[SourceEntry], checking: Checking) -> None:
    """Note every event whose schedule changed while its revision did not."""
    locked = _read_lock(checking.folder / LOCK_NAME)
    for entry in entries:
        fields = as_kind(entry.fields, EventFields)
        revision, schedule = locked.get(entry.id, ("", ""))
        if revision == str(fields.revision) and schedule != _print(fields):
            checking.problems.append(Problem(entry.name, entry.line("revision"), "event-revision", revision))


def accept_revisions(folder: Path, entries: Iterable[SourceEntry]) -> None:
    """Remember all events as they now stand."""
    _write_lock(folder, _lock(entries))


def accept_some(folder: Path, entries: Iterable[SourceEntry]) -> None:
    """Remember these events as they now stand; what is remembered of the others stays."""
    _write_lock(folder, {**_read_lock(folder / LOCK_NAME), **_lock(entries)})


def _lock(entries: Iterable[SourceEntry]) -> Mapping[str, tuple[str, str]]:
    events = [(entry.id, entry.fields) for entry in entries if isinstance(entry.fields, EventFields)]
    return {event: (str(fields.revision), _print(fields)) for event, fields in events}


def _write_lock(folder: Path, locked: Mapping[str, tuple[str, str]]) -> None:
    lines = [f"{event} {revision} {schedule}\n" for event, (revision, schedule) in sorted(locked.items())]
    (folder / LOCK_NAME).write_text(HEADER + "".join(lines), "utf-8")


def _print(fields: EventFields) -> str:
    return hashlib.sha256(json.dumps(describe_schedule(fields), sort_keys=True).encode()).hexdigest()[:12]


def _read_lock(path: Path) -> Mapping[str, tuple[str, str]]:
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}
