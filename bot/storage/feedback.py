"""How often answers were found useful or not, counted by day, without who said so."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from bot.storage.database import Connection


class Thumb(StrEnum):
    """What a person thought of an answer."""

    UP = "up"
    DOWN = "down"


def count_feedback(conn: Connection, entry: str, locale: str, thumb: Thumb, day: date) -> None:
    conn.sql.count_feedback(entry=entry, locale=locale, verdict=thumb.value, day=day.isoformat())


def sum_feedback(conn: Connection) -> Mapping[tuple[str, str, Thumb], int]:
    """How often, by entry, locale and thumb."""
    return {(entry, locale, Thumb(verdict)): int(times) for entry, locale, verdict, times in conn.sql.sum_feedback()}
