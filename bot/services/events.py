"""Events as people see them: what is coming, what was, and the card of one."""

from collections.abc import Iterable, Sequence
from html import escape
from zoneinfo import ZoneInfo

from bot.content.events import EventFields
from bot.content.library import Entry
from bot.content.moments import Moment
from bot.content.schema import as_kind
from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.cards import Card

EVENTS_A_PAGE = 8
MOST_BELOW_AN_ANSWER = 4
# The region reaches from the Atlantic to the Gulf: a time is shown in these zones, too.
REGION_ZONES = ("Africa/Casablanca", "Africa/Cairo", "Asia/Dubai")


def read_event(entry: Entry) -> EventFields:
    return as_kind(entry.fields, EventFields)


def is_over(app: App, event: EventFields) -> bool:
    if event.finishes.has_time:
        return event.finishes.at < app.clock()
    return event.finishes.last_day < app.today()


def find_coming(app: App, country: str = "") -> list[Entry]:
    """What is not over, nearest first; with a country, what is for that country or for the whole region."""
    coming = [entry for entry in app.library.entries_of_kind("event") if not is_over(app, read_event(entry))]
    meant = (entry for entry in coming if not country or country in (read_event(entry).concerns or [country]))
    return sorted(meant, key=lambda entry: read_event(entry).begins.first_day)


def find_past(app: App) -> list[Entry]:
    """What is over, the latest first."""
    past = [entry for entry in app.library.entries_of_kind("event") if is_over(app, read_event(entry))]
    return sorted(past, key=lambda entry: read_event(entry).begins.first_day, reverse=True)


def country_of(asking: Asking) -> str:
    """The country an answer should lean on: the one just spoken of, else the one the person told."""
    told = asking.known.country if asking.known else ""
    return asking.context.country or told.strip("-")


def show_coming(app: App, locale: str, country: str = "", replaces: int | None = None) -> Response:
    """The coming events as buttons; where nothing is announced it says so and offers to tell."""
    coming = find_coming(app, country)
    announced = [entry for entry in coming if read_event(entry).status == "announced"]
    key = "events.coming" if announced else "events.none"
    rows = (*list_events(app, coming[:EVENTS_A_PAGE], locale), *_coming_rows(app, locale))
    return say(app, locale, key, buttons=rows, replaces=replaces)


