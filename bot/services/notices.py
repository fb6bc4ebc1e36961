"""Telling people what they asked to be told: an event that changed, old and new side by side, and new ones."""

import json
from collections.abc import Iterable
from html import escape

from bot.content.events import EventFields, describe_schedule
from bot.content.library import Entry
from bot.messages import Reply
from bot.services.alarms import Wake, read_alarm, set_alarm
from bot.services.answers import answer
from bot.services.app import App
from bot.services.events import find_changes, is_over, read_event
from bot.services.reminders import KIND as REMINDER
from bot.services.reminders import find_moments
from bot.storage import alarms, follows, settings
from bot.storage.database import Connection
from bot.storage.follows import Follower

CHANGED = "changed"
ANNOUNCED = "announced"
# Set once all events are known: what is new after that is news.
KNOWN = "events known"


async def tell_changes(app: App) -> None:
    """Compare the events with what they were, and set down who is to be told what. Done again it does nothing."""
    await app.db.write(lambda conn: _compare(app, conn))


def say_change(app: App, wake: Wake) -> Reply | None:
    """What changed, and the card as it now is."""
    entry = app.library.entry(wake.subject)
    if entry is None or entry.kind != "event":
        return None
    after = read_event(entry)
    before = after.model_copy(update=json.loads(wake.which))
    languages, locale = app.languages, wake.locale
    lines = [
        languages.pair(
            locale,
            languages.say(locale, key),
            f"<s>{escape(old, quote=False)}</s> → <b>{escape(new, quote=False) or '–'}</b>",
        )
        for key, old, new in find_changes(app, before, after, locale)
    ]
    key = "notice.cancelled" if after.status == "cancelled" else "notice.changed"
    card = answer(app, entry, locale)
    head = languages.say(locale, key, title=entry.title(locale))
    return Reply("\n\n".join(part for part in (head, "\n".join(lines), card.html) if part), locale, card.buttons)


def say_announced(app: App, wake: Wake) -> Reply | None:
    """A new event, for who follows them all."""
    entry = app.library.entry(wake.subject)
    if entry is None or entry.kind != "event" or is_over(app, read_event(entry)):
        return None
    card = answer(app, entry, wake.locale)
    return Reply(f"{app.languages.say(wake.locale, 'notice.announced')}\n\n{card.html}", wake.locale, card.buttons)


def _compare(app: App, conn: Connection) -> None:
    is_first = settings.find_setting(conn, KNOWN) is None
    for entry in app.library.entries_of_kind("event"):
        name, now = f"event {entry.id}", json.dumps(describe_schedule(read_event(entry)), sort_keys=True)
        before = settings.find_setting(conn, name)
        if before == now:
            continue
        settings.keep_setting(conn, name, now)
        if before is not None:
            _plan(app, conn, _find_concerned(conn, entry), CHANGED, entry, before)
            _move_reminders(app, conn, entry)
        elif not is_first and read_event(entry).status == "announced" and not is_over(app, read_event(entry)):
            _plan(app, conn, follows.find_followers(conn, "events"), ANNOUNCED, entry, "")
    settings.keep_setting(conn, KNOWN, "yes")


def _find_concerned(conn: Connection, entry: Entry) -> Iterable[Follower]:
    """Who follows the event, means to come, or asked to be reminded of it; each once."""
    found = [
        one for kind in ("event", "coming", "remind") for one in follows.find_followers(conn, f"{kind}/{entry.id}")
    ]
    return {one.pseudonym: one for one in found}.values()


def _plan(app: App, conn: Connection, who: Iterable[Follower], kind: str, entry: Entry, which: str) -> None:
    for one in who:
        address = app.cipher.open(one.address, "person")
        set_alarm(app, conn, Wake(one.pseudonym, address, one.locale, kind, entry.id, which, app.clock()))


def _move_reminders(app: App, conn: Connection, entry: Entry) -> None:
    """Reminders ring before the new date; of a cancelled event, or where their moment is gone, not at all."""
    event: EventFields = read_event(entry)
    moments = {} if event.status == "cancelled" else find_moments(app, event) if event.begins.has_day else {}
    for alarm in alarms.find_about(conn, REMINDER, entry.id):
        wake = read_alarm(app, alarm)
        alarms.drop_alarm(conn, alarm.id, alarm.pseudonym)
        if wake.which in moments:
            moved = Wake(wake.person, wake.address, wake.locale, REMINDER, entry.id, wake.which, moments[wake.which])
            set_alarm(app, conn, moved)
