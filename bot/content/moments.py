"""Moments as staff write them: known to the minute, the day, the month, or only the year."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, StringConstraints

from bot.content.schema import as_written

MOMENT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?")
Written = Annotated[str, StringConstraints(pattern=rf"^{MOMENT.pattern}$"), BeforeValidator(as_written)]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a time zone (IANA name, used only where there is a time)."""

    text: str
    zone: str = ""

    @property
    def has_day(self) -> bool:
        return len(self.text) >= len("2026-05-05")

    @property
    def has_time(self) -> bool:
        return "T" in self.text

    @property
    def first_day(self) -> date:
        """The first day it can be."""
        return date.fromisoformat((self.text[:10] + "-01-01")[:10])

    @property
    def last_day(self) -> date:
        """The last day it can be."""
        first = self.first_day
        if self.has_day:
            return first
        following = first.replace(year=first.year + 1, month=1) if self.text.count("-") == 0 else _next_month(first)
        return following - timedelta(days=1)

    @property
    def at(self) -> datetime:
        """The moment itself, with its zone; the beginning of the day (UTC) where no time is known."""
        if self.has_time:
            return datetime.fromisoformat(self.text).replace(tzinfo=ZoneInfo(self.zone))
        return datetime.combine(self.first_day, datetime.min.time(), UTC)


def is_zone(name: str) -> bool:
    return name in available_timezones()


def is_real(text: str) -> bool:
    """Whether the calendar has such a day and the clock such a time."""
    try:
        datetime.fromisoformat((text + "-01-01")[:10] + text[10:])
    except ValueError:
        return False
    return True


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
