"""Before an announcement goes out: how it will look, whom it reaches, and when; then it is set down as a broadcast."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from bot.messages import Reply
from bot.services import broadcasts
from bot.services.announcements import Announcement, describe_missing, draw
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.broadcasts import Reporter
from bot.services.drafting import ORGANIZERS
from bot.services.privileges import Call, await_text, duty_button, privileged
from bot.services.reports import name_moment
from bot.services.targeting import describe_reach
from bot.storage import broadcasts as stored
from bot.storage.database import Connection

WHEN, WORDS_OF_MOMENT = "%Y-%m-%d %H:%M", 2


def preview(app: App, asking: Asking, call: Call, _conn: Connection, draft: Announcement) -> Response:
    """The message in each language, exactly as people who read it will get it."""
    del asking
    if not draft.texts:
        return say(app, call.locale, "draft.empty")
    return Response(tuple(draw(app, draft, locale) for locale in app.languages.locales))


def try_on_oneself(app: App, asking: Asking, call: Call, _conn: Connection, draft: Announcement) -> Response:
    """The message as the organizer themselves will get it."""
    del asking
    if not draft.texts:
        return say(app, call.locale, "draft.empty")
    return Response((draw(app, draft, call.locale),))


def confirm(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Whom it reaches and what they will get, before anything is sent."""
    del asking
    if not draft.texts:
        return say(app, call.locale, "draft.empty")
    languages, locale = app.languages, call.locale
    parts = [
        languages.say(locale, "launch.text"),
        "\n".join(describe_missing(app, draft, locale)),
        describe_reach(app, conn, draft, locale),
        languages.say_count(locale, "launch.limits", app.attention.most_a_week) if not draft.urgent else "",
    ]
    rows = (
        (duty_button(app, locale, "launch.now", "draft", draft.id, "now"),),
        (duty_button(app, locale, "launch.later", "draft", draft.id, "later"),),
        (duty_button(app, locale, "draft.back", "draft", draft.id),),
    )
    return Response((Reply("\n\n".join(part for part in parts if part), locale, rows, call.message_id),))


def launch_now(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Set it down to begin at once; the pressed message becomes its progress."""
    return _launch(app, asking, call, conn, draft, None)


def launch_later(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Ask when, then set it down for that moment."""
    if call.said is None:
        zone = app.attention.zone
        return say(app, call.locale, "launch.ask_when", await_text(asking, "draft", draft.id, "later"), zone=zone)
    moment = read_moment(call.text, app.attention.zone, app.clock())
    if isinstance(moment, str):
        return say(app, call.locale, moment, await_text(asking, "draft", draft.id, "later"))
    return _launch(app, asking, call, conn, draft, moment)


def read_moment(text: str, zone: str, now: datetime) -> datetime | str:
    """A moment written like `2026-12-05 10:00`, perhaps with a time zone behind it; or the key of what is wrong."""
    words = text.split()
    named = words[2] if len(words) > WORDS_OF_MOMENT else zone
    if named not in available_timezones():
        return "launch.no_zone"
    try:
        moment = datetime.strptime(" ".join(words[:WORDS_OF_MOMENT]), WHEN).replace(tzinfo=ZoneInfo(named))
    except ValueError:
        return "launch.no_moment"
    return "launch.past" if moment < now else moment.astimezone(UTC)


def _launch(
    app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement, start_at: datetime | None
) -> Response:
    if not draft.texts:
        return say(app, call.locale, "draft.empty")
    if stored.find_by_announcement(conn, draft.id) is not None:
        return say(app, call.locale, "launch.twice")
    reporter = Reporter(asking.incoming.address, call.message_id or 0, call.locale)

    def write(conn: Connection) -> None:
        broadcasts.create(app, conn, draft, call.holder.holder, start_at, reporter, corrects=draft.corrects)

    act = "send emergency" if draft.urgent else "send"
    effect = privileged(asking, ORGANIZERS, act, draft.id, write, draft.reason)
    stop = duty_button(app, call.locale, "broadcast.stop", "broadcast", "stop", draft.id)
    if start_at is None:
        return say(app, call.locale, "launch.begun", effect, buttons=((stop,),), replaces=call.message_id)
    when = name_moment(app, start_at, call.locale)
    cancel = duty_button(app, call.locale, "broadcast.cancel", "broadcast", "cancel", draft.id)
    edit = duty_button(app, call.locale, "draft.edit", "draft", draft.id)
    return say(app, call.locale, "launch.set", effect, buttons=((edit, cancel),), when=when)
