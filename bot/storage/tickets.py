"""Questions to the people behind the bot: where each stands, and which messages of their group belong to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


class State(StrEnum):
    """Where a ticket stands. Taken: somebody said they would answer."""

    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One exchange of a person with the team.

    `body` (what the person wrote) and `address` (where to write to them) are sealed, and gone once it is closed.
    `taker` is the random name of a role's holder, `place` the group's hash, `thread` its topic (0: none yet, while it
    `awaits_thread`; or none at all). `waits_since` is empty while the person does not wait.
    """

    id: str
    pseudonym: bytes
    locale: str
    state: State
    body: bytes | None
    address: bytes | None
    taker: str
    place: str
    thread: int
    awaits_thread: bool
    asked_at: datetime
    waits_since: datetime | None
    reminded: bool = False
    answered_at: datetime | None = None
    closed_at: datetime | None = None


def keep_ticket(conn: Connection, one: Ticket) -> None:
    conn.sql.keep_ticket(
        id=one.id,
        pseudonym=one.pseudonym,
        locale=one.locale,
        state=one.state,
        body=one.body,
        address=one.address,
        taker=one.taker,
        place=one.place,
        thread=one.thread,
        awaits_thread=int(one.awaits_thread),
        asked_at=to_ms(one.asked_at),
        waits_since=_to_ms(one.waits_since),
    )


def lock_ticket(conn: Connection, ticket_id: str, now: datetime) -> Ticket | None:
    """The ticket, until the end of the transaction nobody else's; None where it is closed or gone."""
    return find_ticket(conn, ticket_id) if conn.sql.lock_ticket(id=ticket_id, now=to_ms(now)) else None


def change_ticket(conn: Connection, one: Ticket) -> None:
    """Write what can change of a ticket that was locked before."""
    conn.sql.change_ticket(
        id=one.id,
        state=one.state,
        body=one.body,
        address=one.address,
        taker=one.taker,
        place=one.place,
        thread=one.thread,
        awaits_thread=int(one.awaits_thread),
        waits_since=_to_ms(one.waits_since),
        reminded=int(one.reminded),
        answered_at=_to_ms(one.answered_at),
        closed_at=_to_ms(one.closed_at),
    )


def find_ticket(conn: Connection, ticket_id: str) -> Ticket | None:
    return _to_ticket(conn.sql.find_ticket(id=ticket_id))


def find_by_message(conn: Connection, place: str, message_id: int) -> Ticket | None:
    """The ticket that a message of the bot belongs to."""
    return _to_ticket(conn.sql.find_ticket_by_message(place=place, message_id=message_id))


def find_by_thread(conn: Connection, place: str, thread: int) -> Ticket | None:
    """The ticket that has a topic of its own."""
    return _to_ticket(conn.sql.find_ticket_by_thread(place=place, thread=thread)) if thread else None


def find_open(conn: Connection) -> list[Ticket]:
    """All that are not closed, the oldest first."""
    return _to_tickets(conn.sql.find_open_tickets())


def find_open_of(conn: Connection, pseudonym: bytes) -> list[Ticket]:
    return _to_tickets(conn.sql.find_open_tickets_of(pseudonym=pseudonym))


def find_late(conn: Connection, before: datetime) -> list[Ticket]:
    """Those whose person has waited since before that moment, and of which nobody was reminded."""
    return _to_tickets(conn.sql.find_late_tickets(before=to_ms(before)))


def find_untouched(conn: Connection, before: datetime) -> list[Ticket]:
    """Those not closed with which nothing was done since."""
    return _to_tickets(conn.sql.find_untouched_tickets(before=to_ms(before)))


def find_answer_times(conn: Connection, after: datetime) -> list[timedelta]:
    """How long it took until somebody answered, for those answered first after that moment."""
    return [timedelta(milliseconds=int(took)) for (took,) in conn.sql.find_answer_times(after=to_ms(after))]


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_tickets(pseudonym=pseudonym))


def count_since(conn: Connection, pseudonym: bytes, after: datetime) -> int:
    """How many a person opened after that moment."""
    return int(conn.sql.count_tickets_since(pseudonym=pseudonym, after=to_ms(after)))


def keep_message(conn: Connection, place: str, message_id: int, ticket_id: str) -> None:
    """A message of the bot, in a place by its hash, belongs to a ticket."""
    conn.sql.keep_ticket_message(place=place, message_id=message_id, ticket=ticket_id)


def drop_of(conn: Connection, pseudonym: bytes) -> int:
    dropped = int(conn.sql.drop_tickets_of(pseudonym=pseudonym))
    if dropped:
        conn.sql.forget_ticket_messages()
    return dropped


def forget_before(conn: Connection, closed_before: datetime) -> None:
    """Forget what was closed before that moment."""
    conn.sql.forget_closed_tickets(before=to_ms(closed_before))
    conn.sql.forget_ticket_messages()


def _to_tickets(rows: Any) -> list[Ticket]:  # noqa: ANN401 - either driver's rows
    return [ticket for row in rows if (ticket := _to_ticket(row))]


def _to_ticket(row: Any) -> Ticket | None:  # noqa: ANN401 - either driver's row
    if row is None:
        return None
    ticket_id, pseudonym, locale, state, body, address, taker, place, thread, awaits, asked, waits, reminded, *ends = (
        row
    )
    return Ticket(
        ticket_id,
        bytes(pseudonym),
        locale,
        State(state),
        None if body is None else bytes(body),
        None if address is None else bytes(address),
        taker,
        place,
        thread,
        bool(awaits),
        from_ms(asked),
        _from_ms(waits),
        bool(reminded),
        *(_from_ms(end) for end in ends),
    )


def _to_ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def _from_ms(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
