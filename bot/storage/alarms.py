"""What is to be said to a person later: a moment, what it is about, and where to say it."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to be said once, at `due_at`.

    `id` stands for the person, the kind, the subject and which of several it is, so that setting it again moves it;
    `subject` is what it is about (an entry's id), `body` is sealed and holds where to say it and in which language.
    """

    id: bytes
    pseudonym: bytes
    kind: str
    subject: str
    body: bytes
    due_at: datetime


def set_alarm(conn: Connection, alarm: Alarm) -> None:
    conn.sql.set_alarm(
        id=alarm.id,
        pseudonym=alarm.pseudonym,
        kind=alarm.kind,
        subject=alarm.subject,
        body=alarm.body,
        due_at=to_ms(alarm.due_at),
    )


def find_due(conn: Connection, now: datetime, most: int) -> list[Alarm]:
    """Alarms whose moment has come, also those that came while nobody was there; at most `most`."""
    return [_to_alarm(row) for row in conn.sql.find_due_alarms(now=to_ms(now), most=most)]


def find_next_due(conn: Connection) -> datetime | None:
    """When the next alarm is due."""
    due_at = conn.sql.find_next_due()
    return None if due_at is None else from_ms(due_at)


def find_of(conn: Connection, pseudonym: bytes) -> list[Alarm]:
    """A person's alarms, the next first."""
    return [_to_alarm(row) for row in conn.sql.find_alarms_of(pseudonym=pseudonym)]


def find_about(conn: Connection, kind: str, subject: str) -> list[Alarm]:
    """Everybody's alarms of a kind about one thing."""
    return [_to_alarm(row) for row in conn.sql.find_alarms_about(kind=kind, subject=subject)]


def drop_alarm(conn: Connection, alarm_id: bytes, pseudonym: bytes) -> bool:
    """Take an alarm back; False when it had rung or was never set by this person."""
    return bool(conn.sql.drop_alarm(id=alarm_id, pseudonym=pseudonym))


def drop_about(conn: Connection, pseudonym: bytes, kind: str, subject: str) -> int:
    """Take back all of a person's alarms of a kind about one thing; how many there were."""
    return int(conn.sql.drop_alarms_about(pseudonym=pseudonym, kind=kind, subject=subject))


def drop_of(conn: Connection, pseudonym: bytes) -> int:
    """Take back all of a person's alarms; how many there were."""
    return int(conn.sql.drop_alarms_of(pseudonym=pseudonym))


def _to_alarm(row: tuple[bytes, bytes, str, str, bytes, int]) -> Alarm:
    alarm_id, pseudonym, kind, subject, body, due_ms = row
    return Alarm(bytes(alarm_id), bytes(pseudonym), kind, subject, bytes(body), from_ms(due_ms))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_alarms(pseudonym=pseudonym))
