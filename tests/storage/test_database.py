"""The door to the database, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.errors import DatabaseTaken, DatabaseTooNew, DatabaseUnusable
from bot.storage import outbox
from bot.storage.database import Connection, Database, open_database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class BadLuckError(Exception):
    """Raised by a transaction on purpose."""


async def test_a_failed_transaction_takes_none_of_its_neighbours_with_it(db: Database) -> None:
    def plan(conn: Connection) -> int:
        return outbox.plan_reply(conn, b"reply", NOW)

    def plan_and_fail(conn: Connection) -> int:
        plan(conn)
        raise BadLuckError

    outcomes = await asyncio.gather(*map(db.write, [plan, plan_and_fail] * 20), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, BadLuckError] * 20
    assert await db.read(outbox.count_replies) == 20


async def test_what_was_written_is_there_after_opening_again(database_url: str) -> None:
    first = await open_database(database_url)
    await first.write(lambda conn: outbox.plan_reply(conn, b"reply", NOW))
    await first.close()
    second = await open_database(database_url)
    assert await second.read(outbox.count_replies) == 1
    await second.close()


async def test_a_read_cannot_write(db: Database) -> None:
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction)):
        await db.read(lambda conn: outbox.plan_reply(conn, b"reply", NOW))


async def test_a_database_serves_one_hiwar_at_a_time(database_url: str) -> None:
    first = await open_database(database_url)
    with pytest.raises(DatabaseTaken):
        await open_database(database_url)
    await first.close()
    await (await open_database(database_url)).close()


async def test_a_command_works_beside_the_bot(database_url: str) -> None:
    before = await open_database(database_url, beside=True)
    bot = await open_database(database_url)
    command = await open_database(database_url, beside=True)
    await command.write(lambda conn: outbox.plan_reply(conn, b"theirs", NOW))
    await bot.write(lambda conn: outbox.plan_reply(conn, b"ours", NOW))
    for one in (before, bot, command):
        assert await one.read(outbox.count_replies) == 2
        await one.close()


async def test_a_command_does_not_touch_the_tables_of_a_running_bot_of_another_version(database_url: str) -> None:
    bot = await open_database(database_url)
    await bot.write(lambda conn: conn.raw.execute("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(DatabaseTaken, match="another version"):
        await open_database(database_url, beside=True)
    await bot.close()


async def test_a_newer_database_is_left_alone(database_url: str) -> None:
    database = await open_database(database_url)
    await database.write(lambda conn: conn.raw.execute("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(DatabaseTooNew, match="9999"):
        await open_database(database_url)


async def test_another_programs_database_is_left_alone(tmp_path: Path, make_postgres_url: Callable[[], str]) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    url = make_postgres_url()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (x int)")
    for theirs in (f"sqlite:///{tmp_path / 'other.db'}", url):
        with pytest.raises(DatabaseUnusable, match="something else"):
            await open_database(theirs)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "note.db"
    path.write_text("this is not a database, it is a note about one " * 50)
    with pytest.raises(DatabaseUnusable, match=r"note\.db"):
        await open_database(f"sqlite:///{path}")


async def test_an_absent_server_is_named() -> None:
    with pytest.raises(DatabaseUnusable, match="PostgreSQL does not answer"):
        await open_database("postgresql://nobody@127.0.0.1:1/none")
