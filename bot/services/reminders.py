"""Reminders of events: a week, a day, an hour before."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.events import EventFields
from bot.content.library import Entry
from bot.messages import Button, Reply, Rows
from bot.services.actions import Action, Verb, action
from bot.services.alarms import Wake, make_alarm_id
from bot.services.answers import answer
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import AlarmSet, AlarmTakenBack, Followed, Unfollowed
from bot.services.events import is_over, read_event
from bot.storage import alarms
from bot.storage.alarms import Alarm
from bot.storage.database import Connection

KIND = "event"
BEFORE = {"week": timedelta(days=7), "day": timedelta(days=1), "hour": timedelta(hours=1)}
# Of a day without a time, people are reminded in the morning of the region's middle.
MORNING, HOME = time(9), ZoneInfo("Africa/Cairo")


def find_moments(app: App, event: EventFields) -> dict[str, datetime]:
    """When one can still be reminded, by how long before; an hour before only where the hour is known."""
    begins = event.begins
    start = begins.at if begins.has_time else datetime.combine(begins.first_day, MORNING, HOME)
    moments = {which: start - before for which, before in BEFORE.items() if begins.has_time or which != "hour"}
    return {which: at for which, at in moments.items() if at > app.clock()}


def offer_reminders(app: App, asking: Asking, wanted: Action, entry: Entry) -> Response | Lookup:
    """The moments to choose from, those already set marked."""
    event = read_event(entry)
    if not event.begins.has_day or is_over(app, event) or not find_moments(app, event):
        return say(app, wanted.locale, "remind.too_late")
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)
    person = asking.incoming.person
    return lambda conn: say(
        app,
        wanted.locale,
        "remind.when",
        buttons=_moment_rows(app, entry, wanted.locale, person, alarms.find_of(conn, person)),
        title=entry.title(wanted.locale),
    )


def toggle_reminder(app: App, asking: Asking, wanted: Action, entry: Entry, message_id: int) -> Response | Lookup:
    """Set or take back one reminder; the buttons show what now holds."""
    which = wanted.arguments[1] if len(wanted.arguments) > 1 else ""
    due_at = find_moments(app, read_event(entry)).get(which)
    if due_at is None:
        return say(app, wanted.locale, "remind.too_late")
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)
    incoming = asking.incoming
    wake = Wake(incoming.person, incoming.address, wanted.locale, KIND, entry.id, which, due_at)

    def toggle(conn: Connection) -> Response:
        held = alarms.find_of(conn, incoming.person)
        alarm_id = make_alarm_id(incoming.person, KIND, entry.id, which)
        is_set = any(alarm.id == alarm_id for alarm in held)
        left = [alarm for alarm in held if alarm.id != alarm_id]
        after = left if is_set else [*left, Alarm(alarm_id, incoming.person, KIND, entry.id, b"", due_at)]
        rows = _moment_rows(app, entry, wanted.locale, incoming.person, after)
        # Who wants to be reminded wants to know of a change, too.
        told = (
            Followed(incoming.person, f"remind/{entry.id}")
            if after
            else Unfollowed(incoming.person, f"remind/{entry.id}")
        )
        effect = AlarmTakenBack(wake) if is_set else AlarmSet(wake)
        return Response((Reply("", wanted.locale, rows, message_id),), (effect, told))

    return toggle


def say_reminder(app: App, wake: Wake) -> Reply | None:
    """What a reminder says: the event's card as it stands now, or nothing where it is gone or over."""
    entry = app.library.entry(wake.subject)
    if entry is None or entry.kind != "event" or is_over(app, read_event(entry)):
        return None
    head = app.languages.say(wake.locale, f"remind.{wake.which}")
    card = answer(app, entry, wake.locale)
    return Reply(f"⏰ {head}\n\n{card.html}", wake.locale, card.buttons)


def _moment_rows(app: App, entry: Entry, locale: str, person: bytes, held: list[Alarm]) -> Rows:
    ids = {alarm.id for alarm in held}
    return tuple(
        (
            Button(
                ("✅ " if make_alarm_id(person, KIND, entry.id, which) in ids else "")
                + app.languages.say(locale, f"remind.{which}.button"),
                action(Verb.TOGGLE_REMINDER, locale, entry.id, which),
            ),
        )
        for which in find_moments(app, read_event(entry))
    )
