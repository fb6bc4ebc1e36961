"""SQLite: one writer thread that commits what waits together, and one reader thread."""

import asyncio
import fcntl
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from bot.errors import DatabaseTaken, DatabaseUnusable, FolderUnwritable
from bot.storage.database import Connection, T, Work
from bot.storage.migrating import check_tables, migrate

MOST_TOGETHER = 256
BUSY_TIMEOUT_MS = 30_000

_Settle = Callable[[Any, Exception | None], None]


class SqliteDatabase:
    """A `Database` in one file.

    `synchronous=FULL` makes every commit durable; what that costs is shared by the transactions that wait together,
    each in a savepoint of its own.
    """

    def __init__(self, path: Path, lock: IO[bytes]) -> None:
        self._lock = lock
        self._waiting: queue.SimpleQueue[tuple[Work[Any], _Settle] | None] = queue.SimpleQueue()
        self._writer_connection = Connection(_connect(path), "sqlite3")
        self._writer = threading.Thread(target=self._write_all, name="sqlite-writer", daemon=True)
        self._writer.start()
        self._reader = ThreadPoolExecutor(1, "sqlite-reader")
        self._reader_connection = Connection(_connect(path, "PRAGMA query_only = ON"), "sqlite3")

    @classmethod
    def open(cls, path: Path) -> "SqliteDatabase":
        lock = _hold(path)
        try:
            migrate(_find_revision(path), f"sqlite:///{path.absolute()}")
            return cls(path, lock)
        except sqlite3.DatabaseError as error:
            lock.close()
            raise DatabaseUnusable(f"{path} cannot be used as Hiwar's database: {error}.") from error
        except BaseException:
            lock.close()
            raise

    async def write(self, work: Work[T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settle(result: T, error: Exception | None) -> None:
            loop.call_soon_threadsafe(_settle_future, future, result, error)

        self._waiting.put((work, settle))
        return await future

    async def read(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, work)

    async def close(self) -> None:
        self._waiting.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._reader.shutdown)
        self._reader_connection.raw.close()
        self._writer_connection.raw.close()
        self._lock.close()

    def _read(self, work: Work[T]) -> T:
        raw = self._reader_connection.raw
        raw.execute("BEGIN")
        try:
            return work(self._reader_connection)
        finally:
            raw.execute("ROLLBACK")

    def _write_all(self) -> None:
        closing = False
        while not closing:
            together = [self._waiting.get()]
            while len(together) < MOST_TOGETHER and not self._waiting.empty():
                together.append(self._waiting.get())
            closing = None in together
            _write_together(self._writer_connection, [one for one in together if one is not None])


def _write_together(connection: Connection, works: list[tuple[Work[Any], _Settle]]) -> None:
    raw: sqlite3.Connection = connection.raw
    try:
        raw.execute("BEGIN IMMEDIATE")
        outcomes = [_write_one(connection, work) for work, _ in works]
        raw.execute("COMMIT")
    except sqlite3.Error as error:
        # The disk is full, or the file is gone: nothing of this round is kept, and everyone is told.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        outcomes = [(None, error)] * len(works)
    for (_, settle), (result, failure) in zip(works, outcomes, strict=True):
        settle(result, failure)


def _write_one(connection: Connection, work: Work[Any]) -> tuple[Any, Exception | None]:
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


def _settle_future(future: "asyncio.Future[Any]", result: object, error: Exception | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


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


def _find_revision(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone() if check_tables(tables) else None
    return None if row is None else str(row[0])
