"""SQLite: one writer thread that commits what waits together, and one reader thread."""

import fcntl
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from bot.errors import DatabaseTaken, DatabaseUnusable, FolderUnwritable
from bot.storage.database import Connection, T, Work
from bot.storage.migrating import check_revision, check_tables, migrate
from bot.storage.rounds import Outcome, Rounds

BUSY_TIMEOUT_MS = 30_000


class SqliteDatabase:
    """A `Database` in one file.

    `synchronous=FULL` makes every commit durable; what that costs is shared by the transactions that wait together,
    each in a savepoint of its own.
    """

    def __init__(self, path: Path, lock: IO[bytes] | None) -> None:
        self._lock = lock
        self._writing = Connection(_connect(path), "sqlite3")
        self._reading = Connection(_connect(path, "PRAGMA query_only = ON"), "sqlite3")
        self._writer = Rounds("sqlite-writer", lambda works: _write_together(self._writing, works))
        self._reader = Rounds("sqlite-reader", lambda works: _read_together(self._reading, works))

    @classmethod
    def open(cls, path: Path, beside: bool) -> "SqliteDatabase":
        lock = _hold_if_free(path) if beside else _hold(path)
        try:
            _update(path, may_migrate=lock is not None)
            if beside and lock is not None:
                lock.close()
            return cls(path, None if beside else lock)
        except BaseException as error:
            if lock is not None:
                lock.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise DatabaseUnusable(f"{path} cannot be used as Hiwar's database: {error}.") from error
            raise

    async def write(self, work: Work[T]) -> T:
        return await self._writer.run(work)

    async def read(self, work: Work[T]) -> T:
        return await self._reader.run(work)

    async def close(self) -> None:
        await self._writer.close()
        await self._reader.close()
        self._reading.raw.close()
        self._writing.raw.close()
        if self._lock is not None:
            self._lock.close()


def _write_together(connection: Connection, works: Sequence[Work[Any]]) -> Sequence[Outcome]:
    raw: sqlite3.Connection = connection.raw
    try:
        raw.execute("BEGIN IMMEDIATE")
        outcomes = [_write_one(connection, work) for work in works]
        raw.execute("COMMIT")
    except sqlite3.Error as error:
        # The disk is full, or the file is gone: nothing of this round is kept, and everyone is told.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        return [(None, error)] * len(works)
    return outcomes


def _read_together(connection: Connection, works: Sequence[Work[Any]]) -> Sequence[Outcome]:
    """All works of a round see the same state."""
    raw: sqlite3.Connection = connection.raw
    try:
        raw.execute("BEGIN")
        return [_read_one(connection, work) for work in works]
    except sqlite3.Error as error:
        return [(None, error)] * len(works)
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _read_one(connection: Connection, work: Work[Any]) -> Outcome:
    try:
        return work(connection), None
    except Exception as error:  # noqa: BLE001 - handed to whoever asked
        return None, error


def _write_one(connection: Connection, work: Work[Any]) -> Outcome:
    execute = connection.raw.execute
    execute("SAVEPOINT one")
    try:
        result = work(connection)
    except Exception as error:  # noqa: BLE001 - handed to whoever asked for this transaction
        execute("ROLLBACK TO one")
        execute("RELEASE one")
        return None, error
    execute("RELEASE one")
    return result, None


def _connect(path: Path, *pragmas: str) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    for pragma in (
        f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        # What is erased is overwritten in the file, not merely unlinked.
        "PRAGMA secure_delete = ON",
        *pragmas,
    ):
        raw.execute(pragma)
    return raw


def _hold(path: Path) -> IO[bytes]:
    """Lock the database for this process; the system lets go when the process ends, however it ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("wb")
    except OSError as error:
        raise FolderUnwritable(
            f"{path.parent} cannot be written to ({error.strerror}): give Hiwar a folder it may "
            "write to in HIWAR_DATABASE_URL, or change that folder's permissions."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise DatabaseTaken(
            f"Another Hiwar is running on {path}: stop it first, or set HIWAR_DATABASE_URL to another file."
        ) from error
    return lock


def _hold_if_free(path: Path) -> IO[bytes] | None:
    try:
        return _hold(path)
    except DatabaseTaken:
        return None


def _update(path: Path, *, may_migrate: bool) -> None:
    found = _find_revision(path)
    if may_migrate:
        migrate(found, f"sqlite:///{path.absolute()}")
    else:
        check_revision(found)


def _find_revision(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone() if check_tables(tables) else None
    return None if row is None else str(row[0])
