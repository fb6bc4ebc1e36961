"""PostgreSQL: a pool of connections, and a thread for each that is in use."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg_pool import ConnectionPool, PoolTimeout

from bot.errors import DatabaseTaken, DatabaseUnusable
from bot.storage.database import Connection, T, Work
from bot.storage.migrating import check_revision, check_tables, migrate

CONNECTIONS = 8
TRIES = 5
# Any number, as long as it is Hiwar's own: PostgreSQL's advisory locks are only numbers.
ADVISORY_LOCK = 0x48495741


class PostgresDatabase:
    """A `Database` on a PostgreSQL server."""

    def __init__(self, url: str, holder: "psycopg.Connection[tuple[object, ...]] | None") -> None:
        self._holder = holder
        self._threads = ThreadPoolExecutor(CONNECTIONS, "postgres")
        self._pool = ConnectionPool(
            url, min_size=1, max_size=CONNECTIONS, open=True, check=ConnectionPool.check_connection
        )

    @classmethod
    def open(cls, url: str, beside: bool) -> "PostgresDatabase":
        try:
            holder = psycopg.connect(url, autocommit=True)
        except psycopg.Error as error:
            raise DatabaseUnusable(
                f"PostgreSQL does not answer at HIWAR_DATABASE_URL: {_first_line(error)}. "
                "Start it, or correct the address."
            ) from error
        try:
            _update(holder, url, may_migrate=_hold(holder, beside))
            if beside:
                holder.close()
            return cls(url, None if beside else holder)
        except BaseException:
            holder.close()
            raise

    async def write(self, work: Work[T]) -> T:
        return await self._run(work, read_only=False)

    async def read(self, work: Work[T]) -> T:
        return await self._run(work, read_only=True)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._pool.close)
        if self._holder is not None:
            await asyncio.to_thread(self._holder.close)

    async def _run(self, work: Work[T], *, read_only: bool) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._transact, work, read_only)

    def _transact(self, work: Work[T], read_only: bool) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with self._pool.connection() as raw:
                    raw.read_only = read_only
                    return work(Connection(raw, "psycopg"))
            except (DeadlockDetected, SerializationFailure, PoolTimeout):
                if attempt == TRIES:
                    raise
        raise AssertionError("unreachable")


def _hold(holder: "psycopg.Connection[tuple[object, ...]]", beside: bool) -> bool:
    """Lock the database for this process; the server lets go when the connection ends, however it ends."""
    row = holder.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone()
    is_held = row is not None and bool(row[0])
    if not is_held and not beside:
        raise DatabaseTaken(
            "Another Hiwar is running on this PostgreSQL database: stop it first, or set "
            "HIWAR_DATABASE_URL to another database."
        )
    return is_held


def _update(holder: "psycopg.Connection[tuple[object, ...]]", url: str, *, may_migrate: bool) -> None:
    found = _find_revision(holder)
    if may_migrate:
        migrate(found, "postgresql+psycopg://" + url.split("://", 1)[1])
    else:
        check_revision(found)


def _find_revision(holder: "psycopg.Connection[tuple[object, ...]]") -> str | None:
    rows = holder.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
    if not check_tables({str(name) for (name,) in rows}):
        return None
    row = holder.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
