"""What /privacy counts and erases is all there is: held against the real tables."""

from functools import partial

from bot.services.holdings import HOLDINGS, count_holdings, erase_holdings
from bot.storage import alarms, broadcasts, contexts, deliveries, follows, forms, people, roles, tickets
from bot.storage.alarms import Alarm
from bot.storage.audiences import Criterion, Is, Reach
from bot.storage.database import Connection, Database
from bot.storage.deliveries import Filling
from bot.storage.forms import StoredSubmission
from bot.storage.moments import from_ms
from bot.storage.roles import Holder, Role
from bot.storage.tickets import State, Ticket

SOMEONE, OTHER = b"someone", b"another"
AT = from_ms(10**12)


def fill(conn: Connection, person: bytes) -> None:
    """A row about a person in every table that has a pseudonym."""
    people.choose_locale(conn, person, "ar", AT)
    people.keep_address(conn, person, "ar", b"sealed", AT)
    people.keep_country(conn, person, "TN")
    follows.keep_follow(conn, person, "events", AT)
    forms.keep_session(conn, person, "survey", "print", b"sealed", AT)
    sent = StoredSubmission(person.hex(), "survey", "print", person, "ar", b"sealed", AT.date())
    forms.keep_submission(conn, sent)
    contexts.keep_context(conn, person, b"sealed", AT)
    roles.keep_holder(conn, Holder(person, Role.STAFF, person.hex(), "", "ar", b"sealed", AT))
    number = broadcasts.plan_broadcast(conn, person.hex(), "[]", AT, "console")
    filling = Filling(number, Reach(Is(Criterion.COUNTRY, "TN"), ("events",)), AT, None, (), AT, {}, AT)
    deliveries.fill_page(conn, filling, person[:-1], 1)
    ticket = Ticket(person.hex(), person, "ar", State.OPEN, b"sealed", b"sealed", "", "", 0, False, AT, AT)
    tickets.keep_ticket(conn, ticket)
    alarms.set_alarm(conn, Alarm(person, person, "event", "forum", b"sealed", AT))


def count_rows(conn: Connection, person: bytes) -> dict[str, int]:
    """How many rows each table with a pseudonym has about a person."""
    tables = find_tables(conn)
    mark = "?" if "sqlite3" in type(conn.raw).__module__ else "%s"
    query = "SELECT count(*) FROM {} WHERE pseudonym = " + mark  # noqa: S608 - names come from the schema
    return {table: int(conn.raw.execute(query.format(table), (person,)).fetchone()[0]) for table in tables}


def find_tables(conn: Connection) -> list[str]:
    if "sqlite3" in type(conn.raw).__module__:
        names = [row[0] for row in conn.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            name for name in names if "pseudonym" in {row[1] for row in conn.raw.execute(f"PRAGMA table_info({name})")}
        ]
    query = "SELECT table_name FROM information_schema.columns WHERE column_name = 'pseudonym'"
    return [row[0] for row in conn.raw.execute(query)]


async def test_every_table_about_a_person_is_shown_and_erased(db: Database) -> None:
    for person in (SOMEONE, OTHER):
        await db.write(partial(fill, person=person))
    before = await db.read(partial(count_rows, person=SOMEONE))
    assert all(before.values()), "fill() must put a row into each of these tables"
    shown = await db.read(partial(count_holdings, person=SOMEONE))
    assert set(shown) == {holding.key for holding in HOLDINGS}
    await db.write(partial(erase_holdings, person=SOMEONE))
    assert not any((await db.read(partial(count_rows, person=SOMEONE))).values())
    assert await db.read(partial(count_rows, person=OTHER)) == before
    assert await db.read(partial(count_holdings, person=SOMEONE)) == {}
