"""The outbox: replies that are written but not yet known to be delivered. A settled reply leaves no trace."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """A reply to be sent; `body` is sealed. Numbers rise in the order replies were planned."""

    id: int
    body: bytes


def plan_reply(conn: Connection, body: bytes, planned_at: datetime) -> int:
    """Keep a sealed reply until it is settled; its number."""
    return int(conn.sql.plan_reply(body=body, planned_at=to_ms(planned_at)))


def find_replies(conn: Connection) -> list[PlannedReply]:
    return [PlannedReply(number, bytes(body)) for number, body in conn.sql.find_replies()]


def settle_reply(conn: Connection, number: int) -> bool:
    """False where it was settled before."""
    return bool(conn.sql.settle_reply(id=number))


def count_replies(conn: Connection) -> int:
    return int(conn.sql.count_outbox())
