"""The inbox: updates that were fetched, so that none is lost and none is handled twice."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update not yet handled; `body` is sealed, `tries` counts the failures so far."""

    update_id: int
    body: bytes
    tries: int


@dataclass(frozen=True, slots=True)
class UpdateAside:
    """An update that could not be handled; `problem` names the kind of error, never what was written."""

    update_id: int
    problem: str
    received_at: datetime


def record_update(conn: Connection, update_id: int, body: bytes, received_at: datetime) -> bool:
    """Put an update into the inbox; False when it was there already."""
    return bool(conn.sql.record_update(update_id=update_id, body=body, received_at=to_ms(received_at)))


def find_waiting(conn: Connection) -> list[WaitingUpdate]:
    return [WaitingUpdate(number, bytes(body), tries) for number, body, tries in conn.sql.find_waiting_updates()]


def mark_done(conn: Connection, update_id: int) -> bool:
    """Settle an update and erase its text; False when it was settled before."""
    return bool(conn.sql.mark_update_done(update_id=update_id))


def count_try(conn: Connection, update_id: int, problem: str) -> None:
    conn.sql.count_try(update_id=update_id, problem=problem)


def put_aside(conn: Connection, update_id: int, problem: str | None = None) -> None:
    """Keep an update that cannot be handled, out of the way of the others; None keeps the problem noted last."""
    conn.sql.put_update_aside(update_id=update_id, problem=problem)


def find_aside(conn: Connection) -> list[UpdateAside]:
    return [UpdateAside(number, problem, from_ms(at)) for number, problem, at in conn.sql.find_updates_aside()]


def reopen_aside(conn: Connection) -> int:
    """Let every update put aside be tried again; how many there were."""
    return int(conn.sql.reopen_updates_aside())


def forget_before(conn: Connection, before: datetime, aside_before: datetime) -> None:
    """Forget what was settled and received before `before`, and anything at all received before `aside_before`."""
    conn.sql.forget_updates(before=to_ms(before), aside_before=to_ms(aside_before))


def count_by_state(conn: Connection) -> dict[str, int]:
    return {state: int(count) for state, count in conn.sql.count_inbox()}
