"""The calendar as other programs read it: two libraries that had no part in writing it."""

from datetime import UTC, date, datetime
from pathlib import Path

import ics
import pytest
import vobject

from bot.content.compile import compile_content
from bot.content.library import Library
from bot.content.store import write_content_db
from bot.languages import Languages
from bot.services.calendars import make_feed
from bot.services.events import read_event
from tests.conftest import ROOT, SAMPLE_CONTENT

# 10:00 in Cairo, which has no summer time yet on that day.
BEGINS = datetime(2027, 3, 28, 8, tzinfo=UTC)


def build(source: Path, folder: Path, languages: Languages) -> Library:
    return write_content_db(compile_content(source, languages, date(2026, 12, 1)), folder / "content.db", "")


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_vobject_reads_the_same_moment_identity_and_revision(locale: str, tmp_path: Path, languages: Languages) -> None:
    library = build(SAMPLE_CONTENT, tmp_path, languages)
    calendar = vobject.readOne(make_feed(library, languages, locale).decode())
    events = {event.uid.value: event for event in calendar.vevent_list}
    regional = events["regional-day@hiwar"]
    assert regional.dtstart.value == BEGINS
    assert (regional.sequence.value, regional.status.value) == ("1", "CONFIRMED")
    entry = library.entry("regional-day")
    assert entry is not None
    assert regional.summary.value == entry.title(locale).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.filterwarnings("ignore::FutureWarning:ics", "ignore::DeprecationWarning")
def test_ics_reads_all_shipped_events(tmp_path: Path, languages: Languages) -> None:
    library = build(ROOT / "content", tmp_path, languages)
    calendar = ics.Calendar(make_feed(library, languages, "ar").decode())
    assert {event.uid.removesuffix("@hiwar") for event in calendar.events} == {
        entry.id for entry in library.entries_of_kind("event") if read_event(entry).begins.has_day
    }
    day = next(event for event in calendar.events if event.uid == "event-imrf-2022@hiwar")
    assert (day.all_day, day.begin.date(), day.duration.days) == (True, date(2022, 5, 17), 4)
