"""Tickets, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.storage import tickets
from bot.storage.database import Database
from bot.storage.tickets import State, Ticket

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE = Ticket("ONE", b"someone", "ar", State.OPEN, b"text", b"address", "", "group", 0, True, NOW, NOW)
TWO = replace(ONE, id="TWO", pseudonym=b"another", asked_at=NOW + HOUR, waits_since=NOW + HOUR, awaits_thread=False)


async def keep(db: Database, *kept: Ticket) -> None:
    for one in kept:
        await db.write(partial(tickets.keep_ticket, one=one))


async def test_a_ticket_is_locked_changed_and_found(db: Database) -> None:
    await keep(db, ONE, TWO)
    assert await db.write(partial(tickets.lock_ticket, ticket_id="ONE", now=NOW)) == ONE
    taken = replace(ONE, state=State.TAKEN, taker="holder", thread=7, awaits_thread=False)
    await db.write(partial(tickets.change_ticket, one=taken))
    assert await db.read(partial(tickets.find_ticket, ticket_id="ONE")) == taken
    assert await db.read(partial(tickets.find_by_thread, place="group", thread=7)) == taken
    assert await db.read(partial(tickets.find_by_thread, place="group", thread=0)) is None
    assert await db.read(partial(tickets.find_open_of, pseudonym=b"another")) == [TWO]
    assert [one.id for one in await db.read(tickets.find_open)] == ["ONE", "TWO"]
    assert await db.read(partial(tickets.find_ticket, ticket_id="NONE")) is None


async def test_a_message_leads_to_its_ticket_in_its_own_place(db: Database) -> None:
    await keep(db, ONE, TWO)
    for ticket_id in ("ONE", "TWO", "TWO"):
        await db.write(partial(tickets.keep_message, place="group", message_id=5, ticket_id=ticket_id))
    assert await db.read(partial(tickets.find_by_message, place="group", message_id=5)) == TWO
    assert await db.read(partial(tickets.find_by_message, place="elsewhere", message_id=5)) is None
    assert await db.write(partial(tickets.drop_of, pseudonym=b"another")) == 1
    assert await db.read(partial(tickets.find_by_message, place="group", message_id=5)) is None


async def test_a_closed_ticket_can_not_be_locked_and_is_forgotten(db: Database) -> None:
    await keep(db, ONE)
    closed = replace(ONE, state=State.CLOSED, body=None, address=None, waits_since=None, closed_at=NOW)
    await db.write(partial(tickets.change_ticket, one=closed))
    assert await db.write(partial(tickets.lock_ticket, ticket_id="ONE", now=NOW)) is None
    assert await db.read(tickets.find_open) == []
    await db.write(partial(tickets.forget_before, closed_before=NOW))
    assert await db.read(partial(tickets.count_of, pseudonym=b"someone")) == 1
    await db.write(partial(tickets.forget_before, closed_before=NOW + HOUR))
    assert await db.read(partial(tickets.count_of, pseudonym=b"someone")) == 0


async def test_who_waits_too_long_is_found_once(db: Database) -> None:
    await keep(db, ONE, TWO)
    assert [one.id for one in await db.read(partial(tickets.find_late, before=NOW))] == ["ONE"]
    await db.write(partial(tickets.change_ticket, one=replace(ONE, reminded=True)))
    await db.write(partial(tickets.change_ticket, one=replace(TWO, waits_since=None)))
    assert await db.read(partial(tickets.find_late, before=NOW + DAY)) == []
    await db.write(partial(tickets.lock_ticket, ticket_id="TWO", now=NOW + DAY))
    assert [one.id for one in await db.read(partial(tickets.find_untouched, before=NOW + DAY))] == ["ONE"]


async def test_how_long_answers_took_and_how_many_somebody_asked(db: Database) -> None:
    await keep(db, ONE, TWO)
    for one, took in ((ONE, HOUR), (TWO, 3 * HOUR)):
        answered = replace(one, state=State.ANSWERED, answered_at=one.asked_at + took)
        await db.write(partial(tickets.change_ticket, one=answered))
    assert sorted(await db.read(partial(tickets.find_answer_times, after=NOW))) == [HOUR, 3 * HOUR]
    assert await db.read(partial(tickets.find_answer_times, after=NOW + 2 * HOUR)) == [3 * HOUR]
    assert await db.read(partial(tickets.count_since, pseudonym=b"someone", after=NOW - HOUR)) == 1
    assert await db.read(partial(tickets.count_since, pseudonym=b"someone", after=NOW)) == 0
