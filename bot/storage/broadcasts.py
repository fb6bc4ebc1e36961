"""Announcements, and each run of one to an audience."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


class State(StrEnum):
    """Where a broadcast stands."""

    SCHEDULED = "scheduled"
    FILLING = "filling"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class Again(IntEnum):
    """What becomes of deliveries that nobody can know to have arrived: left for a person, sent once more, or were."""

    LEAVE = 0
    SEND_AGAIN = 1
    SENT_AGAIN = 2


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One run: of which announcement, to whom (JSON), and how far it is.

    `corrects` names the broadcast whose delivered messages this one changes; `filled_to` the last person a delivery was
    planned for; `reporter` (sealed) where its progress is shown; `planned` and `settled` count deliveries as they go; `report` what became of deliveries since forgotten.
    """

    number: int
    announcement: str
    corrects: int | None
    state: State
    audience: str
    again: Again
    holder: str
    reporter: bytes | None
    start_at: datetime
    filled_to: bytes
    is_filled: bool
    planned: int
    settled: int
    began_at: datetime | None
    ended_at: datetime | None
    report: str | None


def keep_announcement(conn: Connection, announcement_id: str, holder: str, body: str, made_at: datetime) -> None:
    """Keep an announcement, or change it."""
    conn.sql.keep_announcement(id=announcement_id, holder=holder, body=body, made_at=to_ms(made_at))


def find_announcement(conn: Connection, announcement_id: str) -> str | None:
    body = conn.sql.find_announcement(id=announcement_id)
    return None if body is None else str(body)


def forget_drafts(conn: Connection, before: datetime) -> None:
    """Forget announcements that were begun and never sent."""
    conn.sql.forget_announcements(before=to_ms(before))


def forget_draft(conn: Connection, announcement_id: str) -> None:
    """Forget an announcement, unless it was sent."""
    conn.sql.forget_draft(id=announcement_id)


def plan_broadcast(  # noqa: PLR0913 - the columns of a row
    conn: Connection,
    announcement: str,
    audience: str,
    start_at: datetime,
    holder: str,
    reporter: bytes | None = None,
    again: Again = Again.LEAVE,
    corrects: int | None = None,
) -> int:
    """Set a broadcast down to begin at a moment; its number."""
    return int(
        conn.sql.plan_broadcast(
            announcement=announcement,
            corrects=corrects,
            state=State.SCHEDULED,
            audience=audience,
            again=int(again),
            holder=holder,
            reporter=reporter,
            start_at=to_ms(start_at),
        )
    )


def find_broadcast(conn: Connection, number: int) -> Broadcast | None:
    row = conn.sql.find_broadcast(number=number)
    return None if row is None else _to_broadcast(row)


def find_by_announcement(conn: Connection, announcement_id: str) -> Broadcast | None:
    """The run of an announcement: each has at most one."""
    number = conn.sql.find_broadcast_of(announcement=announcement_id)
    return None if number is None else find_broadcast(conn, int(number))


def find_broadcasts(conn: Connection) -> list[Broadcast]:
    """All of them, the latest first."""
    return [_to_broadcast(row) for row in conn.sql.find_broadcasts()]


def find_open(conn: Connection, now: datetime) -> list[Broadcast]:
    """Those that have something to do now, the oldest first."""
    return [_to_broadcast(row) for row in conn.sql.find_open_broadcasts(now=to_ms(now))]


def find_recent(conn: Connection, since: datetime) -> list[int]:
    """The numbers of those that began since then, corrections left out."""
    return [int(number) for (number,) in conn.sql.find_recent_broadcasts(since=to_ms(since))]


def set_state(conn: Connection, number: int, before: State, after: State) -> bool:
    """False where it no longer stood where it was thought to stand."""
    return bool(conn.sql.set_broadcast_state(number=number, before=before, after=after))


def begin(conn: Connection, number: int, now: datetime) -> None:
    conn.sql.begin_broadcast(number=number, now=to_ms(now))


def end(conn: Connection, number: int, now: datetime) -> None:
    conn.sql.end_broadcast(number=number, now=to_ms(now))


def set_filled_to(conn: Connection, number: int, filled_to: bytes, *, is_filled: bool) -> None:
    conn.sql.set_filled_to(number=number, filled_to=filled_to, is_filled=int(is_filled))


def move(conn: Connection, number: int, start_at: datetime) -> bool:
    """Let it begin at another moment; False where it has begun."""
    return bool(conn.sql.move_broadcast(number=number, start_at=to_ms(start_at)))


def set_again(conn: Connection, number: int, again: Again) -> None:
    conn.sql.set_again(number=number, again=int(again))


def count_planned(conn: Connection, number: int, count: int) -> None:
    conn.sql.count_planned(number=number, count=count)


def count_settled(conn: Connection, number: int, count: int) -> None:
    conn.sql.count_settled(number=number, count=count)


def drop_reporter(conn: Connection, number: int) -> None:
    """Its progress is shown no more."""
    conn.sql.drop_reporter(number=number)


def keep_report(conn: Connection, number: int, report: str) -> None:
    conn.sql.keep_report(number=number, report=report)


def _to_broadcast(row: tuple[Any, ...]) -> Broadcast:
    number, announcement, corrects, state, audience, again, holder, reporter, start, filled, is_filled, *rest = row
    planned, settled, began, ended, report = rest
    return Broadcast(
        number,
        announcement,
        corrects,
        State(state),
        audience,
        Again(again),
        holder,
        None if reporter is None else bytes(reporter),
        from_ms(start),
        b"" if filled is None else bytes(filled),
        bool(is_filled),
        planned,
        settled,
        None if began is None else from_ms(began),
        None if ended is None else from_ms(ended),
        report,
    )
