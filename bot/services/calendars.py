"""Events as iCalendar (RFC 5545): a file for one, a feed for all.

`UID` never changes, `SEQUENCE` is the event's revision, a cancelled event says so (RFC 5546, 3.2.5), and a time comes
with the rules of its zone, so that it is right on both sides of a daylight-saving shift.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vUri

from bot.content.library import Entry, Library
from bot.languages import Languages
from bot.messages import Document
from bot.services.events import read_event

NEVER_BUILT = datetime(2022, 1, 1, tzinfo=UTC)
PRODUCT = "-//Hiwar//Consultations//EN"
STATUS = {"announced": "CONFIRMED", "expected": "TENTATIVE", "cancelled": "CANCELLED"}


def make_file(library: Library, languages: Languages, entry: Entry, locale: str) -> Document:
    """The calendar file of one event. Only for events whose day is known."""
    return Document(f"{entry.id}.ics", make_calendar(library, languages, [entry], locale))


def make_feed(library: Library, languages: Languages, locale: str) -> bytes:
    """All events whose day is known, as one calendar to subscribe to."""
    events = (entry for entry in library.entries_of_kind("event") if read_event(entry).begins.has_day)
    return make_calendar(library, languages, events, locale)


def make_calendar(library: Library, languages: Languages, entries: Iterable[Entry], locale: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", languages.say(locale, "calendar.name"))
    for entry in entries:
        calendar.add_component(_make_event(library, languages, entry, locale))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _make_event(library: Library, languages: Languages, entry: Entry, locale: str) -> Event:
    fields = read_event(entry)
    shown = locale if locale in entry.texts else next(iter(entry.texts))
    event = Event()
    event.add("uid", f"{entry.id}@hiwar")
    event.add("sequence", fields.revision)
    # The moment the content was built, not the clock's: the same feed twice is the same text.
    event.add("dtstamp", library.built_at or NEVER_BUILT)
    event.add("summary", _plain(entry.title(locale)))
    begins, ends = _span(entry)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("status", STATUS[fields.status])
    place = fields.place.get(shown, "")
    if fields.country:
        place = languages.join(shown, [part for part in (place, languages.country_name(shown, fields.country)) if part])
    if place:
        event.add("location", place)
    if fields.link or fields.register_at:
        event.add("url", vUri(fields.link or fields.register_at))
    return event


def _span(entry: Entry) -> tuple[date | datetime, date | datetime]:
    """Begin and end; of whole days the end is the day after the last (RFC 5545, 3.6.1)."""
    fields = read_event(entry)
    if not fields.begins.has_time:
        return fields.begins.first_day, fields.finishes.last_day + timedelta(days=1)
    ends = fields.finishes.at if fields.ends and fields.finishes.has_time else fields.begins.at + timedelta(hours=1)
    return fields.begins.at, ends


def _plain(title: str) -> str:
    return title.replace("\u2068", "").replace("\u2069", "")
