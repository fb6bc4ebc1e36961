"""People who chose a language: a pseudonym and that choice, nothing else."""

from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


def choose_locale(conn: Connection, pseudonym: bytes, locale: str, chosen_at: datetime) -> None:
    conn.sql.choose_locale(pseudonym=pseudonym, locale=locale, chosen_at=to_ms(chosen_at))


def find_locale(conn: Connection, pseudonym: bytes) -> str | None:
    """The language the person chose, or None where nothing is stored about them."""
    locale = conn.sql.find_locale(pseudonym=pseudonym)
    return None if locale is None else str(locale)


def erase_person(conn: Connection, pseudonym: bytes) -> bool:
    """Erase all that is stored about a person; False when there was nothing."""
    return bool(conn.sql.erase_person(pseudonym=pseudonym))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_people(pseudonym=pseudonym))
