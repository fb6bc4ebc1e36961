"""What the last exchange with a person was about, for a short while."""

from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


def keep_context(conn: Connection, pseudonym: bytes, body: bytes, expires_at: datetime) -> None:
    """Keep a context (sealed), in the place of an earlier one."""
    conn.sql.keep_context(pseudonym=pseudonym, body=body, expires_at=to_ms(expires_at))


def find_context(conn: Connection, pseudonym: bytes, now: datetime) -> bytes | None:
    """The context, if it has not expired."""
    body = conn.sql.find_context(pseudonym=pseudonym, now=to_ms(now))
    return None if body is None else bytes(body)


def drop_context(conn: Connection, pseudonym: bytes) -> bool:
    return bool(conn.sql.drop_context(pseudonym=pseudonym))


def forget_expired(conn: Connection, now: datetime) -> None:
    conn.sql.forget_contexts(now=to_ms(now))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_contexts(pseudonym=pseudonym))
