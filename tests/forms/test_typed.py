"""Numbers, days, times and places as people type them."""

from datetime import date, time

import pytest

from bot.forms.incoming import Located
from bot.forms.places import read_place
from bot.forms.typed_days import NoSuchDay, read_clock, read_day, read_day_and_clock
from bot.forms.typed_numbers import read_number

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("25", "en", "25"),
        ("٢٥", "ar", "25"),
        ("۲۵", "ar", "25"),
        ("25 years", "en", "25"),
        ("عمري ٢٥ سنة", "ar", "25"),
        ("about 30.", "en", "30"),
        ("+7", "en", "7"),
        ("−4", "en", "-4"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("1 234 567", "fr", "1234567"),
        ("١٬٢٣٤٫٥", "ar", "1234.5"),
        ("1.234.567", "fr", "1234567"),
        ("1,234.5", "en", "1234.5"),
        ("12,5", "en", "12.5"),
        ("50%", "en", "50"),
        ("", "en", None),
        ("two", "en", None),
        ("2 or 3", "en", None),
        ("1e5", "en", None),
        ("25ans", "fr", "25"),
        ("my phone is 5 years old and red", "en", None),
        ("<b>5</b>", "en", None),
        ("9" * 20, "en", None),
    ],
)
def test_numbers(text: str, locale: str, number: str | None) -> None:
    assert read_number(text, locale) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/3/2027", date(2027, 3, 14)),
        ("14-03-2027", date(2027, 3, 14)),
        ("14 3 2027", date(2027, 3, 14)),
        ("14.3.27", date(2027, 3, 14)),
        ("14/3/90", date(1990, 3, 14)),
        ("2027-03-14", date(2027, 3, 14)),
        ("2027/3/14", date(2027, 3, 14)),
        ("3/14/2027", date(2027, 3, 14)),
        ("٢٠٢٧/٣/١٤", date(2027, 3, 14)),
        ("14 March 2027", date(2027, 3, 14)),
        ("March 14, 2027", date(2027, 3, 14)),
        ("14th of March 2027", date(2027, 3, 14)),
        ("14 mars 2027", date(2027, 3, 14)),
        ("le 1er août 2027", date(2027, 8, 1)),
        ("14 févr. 2027", date(2027, 2, 14)),
        ("14 شباط 2027", date(2027, 2, 14)),
        ("14 فبراير 2027", date(2027, 2, 14)),
        ("١٤ شباط/فبراير ٢٠٢٧", date(2027, 2, 14)),
        ("14 جانفي 2027", date(2027, 1, 14)),
        ("14 كانون الثاني 2027", date(2027, 1, 14)),
        ("today", TODAY),
        ("hier", date(2026, 11, 19)),
        ("غداً", date(2026, 11, 21)),
        ("soon", None),
        ("14 March", None),
        ("2027", None),
        ("14 March 2027 or later", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["31/2/2027", "30 فبراير 2027", "29/2/2027", "0/1/2027", "2027-13-01", "45 mars 2027"])
def test_days_there_are_not(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(text, TODAY)


def test_months_and_years() -> None:
    assert read_day("03/2027", TODAY, parts=2) == date(2027, 3, 1)
    assert read_day("آذار ٢٠٢٧", TODAY, parts=2) == date(2027, 3, 1)
    assert read_day("2027", TODAY, parts=1) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("15:30", time(15, 30)),
        ("٣:٠٥", time(3, 5)),
        ("3 pm", time(15)),
        ("12 am", time(0)),
        ("12:15 pm", time(12, 15)),
        ("15h", time(15)),
        ("15 h 05", None),
        ("15h05", time(15, 5)),
        ("9", time(9)),
        ("٣ مساءً", time(15)),
        ("٩ صباحا", time(9)),
        ("late", None),
    ],
)
def test_times(text: str, clock: time | None) -> None:
    assert read_clock(text) == clock


def test_a_time_there_is_not() -> None:
    with pytest.raises(NoSuchDay):
        read_clock("25:00")


@pytest.mark.parametrize(
    "text",
    ["14/3/2027 15:30", "15:30 14/3/2027", "14 March 2027 at 3:30 pm", "14 mars 2027 à 15h30", "2027-03-14T15:30"],
)
def test_days_with_times(text: str) -> None:
    assert read_day_and_clock(text, TODAY) == (date(2027, 3, 14), time(15, 30))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("33.8938, 35.5018", Located(33.8938, 35.5018)),
        ("٣٣٫٨٩ ٣٥٫٥٠", Located(33.89, 35.50)),
        ("(-4.5; 12)", Located(-4.5, 12)),
        ("https://maps.example/@33.89,35.50,15z", Located(33.89, 35.5)),
        ("Beirut", None),
        ("33.8938", None),
    ],
)
def test_places(text: str, place: Located | None) -> None:
    assert read_place(text) == place