def show_past(app: App, locale: str, page: int, replaces: int | None = None) -> Response:
    past = find_past(app)
    last = max(0, (len(past) - 1) // EVENTS_A_PAGE)
    page = min(max(page, 0), last)
    shown = past[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]
    turns = [("page.previous", page - 1)] * (page > 0) + [("page.next", page + 1)] * (page < last)
    turning = tuple(
        Button(app.languages.say(locale, key), action(Verb.SHOW_PAST, locale, str(to))) for key, to in turns
    )
    coming = Button(app.languages.say(locale, "events.button"), action(Verb.SHOW_COMING, locale))
    rows = (*list_events(app, shown, locale), *((turning,) if turning else ()), (coming,))
    return say(app, locale, "events.past", buttons=rows, replaces=replaces)


def list_events(app: App, entries: Iterable[Entry], locale: str) -> Rows:
    """A row for each event: its date and title."""
    return tuple((Button(_label(app, entry, locale), action(Verb.SHOW_ENTRY, locale, entry.id)),) for entry in entries)


def draw_event(app: App, entry: Entry, locale: str) -> Card:
    """The card of an event: when, where, for whom and how to come, and what one can do about it."""
    event = read_event(entry)
    facts = [line for line in _describe(app, event, locale) if line]
    return Card("\n".join(facts), _event_rows(app, entry, event, locale))


def describe_when(app: App, event: EventFields, locale: str) -> str:
    """The date or dates, with the local time where one is known."""
    begins, finishes = event.begins, event.finishes
    if not begins.has_day:
        return app.languages.format_partial_date(locale, begins.text)
    if not begins.has_time:
        return app.languages.format_days(locale, begins.first_day, finishes.first_day)
    day = app.languages.format_days(locale, begins.first_day, finishes.first_day)
    return app.languages.say(locale, "event.time", day=day, times=_describe_times(app, event, locale))


def _describe(app: App, event: EventFields, locale: str) -> Iterable[str]:
    languages = app.languages
    if event.status != "announced":
        yield f"<b>{languages.say(locale, f'event.{event.status}')}</b>"
    yield f"📅 {describe_when(app, event, locale)}"
    if event.begins.has_day and (hijri := languages.format_hijri(locale, event.begins.first_day)):
        yield f"🌙 {hijri}"
    where = [event.place.get(locale, ""), languages.country_name(locale, event.country) if event.country else ""]
    if any(where):
        yield "📍 " + escape(languages.join(locale, [part for part in where if part]), quote=False)
    if event.audience:
        yield languages.say(locale, "event.audience", audience=event.audience.get(locale, ""))
    if event.spoken:
        names = languages.join(locale, [languages.language_name(locale, code) for code in event.spoken])
        yield languages.say(locale, "event.spoken", languages=names)
    if event.deadline and not is_over(app, event):
        day = languages.format_partial_date(locale, event.deadline.text[:10])
        yield languages.say(locale, "event.register_by", day=day)


def _describe_times(app: App, event: EventFields, locale: str) -> str:
    """The beginning in the event's zone, then in the region's: `10:00 Cairo · 08:00 Casablanca`."""
    zones = dict.fromkeys((event.time_zone, *REGION_ZONES))
    return " · ".join(f"{_local_time(event.begins, zone)} {app.languages.city_name(locale, zone)}" for zone in zones)


def _local_time(moment: Moment, zone: str) -> str:
    return moment.at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _event_rows(app: App, entry: Entry, event: EventFields, locale: str) -> Rows:
    def button(key: str, verb: Verb, *arguments: str) -> Button:
        return Button(app.languages.say(locale, key), action(verb, locale, entry.id, *arguments))

    links = tuple(
        Button(app.languages.say(locale, key), url=address)
        for key, address in (("event.register", event.register_at), ("event.page", event.link))
        if address
    )
    if is_over(app, event) or event.status == "cancelled":
        return ((links[-1],),) if event.link else ()
    dated = (
        (button("event.calendar", Verb.CALENDAR), button("event.remind", Verb.REMIND)) if event.begins.has_day else ()
    )
    follow = button("event.come", Verb.COME) if event.begins.has_day else button("event.follow", Verb.FOLLOW_EVENT)
    return tuple(row for row in (links, dated, (follow,)) if row)


def coming_rows(app: App, locale: str) -> Rows:
    """The next few events, and to be told of new ones."""
    return (*list_events(app, find_coming(app)[:MOST_BELOW_AN_ANSWER], locale), *_coming_rows(app, locale)[:1])


def past_rows(app: App, locale: str) -> Rows:
    """The last few events, and the way to all."""
    return (*list_events(app, find_past(app)[:MOST_BELOW_AN_ANSWER], locale), *_coming_rows(app, locale)[1:])


def _coming_rows(app: App, locale: str) -> Rows:
    follow = Button(app.languages.say(locale, "events.follow"), action(Verb.FOLLOW, locale, "events"))
    past = Button(app.languages.say(locale, "events.past.button"), action(Verb.SHOW_PAST, locale, "0"))
    return ((follow,), (past,))


def _label(app: App, entry: Entry, locale: str) -> str:
    event = read_event(entry)
    mark = {"cancelled": "❌ ", "expected": "❔ "}.get(event.status, "")
    return f"{mark}{app.languages.format_partial_date(locale, event.starts[:10])} · {entry.title(locale)}"


def find_changes(app: App, before: EventFields, after: EventFields, locale: str) -> Sequence[tuple[str, str, str]]:
    """What changed for people who mean to come: the key of its name, the old and the new, as people read them."""
    seen = [
        ("event.changed.when", describe_when(app, before, locale), describe_when(app, after, locale)),
        ("event.changed.where", before.place.get(locale, ""), after.place.get(locale, "")),
        ("event.changed.link", before.link, after.link),
        ("event.changed.register", before.register_at, after.register_at),
        ("event.changed.deadline", _deadline(app, before, locale), _deadline(app, after, locale)),
    ]
    return [change for change in seen if change[1] != change[2]]


def _deadline(app: App, event: EventFields, locale: str) -> str:
    return app.languages.format_partial_date(locale, event.deadline.text[:10]) if event.deadline else ""
