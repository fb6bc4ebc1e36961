"""How often what happened, counted by day and language, without anybody or any text."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from bot.storage.database import Connection


class What(StrEnum):
    """What is counted: what became of a question, an entry chosen from those offered, a form begun or sent."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    UNKNOWN = "unknown"
    CHOSEN = "chosen"
    BEGUN = "begun"
    SENT = "sent"


def count_once(conn: Connection, day: date, locale: str, what: What, detail: str) -> None:
    conn.sql.count_tally(day=day.isoformat(), locale=locale, what=what.value, detail=detail)


def sum_tally(conn: Connection, since: date) -> Mapping[tuple[str, What, str], int]:
    """How often since a day, by locale, what and detail."""
    rows = conn.sql.sum_tally(since=since.isoformat())
    return {(locale, What(what), detail): int(times) for locale, what, detail, times in rows}
