"""ODK's functions of dates and times."""

import math

from bot.forms import dates
from bot.forms.values import Value, to_number, to_text


def format_date(value: Value, pattern: Value, locale: str) -> str:
    text = dates.date_from_days(value) if isinstance(value, float) and not math.isnan(value) else to_text(value)
    return dates.format_moment(text, to_text(pattern), locale)


def date(value: Value) -> str:
    if isinstance(value, float):
        return dates.date_from_days(math.floor(value)) if math.isfinite(value) else ""
    moment = dates.read_moment(to_text(value))
    return "" if moment is None else moment.date().isoformat()


def date_time(value: Value) -> str:
    if isinstance(value, float):
        moment = dates.moment_from_days(value) if math.isfinite(value) else None
        return "" if moment is None else dates.write_moment(moment)
    text = to_text(value)
    return text if dates.read_moment(text) is not None else ""


def decimal_date_time(value: Value) -> float:
    return to_number(value)


def decimal_time(value: Value) -> float:
    return to_number(value) % 1
