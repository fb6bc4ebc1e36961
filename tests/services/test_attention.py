"""Nights where people live, and the day of the digest."""

from datetime import UTC, datetime

import pytest

from bot.services.attention import Attention, find_zone

EVENING = datetime(2026, 12, 1, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "now", "wakes"),
    [
        ("TN", EVENING, datetime(2026, 12, 2, 7, tzinfo=UTC)),
        ("MR", EVENING, None),
        ("AE", EVENING, datetime(2026, 12, 2, 4, tzinfo=UTC)),
        ("", EVENING, datetime(2026, 12, 2, 6, tzinfo=UTC)),
        ("AE", datetime(2026, 12, 2, 3, 59, tzinfo=UTC), datetime(2026, 12, 2, 4, tzinfo=UTC)),
        ("AE", datetime(2026, 12, 2, 4, 0, tzinfo=UTC), None),
        # Egypt puts its clocks forward on the last Friday of April: the morning comes an hour earlier.
        ("EG", datetime(2027, 4, 29, 19, 30, tzinfo=UTC), datetime(2027, 4, 30, 5, tzinfo=UTC)),
        ("EG", datetime(2027, 4, 28, 19, 30, tzinfo=UTC), datetime(2027, 4, 29, 6, tzinfo=UTC)),
    ],
)
def test_a_night_ends_in_the_morning_of_that_country(country: str, now: datetime, wakes: datetime | None) -> None:
    assert Attention().wake_at(country, now) == wakes


def test_equal_hours_mean_no_night() -> None:
    assert Attention(quiet_from=0, quiet_to=0).wake_at("TN", EVENING) is None


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        (datetime(2026, 12, 1, 7, 59, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), datetime(2026, 12, 8, 8, tzinfo=UTC)),
        (datetime(2026, 12, 6, 8, 0, tzinfo=UTC), datetime(2026, 12, 8, 8, tzinfo=UTC)),
    ],
)
def test_the_digest_goes_out_on_its_day(now: datetime, digest: datetime) -> None:
    assert Attention().next_digest(now) == digest


def test_every_country_of_the_region_has_a_zone_of_its_own() -> None:
    codes = [
        "DZ",
        "BH",
        "KM",
        "DJ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MR",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SO",
        "SD",
        "SY",
        "TN",
        "AE",
        "YE",
    ]
    assert len({find_zone(code, "UTC").key for code in codes}) == len(codes)
