"""The desk: the staff's group, when somebody is there, and how long an answer usually takes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import median

from bot.errors import Unreadable
from bot.hours import Opening
from bot.services.app import App
from bot.storage import settings, tickets
from bot.storage.database import Connection

SETTING = PURPOSE = "desk"
# How long answers take is told from those of this time, where there are enough to tell anything.
LOOKED_BACK = timedelta(days=30)
LEAST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """The group: its address, whether it has threads, and the language the bot speaks there."""

    place: str
    threaded: bool
    locale: str


def find_desk(app: App, conn: Connection) -> Desk | None:
    """None where there is none, or it was sealed with another key."""
    kept = settings.find_setting(conn, SETTING)
    try:
        return Desk(**json.loads(app.cipher.open(bytes.fromhex(kept), PURPOSE))) if kept else None
    except Unreadable:
        return None


def keep_desk(app: App, conn: Connection, desk: Desk) -> None:
    settings.keep_setting(conn, SETTING, app.cipher.seal(json.dumps(asdict(desk)), PURPOSE).hex())


def drop_desk(conn: Connection) -> None:
    settings.keep_setting(conn, SETTING, "")


def hash_place(app: App, place: str) -> str:
    """What stands for a chat where messages are remembered; it leads back to the chat only for who has the key."""
    return app.cipher.make_secret(f"place {place}")[:32]


def describe_hours(app: App, locale: str) -> str:
    """When somebody is there, and whether that is now; nothing where it is not set."""
    if not app.hours.openings:
        return ""
    openings = app.languages.join(locale, [_describe_opening(app, locale, one) for one in app.hours.openings])
    city = app.languages.city_name(locale, str(app.hours.zone))
    key = "desk.hours.open" if app.hours.is_open(app.clock()) else "desk.hours.closed"
    return app.languages.say(locale, key, hours=openings, city=city)


def describe_pace(app: App, conn: Connection, locale: str) -> str:
    """How long it usually takes, or that this cannot be told yet."""
    took = tickets.find_answer_times(conn, app.clock() - LOOKED_BACK)
    if len(took) < LEAST_ANSWERS:
        return app.languages.say(locale, "desk.pace.unknown")
    return app.languages.say(locale, "desk.pace", time=describe_time(app, locale, _median(took)))


def describe_time(app: App, locale: str, took: timedelta) -> str:
    """A stretch of time in one unit: within the hour, hours, days."""
    hours = round(took.total_seconds() / 3600)
    if hours < 1:
        return app.languages.say(locale, "desk.time.short")
    if hours < 48:
        return app.languages.say_count(locale, "desk.time.hours", hours)
    return app.languages.say_count(locale, "desk.time.days", round(hours / 24))


def _median(took: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in took))


def _describe_opening(app: App, locale: str, one: Opening) -> str:
    first, last = (app.languages.day_name(locale, day) for day in (one.first, one.last))
    times = f"{one.opens:%H:%M}–{one.closes:%H:%M}"
    if one.first == one.last:
        return app.languages.say(locale, "desk.opening.day", day=first, times=times)
    return app.languages.say(locale, "desk.opening", first=first, last=last, times=times)
