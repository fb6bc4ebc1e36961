"""What people want to be told of: a pseudonym and a subject.

A subject is `events` (anything newly announced), `event/<id>` (a change of one), `coming/<id>` (somebody means to
come, and is told of changes, too), `remind/<id>` (asked to be reminded, likewise), `topic/<id>` or `question/<id>`
(somebody waits for an answer to a kept question).
"""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


def keep_follow(conn: Connection, pseudonym: bytes, subject: str, since_at: datetime) -> None:
    conn.sql.keep_follow(pseudonym=pseudonym, subject=subject, since_at=to_ms(since_at))


def drop_follow(conn: Connection, pseudonym: bytes, subject: str) -> bool:
    return bool(conn.sql.drop_follow(pseudonym=pseudonym, subject=subject))


def find_follows(conn: Connection, pseudonym: bytes) -> list[str]:
    """A person's subjects, the oldest first."""
    return [subject for (subject,) in conn.sql.find_follows(pseudonym=pseudonym)]


def count_followers(conn: Connection, subject: str) -> int:
    return int(conn.sql.count_followers(subject=subject))


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who agreed to be written to: where (sealed), and in which language."""

    pseudonym: bytes
    address: bytes
    locale: str


def find_followers(conn: Connection, subject: str) -> list[Follower]:
    return [
        Follower(bytes(pseudonym), bytes(address), locale)
        for pseudonym, address, locale in conn.sql.find_followers(subject=subject)
    ]


def drop_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.drop_follows_of(pseudonym=pseudonym))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_follows(pseudonym=pseudonym))


def drop_followers(conn: Connection, subject: str) -> int:
    """Nobody is to be told of it any more."""
    return int(conn.sql.drop_followers(subject=subject))


def find_question_subjects(conn: Connection) -> list[str]:
    """The questions somebody waits for an answer to."""
    return [subject for (subject,) in conn.sql.find_question_subjects()]


def forget_question_follows(conn: Connection) -> None:
    """Nobody waits for an answer to a question that is no longer kept."""
    conn.sql.forget_question_follows()
