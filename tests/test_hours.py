"""When the people behind the bot are there."""

from datetime import UTC, datetime

import pytest

from bot.hours import Hours, read_hours


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-22T07:00", True),  # a Sunday, nine o'clock in Cairo
        ("2026-11-22T06:59", False),
        ("2026-11-26T14:59", True),  # a Thursday
        ("2026-11-26T15:00", False),
        ("2026-11-27T10:00", False),  # a Friday
        ("2026-11-28T08:30", True),  # a Saturday morning
        ("2026-11-28T10:00", False),
        ("2026-07-05T06:00", True),  # in summer Cairo is three hours ahead
    ],
)
def test_a_week_may_begin_on_any_day(at: str, is_open: bool) -> None:
    hours = read_hours("Sun-Thu 09:00-17:00, sat 10:00-12:00", "Africa/Cairo")
    assert hours.is_open(datetime.fromisoformat(at).replace(tzinfo=UTC)) is is_open


def test_where_none_are_told_every_hour_counts() -> None:
    assert read_hours(" ", "UTC").is_open(datetime(2026, 11, 27, 3, tzinfo=UTC))
    assert Hours().is_open(datetime(2026, 11, 27, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("always", "UTC", "“always” should look like"),
        ("Mon-Fri 9-17", "UTC", "should look like"),
        ("Mon-Fri 09:00-17:00, Foo 10:00-11:00", "UTC", "“Foo” is no day"),
        ("Mon 17:00-09:00", "UTC", "closes before it opens"),
        ("Mon 09:00-25:00", "UTC", "“25:00” is no time"),
        ("Mon 09:00-17:00", "Cairo", "no time zone “Cairo”"),
        ("Mon 09:00-17:00", "../etc/passwd", "no time zone"),
        ("Mon 09:00-17:00", "", "no time zone"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, zone: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_hours(text, zone)
