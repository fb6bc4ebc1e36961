"""The forms in the chat, for those behind the bot: how many were begun and sent, open or closed, and what was sent as a file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.forms import Form
from bot.messages import Button, Document, Reply
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.effects import ContextDropped
from bot.services.form_files import KINDS, FileKind, write_files
from bot.services.form_texts import title
from bot.services.forms import is_closed, set_closed
from bot.services.privileges import Call, Duty, duty_button, privileged
from bot.storage import forms, tally
from bot.storage.database import Connection
from bot.storage.roles import Role
from bot.storage.tally import What

DESK = (Role.ORGANIZER, Role.STAFF)
# Bot API, sendDocument: 50 MB, of which something is left for what is around the file.
MOST_BYTES = 45_000_000


def show_forms(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """Every form with how many were begun and sent; each a button."""
    begun, sent = _count_begun(conn), forms.count_submissions(conn)
    found = app.library.forms.values()
    lines = [
        _line(app, call.locale, form, begun.get(form.id, 0), sent.get(form.id, 0), is_closed(conn, form.id))
        for form in found
    ]
    rows = tuple(
        (duty_button(app, call.locale, "formdesk.pick", "formcard", one.id, form=title(one, call.locale)),)
        for one in found
    )
    html = "\n".join((app.languages.say(call.locale, "formdesk.text"), *lines))
    return Response((Reply(html, call.locale, rows),))


def show_form(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """One form, to be closed or opened and exported."""
    form = _find_form(app, call)
    return _show(app, call, conn, form, is_closed(conn, form.id)) if form else say(app, call.locale, "form.gone")


def turn_form(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Close a form or open it again; pressed once more, nothing changes."""
    form, wanted = _find_form(app, call), call.arguments[1:2]
    if form is None or wanted not in (("close",), ("open",)):
        return say(app, call.locale, "form.gone")
    closed = wanted == ("close",)
    if is_closed(conn, form.id) is closed:
        return _show(app, call, conn, form, closed)
    effect = privileged(asking, DESK, wanted[0], form.id, lambda conn: set_closed(conn, form.id, closed))
    return replace(_show(app, call, conn, form, closed), effects=(effect,))


def export(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """What was sent, as a file. Never in a group, and never so large that Telegram would not take it."""
    form, wanted, *_ = _find_form(app, call), *call.arguments[1:], ""
    if form is None or wanted not in KINDS:
        return say(app, call.locale, "form.gone")
    kind = KINDS[wanted]
    count, size = forms.measure_submissions(conn, form.id)
    if not count:
        return say(app, call.locale, "formdesk.empty", form=title(form, call.locale))
    # What is sealed is about as long as what it becomes: no need to write it to know.
    if size > MOST_BYTES:
        return _refuse(app, call, form, kind)

    async def write() -> Lookup:
        written, files = await write_files(app, form, kind, call.locale, MOST_BYTES)
        if not files:
            return lambda _conn: _refuse(app, call, form, kind)
        logged = privileged(asking, DESK, "export", form.id, lambda _conn: None, f"{wanted} {written}")
        replies = tuple(_send(app, call, form, written, one) for one in files)
        return lambda _conn: Response(replies, (ContextDropped(asking.incoming.person), logged))

    return Response(errand=Errand(write))


def _show(app: App, call: Call, conn: Connection, form: Form, closed: bool) -> Response:
    begun, (sent, _) = _count_begun(conn).get(form.id, 0), forms.measure_submissions(conn, form.id)
    turn = "open" if closed else "close"
    exports = tuple(
        duty_button(app, call.locale, f"formdesk.export.{kind}", "formout", form.id, kind) for kind in KINDS
    )
    rows: tuple[tuple[Button, ...], ...] = (
        (duty_button(app, call.locale, f"formdesk.{turn}", "formset", form.id, turn),),
        exports[:2],
        exports[2:],
        (duty_button(app, call.locale, "formdesk.list", "formdesk"),),
    )
    return Response((Reply(_line(app, call.locale, form, begun, sent, closed), call.locale, rows),))


def _line(app: App, locale: str, form: Form, begun: int, sent: int, closed: bool) -> str:
    state = app.languages.say(locale, "formdesk.closed" if closed else "formdesk.opened")
    return app.languages.say(locale, "formdesk.line", form=title(form, locale), begun=begun, sent=sent, state=state)


def _send(app: App, call: Call, form: Form, count: int, file: Document) -> Reply:
    caption = app.languages.say_count(call.locale, "formdesk.sent", count, form=title(form, call.locale))
    return Reply(caption, call.locale, document=file)


def _refuse(app: App, call: Call, form: Form, kind: FileKind) -> Response:
    labels = f" --labels {call.locale}" if kind.labelled else ""
    command = f"hiwar form export {form.id} {form.id}{kind.suffix}{labels}"
    html = app.languages.say(call.locale, "formdesk.large", most=MOST_BYTES // 1_000_000)
    # Not a value of the text: invisible isolates in it would be copied along.
    return Response((Reply(f"{html}\n<code>{command}</code>", call.locale),))


def _count_begun(conn: Connection) -> Mapping[str, int]:
    """How often each form was ever begun."""
    counts: dict[str, int] = {}
    for (_, what, form), times in tally.sum_tally(conn, date.min).items():
        if what is What.BEGUN:
            counts[form] = counts.get(form, 0) + times
    return counts


def _find_form(app: App, call: Call) -> Form | None:
    return app.library.forms.get(call.arguments[0]) if call.arguments else None


DUTIES: Mapping[str, Duty] = {
    "formdesk": Duty(DESK, show_forms, in_menu=True),
    "formcard": Duty(DESK, show_form),
    "formset": Duty(DESK, turn_form),
    "formout": Duty(DESK, export),
}
