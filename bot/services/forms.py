"""The forms there are: introduced, begun, gone on with, taken back."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import forms
from bot.forms import Form
from bot.messages import Button, Reply
from bot.services.actions import Action, Verb
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import Counted, SessionDropped, SubmissionWithdrawn
from bot.services.filling import ANONYMITY, RULES, find_begun, read_filling
from bot.services.form_buttons import step
from bot.services.form_showing import show_step
from bot.services.form_texts import title
from bot.services.links import share_row
from bot.services.menus import locale_of
from bot.storage import forms as stored
from bot.storage import settings
from bot.storage.database import Connection
from bot.storage.forms import StoredSession
from bot.storage.tally import What

CLOSED = "form closed"


def introduce(app: App, locale: str, form: Form) -> Response:
    """What the form is, what becomes of the answers, and buttons to begin. Nothing is kept before."""
    asked = sum(1 for question in form.questions if question.texts.get("label") and question.kind != "note")
    html = app.languages.say_count(locale, "form.intro", asked, form=title(form, locale))
    rows = [
        (Button(app.languages.say(locale, f"form.begin.{how}"), step(locale, "begin", form.id, how)),)
        for how in _ways_to_begin(form)
    ]
    share = share_row(app, form.id, title(form, locale), locale)
    return Response((Reply(html, locale, (*rows, *((share,) if share else ()))),))


def _ways_to_begin(form: Form) -> tuple[str, ...]:
    """Without one's name, with it, or as the form itself asks (a question called `anonymity`)."""
    wanted = form.settings.get("anonymous", "ask")
    if wanted == "ask" and any(question.name == ANONYMITY for question in form.questions):
        return ("asked",)
    return {"always": ("anonymous",), "never": ("known",)}.get(wanted, ("anonymous", "known"))


def list_forms(app: App, asking: Asking) -> Response | Lookup:
    """The forms there are; and those begun, to go on with."""
    locale = locale_of(app, asking)
    return lambda conn: _list_forms(app, locale, stored.find_sessions(conn, asking.incoming.person))


def _list_forms(app: App, locale: str, begun: list[StoredSession]) -> Response:
    open_forms = {session.form for session in begun}
    rows = tuple(
        (
            Button(
                ("▶️ " if form.id in open_forms else "📝 ") + title(form, locale),
                step(locale, "continue" if form.id in open_forms else "open", form.id),
            ),
        )
        for form in app.library.forms.values()
    )
    return say(app, locale, "forms.text" if rows else "forms.none", buttons=rows)


def go_on_with(app: App, asking: Asking) -> Lookup:
    """/continue: the form left last, or the list."""

    def find(conn: Connection) -> Response:
        begun = stored.find_sessions(conn, asking.incoming.person)
        filling = read_filling(app, conn, begun[0]) if begun else None
        if filling is None:
            return _list_forms(app, locale_of(app, asking), begun)
        return show_step(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))

    return find


def _begin(app: App, asking: Asking, locale: str, arguments: list[str]) -> Response | Lookup:
    form = app.library.forms.get(arguments[0])
    if form is None:
        return say(app, locale, "form.gone")
    if form.settings.get("reachable") == "yes" and not asking.has_agreed:
        return ask_consent(app, asking, Action(Verb.FORM, locale, ("begin", *arguments)))
    person = "" if arguments[1:2] == ["anonymous"] else asking.incoming.person.hex()
    begun = forms.start(
        form, app.clock(), session_id=app.make_id(), seed=app.make_id(), locale=locale, person=person, rules=RULES
    )
    first = show_step(app, asking, form, begun)
    first = replace(first, effects=(*first.effects, Counted(locale, What.BEGUN, form.id)))
    return lambda conn: say(app, locale, "form.closed") if is_closed(conn, form.id) else first


def is_closed(conn: Connection, form_id: str) -> bool:
    """Whether nobody may begin it any more; who has begun may finish."""
    return settings.find_setting(conn, f"{CLOSED} {form_id}") == "yes"


def set_closed(conn: Connection, form_id: str, closed: bool) -> None:
    settings.keep_setting(conn, f"{CLOSED} {form_id}", "yes" if closed else "no")


def _open(app: App, _asking: Asking, locale: str, arguments: list[str]) -> Response:
    form = app.library.forms.get(arguments[0])
    return introduce(app, locale, form) if form else say(app, locale, "form.gone")


def _continue(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    def find(conn: Connection) -> Response:
        filling = find_begun(app, conn, asking.incoming.person, arguments[0])
        if filling is None:
            return _open(app, asking, locale, arguments)
        return show_step(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))

    return find


def _withdraw(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    """Erase what was sent, and a change of it that was begun."""
    person, receipt = asking.incoming.person, arguments[0]

    def find(conn: Connection) -> Response:
        begun = (read_filling(app, conn, one) for one in stored.find_sessions(conn, person))
        dropped = [SessionDropped(person, one.form.id) for one in begun if one and one.session.revises == receipt]
        return say(app, locale, "form.withdrawn", SubmissionWithdrawn(person, receipt), *dropped)

    return find


OUTSIDE: Mapping[str, Callable[[App, Asking, str, list[str]], Response | Lookup]] = {
    "open": _open,
    "begin": _begin,
    "continue": _continue,
    "withdraw": _withdraw,
}
