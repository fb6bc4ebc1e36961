"""Days and times as ODK writes them: ISO 8601, and numbers of days since 1970 in calculations."""

import math
import re
from datetime import date, datetime, time, timedelta

from babel import dates

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - days are counted on the person's own clock
_DAY = timedelta(days=1)
# ODK's letters for names, as CLDR writes them.
_NAMES = {"b": "LLL", "B": "LLLL", "a": "EEE", "A": "EEEE"}
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:T(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(?P<zone>Z|[+-]\d{1,2}(?::?\d{2})?)?"
)
_TIME = re.compile(r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<zone>Z|[+-]\d{1,2}(?::?\d{2})?)?")


def read_moment(text: str) -> datetime | None:
    """A date or date and time in ISO 8601, on the clock it was written with; None for anything else."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date(*map(int, found["day"].split("-")))
        return datetime.combine(day, _read_clock(found["time"] or "0:00"))
    except ValueError:
        return None


def count_days(text: str) -> float | None:
    """Days since 1970, with the part of the day for a time; None for what is no date."""
    moment = read_moment(text)
    if moment is not None:
        return _shorten((moment - EPOCH) / _DAY)
    found = _TIME.fullmatch(text.strip())
    try:
        return None if found is None else count_time(_read_clock(found["time"]))
    except ValueError:
        return None


def count_time(clock: time) -> float:
    """The part of the day that has passed."""
    return _shorten(timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second) / _DAY)


def date_from_days(days: float) -> str:
    """The day that many days after the first of 1970, as `2027-03-14`; empty for what is no day."""
    moment = moment_from_days(days)
    return "" if moment is None else moment.date().isoformat()


def moment_from_days(days: float) -> datetime | None:
    try:
        return EPOCH + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def write_moment(moment: datetime) -> str:
    """`2027-03-14T09:30:00.000+03:00`, as ODK does."""
    return moment.isoformat(timespec="milliseconds")


def format_moment(text: str, pattern: str, locale: str) -> str:
    """A date in the words of a locale, by ODK's own letters (`%e %b %Y`); empty for what is no date."""
    moment = read_moment(text)
    if moment is None:
        days = count_days(text)
        moment = None if days is None else moment_from_days(days)
    if moment is None:
        return ""
    found = moment
    return re.sub("%(.)", lambda letter: _write_part(found, letter[1], locale), pattern)


def _write_part(moment: datetime, letter: str, locale: str) -> str:
    if letter in _NAMES:
        pattern = _NAMES[letter]
        return str(dates.format_datetime(moment, pattern, locale=locale))
    parts = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
    }
    return parts.get(letter, letter)


def _read_clock(text: str) -> time:
    hour, minute, *second = text.split(":")
    seconds = float(second[0]) if second else 0.0
    return time(int(hour), int(minute), int(seconds), int(seconds % 1 * 1_000_000))


def _shorten(days: float) -> float:
    """Microseconds of a day are enough, and whole days stay whole."""
    return round(days, 10) if not math.isnan(days) else days
