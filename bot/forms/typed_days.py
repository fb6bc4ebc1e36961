"""Days and times as people type them, in the languages of the region."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import lru_cache

from babel import dates

from bot.forms.plain import simplify

# Arabic has a name of each month for the Levant, Egypt, Tunisia and Algeria, Morocco.
_MONTH_LOCALES = ("en", "fr", "ar", "ar_LB", "ar_EG", "ar_TN", "ar_MA", "ar_MR")
_NEAR = {
    0: ("today", "aujourd'hui", "اليوم"),
    -1: ("yesterday", "hier", "أمس", "امبارح", "البارحة"),
    1: ("tomorrow", "demain", "غدا", "بكرة", "بكرا"),
}
_NOW = ("now", "maintenant", "الآن")
_AFTERNOON = ("pm", "p.m.", "م", "مساء", "بعد الظهر")
_MORNING = ("am", "a.m.", "ص", "صباحا")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ere|eme|e)\b")
_NUMBERS = re.compile(r"\d+")
_SHORTEST_MONTH = 3
_CENTURY = 100
_CLOCK = re.compile(
    r"(?<![\d/.-])(?P<hour>\d{1,2})\s*(?:[:h٫.](?P<minute>\d{2})(?::(?P<second>\d{2}))?|h)?\s*"
    rf"(?P<half>{'|'.join(re.escape(simplify(one)) for one in (*_AFTERNOON, *_MORNING))})?(?![\w/-])"
)


class NoSuchDay(ValueError):
    """It is written as a day, but there is none like it: 31 February."""


def read_day(text: str, today: date, *, parts: int = 3) -> date | None:
    """The day meant, None where none is. Numbers are day, month, year, or year first.

    `parts` is 3 for a day, 2 for a month (its first day), 1 for a year. Raises `NoSuchDay`.
    """
    plain = simplify(text).strip(" .!")
    near = next((days for days, words in _NEAR.items() if plain in map(simplify, words)), None)
    if near is not None:
        return today + timedelta(days=near)
    plain, month = _take_month(_ORDINAL.sub(r"\1", plain))
    numbers = _NUMBERS.findall(plain)
    if len(numbers) != parts - (month is not None) or _has_words(plain):
        return None
    year, month_number, day = _arrange(numbers, month, parts)
    try:
        return date(_full_year(year, today), int(month_number), int(day))
    except ValueError as error:
        raise NoSuchDay from error


def read_clock(text: str) -> time | None:
    """A time of the day: `15:30`, `3 pm`, `15h30`, `٣ مساءً`. Raises `NoSuchDay` for 25:00."""
    found = _CLOCK.fullmatch(simplify(text).strip(" .!"))
    return None if found is None else _to_time(found)


def read_day_and_clock(text: str, today: date) -> tuple[date, time] | None:
    """A day with a time, in any order. Raises `NoSuchDay`."""
    plain = simplify(text.replace("T", " "))
    for found in _CLOCK.finditer(plain):
        if found["minute"] or found["half"] or found[0].rstrip().endswith("h"):
            rest = f"{plain[: found.start()]} {plain[found.end() :]}"
            rest = re.sub(r"\b(?:at|a|a l'|الساعه|الساعة|في)\s*$|^\s*(?:at|a)\b|,", " ", rest.strip())
            day = read_day(rest, today)
            if day is not None:
                return day, _to_time(found)
    return None


def is_now(text: str) -> bool:
    return simplify(text).strip(" .!") in map(simplify, _NOW)


def _to_time(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    half = found["half"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in map(simplify, _AFTERNOON) else 0)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as error:
        raise NoSuchDay from error


def _arrange(numbers: list[str], month: int | None, parts: int) -> tuple[str, str, str]:
    """Year, month, day."""
    if month is not None:
        numbers = [*numbers, str(month)] if parts == 2 else [numbers[0], str(month), numbers[1]]
    if parts == 1:
        return numbers[0], "1", "1"
    if parts == 2:
        year, other = sorted(numbers, key=len, reverse=True)
        return year, other, "1"
    first, middle, last = numbers
    if len(first) == 4:
        return first, middle, last
    # The month first is American, and clear only where the day cannot be a month.
    if month is None and int(middle) > 12 >= int(first):
        return last, first, middle
    return last, middle, first


def _full_year(year: str, today: date) -> int:
    """Two digits are a year from the last ninety to the next ten."""
    if len(year) > 2:
        return int(year)
    found = today.year - today.year % _CENTURY + int(year)
    return found if found <= today.year + 10 else found - _CENTURY


def _take_month(plain: str) -> tuple[str, int | None]:
    """The text with the name of a month taken out (both names of `آذار/مارس`), and its number."""
    found: int | None = None
    for name, number in _months().items():
        match = re.search(rf"(?<![^\W\d_]){re.escape(name)}\.?(?![^\W\d_])", plain)
        if match is not None and found in {None, number}:
            found = number
            plain = f"{plain[: match.start()]} {plain[match.end() :]}"
    return plain, found


def _has_words(plain: str) -> bool:
    """Whether more is said than a date has around it."""
    return any(
        word.isalpha() and word not in {"de", "of", "the", "le", "du", "من", "شهر"}
        for word in re.findall(r"\w+", plain)
    )


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """The numbers of the months by their names, the longest first."""
    names = {
        simplify(name).strip("."): number
        for locale in _MONTH_LOCALES
        for width in ("wide", "abbreviated")
        for number, name in dates.get_month_names(width, locale=locale).items()
    }
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))
