"""A calendar of buttons: a day is pressed instead of typed. Its pages are months, counted from the year 0."""

from calendar import Calendar
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from bot.forms import Prompt
from bot.languages import RIGHT_TO_LEFT_MARK, Languages
from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.form_buttons import mark, step

MONTHS = 12
# What the calendar of Python, and so every date here, knows.
FIRST_PAGE, LAST_PAGE = MONTHS, MONTHS * 9999 + MONTHS - 1
NO_DAY = "·"
MONTHS_A_ROW = 3


def has_calendar(prompt: Prompt) -> bool:
    """Whether days or months are offered; a year is typed sooner than found."""
    return prompt.kind == "date" and "year" not in prompt.appearance.split()


def find_page(prompt: Prompt, today: date, page: int) -> int:
    """The month to show: the one asked for, that of the answer so far, or today's."""
    if not page:
        shown = date.fromisoformat(prompt.value) if prompt.value else today
        page = shown.year * MONTHS + shown.month - 1
    return min(max(page, FIRST_PAGE), LAST_PAGE)


def list_days(prompt: Prompt, page: int) -> list[str]:
    """What can be pressed there: the days of the month, or the months of its year by their first day."""
    first = _first_day(page)
    if _asks_month(prompt):
        return [first.replace(month=month).isoformat() for month in range(1, MONTHS + 1)]
    return [day.isoformat() for day in _days_from(first) if day.month == first.month]


def day_rows(languages: Languages, prompt: Prompt, locale: str, page: int, allowed: Collection[str]) -> Rows:
    """The rows in reading order; days that the question would not take are left blank."""
    if _asks_month(prompt):
        return (_head(languages, locale, page, MONTHS), *_month_rows(languages, prompt, locale, page, allowed))
    return (
        _head(languages, locale, page, 1),
        tuple(_blank(languages.weekday_name(locale, day)) for day in _week(languages, locale)),
        *_week_rows(languages, prompt, locale, page, allowed),
    )


def _head(languages: Languages, locale: str, page: int, turn: int) -> tuple[Button, ...]:
    """Where one is, between the ways to other months and years."""
    first = _first_day(page)
    turns = {"«": -MONTHS, "‹": -1, "": 0, "›": 1, "»": MONTHS} if turn == 1 else {"«": -MONTHS, "": 0, "»": MONTHS}
    name = languages.format_month(locale, first) if turn == 1 else str(first.year)
    turned = RIGHT_TO_LEFT_MARK if languages.is_rtl(locale) else ""
    return tuple(
        Button(turned + sign, step(locale, "page", str(page + months))) if sign else _blank(name)
        for sign, months in turns.items()
        if FIRST_PAGE <= page + months <= LAST_PAGE
    )


def _week_rows(
    languages: Languages, prompt: Prompt, locale: str, page: int, allowed: Collection[str]
) -> Iterator[tuple[Button, ...]]:
    first = _first_day(page)
    weeks = Calendar(_week(languages, locale)[0]).monthdayscalendar(first.year, first.month)
    for week in weeks:
        days = [first.replace(day=number).isoformat() if number else "" for number in week]
        yield tuple(_button(prompt, locale, day, str(int(day[-2:] or 0)), allowed) for day in days)


def _month_rows(
    languages: Languages, prompt: Prompt, locale: str, page: int, allowed: Collection[str]
) -> Iterator[tuple[Button, ...]]:
    months = list_days(prompt, page)
    buttons = [
        _button(prompt, locale, day, languages.month_name(locale, date.fromisoformat(day).month), allowed)
        for day in months
    ]
    for start in range(0, MONTHS, MONTHS_A_ROW):
        yield tuple(buttons[start : start + MONTHS_A_ROW])


def _button(prompt: Prompt, locale: str, day: str, label: str, allowed: Collection[str]) -> Button:
    if day not in allowed:
        return _blank(NO_DAY)
    sign = "✅ " if day == prompt.value else ""
    # A month is answered as one is typed.
    return Button(sign + label, step(locale, "pick", mark(prompt.ref), day[:7] if _asks_month(prompt) else day))


def _blank(label: str) -> Button:
    return Button(label, action(Verb.NOTED))


def _week(languages: Languages, locale: str) -> list[int]:
    """The days of the week, Monday being 0, from the one it begins with."""
    first = languages.first_weekday(locale)
    return [(first + number) % 7 for number in range(7)]


def _asks_month(prompt: Prompt) -> bool:
    return "month-year" in prompt.appearance.split()


def _first_day(page: int) -> date:
    return date(page // MONTHS, page % MONTHS + 1, 1)


def _days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(31) if first <= date.max - timedelta(days=number))
