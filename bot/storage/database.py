"""The door to the database: a transaction is a plain function of a connection."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

import aiosql
from aiosql.queries import Queries

from bot.errors import DatabaseUnusable

T = TypeVar("T")
Row = Sequence[Any]

# How each driver names a value in a statement.
MARKS = {"sqlite3": r":\1", "psycopg": r"%(\1)s"}
_VALUE = re.compile(r":(\w+)")
SQL_FOLDER = Path(__file__).parent / "sql"


class Connection:
    """A connection inside a transaction; `sql` has one function per named statement of the `sql/` folder."""

    __slots__ = ("_mark", "raw", "sql")

    def __init__(self, raw: Any, driver: str) -> None:  # noqa: ANN401 - either driver's connection
        self.raw = raw
        queries = _read_queries(driver)
        names = (name for name in queries.available_queries if not name.endswith("_cursor"))
        self.sql = SimpleNamespace(**{name: partial(getattr(queries, name), raw) for name in names})
        self._mark = MARKS[driver]

    def run(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement put together at run time, with its values named as in the `sql/` folder."""
        rows: list[Row] = self.raw.execute(_VALUE.sub(self._mark, query), values).fetchall()
        return rows


Work = Callable[[Connection], T]


class Database(Protocol):
    """Runs transactions in threads of its own, never in the event loop's."""

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction and return its result once that is durable.

        Whatever `work` raises undoes it (and nothing else) and is raised here. `work` may be run again where the
        database asks for that (a deadlock), so it must have no other effects.
        """
        ...

    async def read(self, work: Work[T]) -> T:
        """Run `work` on a consistent, read-only view."""
        ...

    async def close(self) -> None:
        """Finish the transactions already asked for, then let go of the database."""
        ...


async def open_database(url: str, *, beside: bool = False) -> Database:
    """Open `sqlite:///path` or `postgresql://…`, and bring its tables up to date.

    The bot holds its database alone; `beside` opens it for a command that may run while the bot does. Raises
    `DatabaseUnusable`, `DatabaseTaken` (with `beside`: by a bot that has yet to bring the tables up to date),
    `DatabaseTooNew` or `FolderUnwritable`.
    """
    if url.startswith("sqlite:///"):
        from bot.storage.sqlite import SqliteDatabase

        return await asyncio.to_thread(SqliteDatabase.open, Path(url.removeprefix("sqlite:///")), beside)
    if url.startswith(("postgresql://", "postgres://")):
        # psycopg is imported only where it is used: it costs a fifth of a second at start.
        from bot.storage.postgres import PostgresDatabase

        return await asyncio.to_thread(PostgresDatabase.open, url, beside)
    raise DatabaseUnusable("HIWAR_DATABASE_URL must begin with sqlite:/// or postgresql://.")


@cache
def _read_queries(driver: str) -> Queries:
    queries: Queries = aiosql.from_path(SQL_FOLDER, driver)
    return queries
