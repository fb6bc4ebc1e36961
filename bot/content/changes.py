"""Changes of the folder: planned on a copy of it, compared text by text, and written whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.compile import Compilation, compile_content
from bot.content.problems import Problem
from bot.languages import Languages

# What lies in the folder for programs, such as git, is no content.
HIDDEN = shutil.ignore_patterns(".*")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file as it was and as it is to be; None where there was, or is to be, none."""

    name: str
    old: bytes | None
    new: bytes | None

    @property
    def reversed(self) -> "FileChange":
        return FileChange(self.name, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the folder would become, or the Problems that forbid it."""

    problems: tuple[Problem, ...] = ()
    files: tuple[FileChange, ...] = ()
    compilation: Compilation | None = None

    @property
    def print(self) -> str:
        """The same for the same change of the same texts."""
        digest = hashlib.sha256()
        for one in self.files:
            digest.update(f"{one.name} {_print(one.old)} {_print(one.new)}\n".encode())
        return digest.hexdigest()


def find_file_changes(folder: Path, wanted: Mapping[str, bytes | None]) -> tuple[FileChange, ...]:
    """Those of the files that stand otherwise."""
    found = [FileChange(name, read_bytes(folder / name), new) for name, new in wanted.items()]
    return tuple(one for one in found if one.old != one.new)


def plan_files(folder: Path, wanted: Mapping[str, bytes | None], languages: Languages, today: date) -> Plan:
    """What writing these files (None: taking them away) would come to. Writes nothing in the folder."""
    files = find_file_changes(folder, wanted)
    if not files:
        return Plan()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "content"
        shutil.copytree(folder, copy, ignore=HIDDEN)
        for one in files:
            _put(copy / one.name, one.new)
        compilation = compile_content(copy, languages, today)
    return Plan(compilation.errors) if compilation.errors else Plan((), files, compilation)


def find_changed_since(folder: Path, files: Sequence[FileChange]) -> list[str]:
    """The files that stand neither as they were nor as they are to be: somebody changed them since."""
    return [one.name for one in files if read_bytes(folder / one.name) not in (one.old, one.new)]


def write_files(folder: Path, files: Sequence[FileChange]) -> None:
    """Write the files, each at once; done again it does the same."""
    for one in files:
        if not is_inside(folder, one.name):
            raise PermissionError(one.name)
        _put(folder / one.name, one.new)


def is_inside(folder: Path, name: str) -> bool:
    """Whether a file's name leads to a place of the folder, and not by a link to another."""
    return (folder / name).resolve().is_relative_to(folder.resolve())


def read_bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _put(path: Path, content: bytes | None) -> None:
    """At every moment a whole file stands there; a hidden name keeps the new one from being read before."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _print(content: bytes | None) -> str:
    return "none" if content is None else hashlib.sha256(content).hexdigest()
