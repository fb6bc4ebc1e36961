"""Broadcasts that were set down: listed, stopped, resumed, cancelled, corrected, reported."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import SettingsError
from bot.messages import Button, Document, Reply
from bot.services import broadcasts, reports
from bot.services.actions import Verb, action
from bot.services.announcements import Announcement, find_announcement
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.broadcasts import Act
from bot.services.drafting import ORGANIZERS, keep
from bot.services.privileges import Call, privileged
from bot.storage import broadcasts as stored
from bot.storage import deliveries
from bot.storage.broadcasts import Broadcast, State
from bot.storage.database import Connection

SHOWN = 20


def list_broadcasts(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """The latest broadcasts, each with a button to see it."""
    del asking
    found = stored.find_broadcasts(conn)[:SHOWN]
    if not found:
        return say(app, call.locale, "broadcasts.none")
    rows = tuple(
        (
            Button(
                _name(app, conn, one, call.locale),
                action(Verb.DUTY, call.locale, "broadcast", "show", one.announcement),
            ),
        )
        for one in found
    )
    return say(app, call.locale, "broadcasts.text", buttons=rows)


def control(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """One step with one broadcast."""
    step, announcement_id, *_ = (*call.arguments, "", "")
    found = stored.find_by_announcement(conn, announcement_id)
    if found is None or step not in STEPS:
        return say(app, call.locale, "draft.gone")
    try:
        return STEPS[step](app, asking, call, conn, found)
    except SettingsError:
        state = app.languages.say(call.locale, f"broadcast.state.{found.state}")
        buttons = reports.control_rows(app, call.locale, found)
        return say(app, call.locale, "broadcast.not_now", buttons=buttons, number=found.number, state=state)


def _show(app: App, asking: Asking, call: Call, conn: Connection, found: Broadcast) -> Response:
    del asking
    if found.state in (State.SCHEDULED, State.FILLING, State.SENDING):
        html = reports.draw_progress(app, found, call.locale, deliveries.find_next_due(conn, found.number))
        return Response((Reply(html, call.locale, reports.control_rows(app, call.locale, found)),))
    return Response(errand=Errand(lambda: _count(app, call, found)))


async def _count(app: App, call: Call, found: Broadcast) -> Lookup:
    report = await reports.make_report(app, found.number)
    reply = Reply(
        reports.draw_report(app, report, call.locale), call.locale, reports.control_rows(app, call.locale, found)
    )
    return lambda _conn: Response((reply,))


def _do(act: Act) -> Callable[[App, Asking, Call, Connection, Broadcast], Response]:
    def do(app: App, asking: Asking, call: Call, _conn: Connection, found: Broadcast) -> Response:
        if (found.state, act) not in broadcasts.TRANSITIONS:
            raise SettingsError(act)
        after = broadcasts.TRANSITIONS[found.state, act]

        def write(conn: Connection) -> None:
            broadcasts.act(app, conn, found.number, act)

        effect = privileged(asking, ORGANIZERS, act, f"broadcast {found.number}", write)
        changed = replace(found, state=after)
        html = reports.draw_progress(app, changed, call.locale)
        buttons = reports.control_rows(app, call.locale, changed)
        return Response((Reply(html, call.locale, buttons, call.message_id),), (effect,))

    return do


def _send_again(app: App, asking: Asking, call: Call, _conn: Connection, found: Broadcast) -> Response:
    if found.state is not State.DONE:
        raise SettingsError(found.state)

    def write(conn: Connection) -> None:
        broadcasts.send_unknown_again(app, conn, found.number)

    effect = privileged(asking, ORGANIZERS, "send unknown again", f"broadcast {found.number}", write)
    return say(app, call.locale, "broadcast.again_begun", effect, number=found.number)


def _send_table(app: App, asking: Asking, call: Call, _conn: Connection, found: Broadcast) -> Response:
    del asking
    return Response(errand=Errand(lambda: _make_table(app, call, found)))


async def _make_table(app: App, call: Call, found: Broadcast) -> Lookup:
    table = Document(f"broadcast-{found.number}.csv", await reports.make_csv(app, found.number))
    caption = app.languages.say(call.locale, "broadcast.table_caption", number=found.number)
    return lambda _conn: Response((Reply(caption, call.locale, document=table),))


def _correct(app: App, asking: Asking, call: Call, conn: Connection, found: Broadcast) -> Response:
    """A new draft with the same texts; sent, it changes the messages that were delivered."""
    before = find_announcement(conn, found.announcement)
    if before is None or found.state is not State.DONE or found.corrects is not None:
        raise SettingsError(found.state)
    draft: Announcement = replace(before, id=app.make_id(), corrects=found.number)
    edit = Button(app.languages.say(call.locale, "draft.edit"), action(Verb.DUTY, call.locale, "draft", draft.id))
    return say(
        app,
        call.locale,
        "broadcast.correct_text",
        keep(app, asking, call, draft),
        buttons=((edit,),),
        number=found.number,
    )


def _name(app: App, conn: Connection, one: Broadcast, locale: str) -> str:
    announcement = find_announcement(conn, one.announcement)
    title = (announcement.title(locale) if announcement else "") or "…"
    return f"{one.number}. {title[:40]} · {app.languages.say(locale, f'broadcast.state.{one.state}')}"


STEPS: Mapping[str, Callable[[App, Asking, Call, Connection, Broadcast], Response]] = {
    "show": _show,
    "stop": _do(Act.STOP),
    "resume": _do(Act.RESUME),
    "cancel": _do(Act.CANCEL),
    "again": _send_again,
    "table": _send_table,
    "correct": _correct,
}
