"""When the people behind the bot are there: `Sun-Thu 09:00-17:00, Sat 10:00-12:00` in some time zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OPENING = re.compile(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """From one day of the week to another (Monday is 0; a week may end on a Thursday), each day between two times."""

    first: int
    last: int
    opens: time
    closes: time

    def covers(self, at: datetime) -> bool:
        days = (self.last - self.first) % 7
        return (at.weekday() - self.first) % 7 <= days and self.opens <= at.time() < self.closes


@dataclass(frozen=True, slots=True)
class Hours:
    """Without openings it is not said when somebody is there, and every hour counts."""

    openings: Sequence[Opening] = ()
    zone: tzinfo = UTC

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return not self.openings or any(opening.covers(local) for opening in self.openings)


def read_hours(text: str, zone: str) -> Hours:
    """Raises ValueError that says what is wrong."""
    return Hours(read_openings(text), read_zone(zone))


def read_openings(text: str) -> tuple[Opening, ...]:
    """Raises ValueError that names the part that cannot be read and how it should look."""
    return tuple(_read_opening(part.strip()) for part in text.split(",") if part.strip())


def read_zone(name: str) -> ZoneInfo:
    """Raises ValueError where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone “{name}”; one is called like Africa/Cairo") from error


def _read_opening(part: str) -> Opening:
    found = _OPENING.fullmatch(part)
    if found is None:
        raise ValueError(f"“{part}” should look like Sun-Thu 09:00-17:00")
    first, last = (_read_day(name) for name in (found[1], found[2] or found[1]))
    opens, closes = (_read_time(clock) for clock in (found[3], found[4]))
    if opens >= closes:
        raise ValueError(f"“{part}” closes before it opens")
    return Opening(first, last, opens, closes)


def _read_day(name: str) -> int:
    if name.lower() not in DAYS:
        raise ValueError(f"“{name}” is no day; the days are {', '.join(day.capitalize() for day in DAYS)}")
    return DAYS.index(name.lower())


def _read_time(clock: str) -> time:
    hour, minute = (int(part) for part in clock.split(":"))
    try:
        return time(hour, minute)
    except ValueError as error:
        raise ValueError(f"“{clock}” is no time of a day") from error
