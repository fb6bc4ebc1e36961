"""What a step of a form comes to, as messages and as facts to be kept."""

from bot import forms
from bot.forms import Event, Form, Prompt
from bot.forms.events import Asked, Cancelled, Closed, Completed, Refused, Submitted, Told
from bot.forms.steps import Step
from bot.messages import Reply, Rows
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.choice_rows import candidate_rows, choice_rows
from bot.services.day_rows import day_rows, find_page, has_calendar, list_days
from bot.services.effects import SessionDropped, SessionKept
from bot.services.filling import PURPOSE, RULES, Filling, find_prompt
from bot.services.place_button import keep_place_button
from bot.services.prompts import ask, explain, tell
from bot.services.submitting import confirm
from bot.services.summaries import summarize


def show_step(
    app: App,
    asking: Asking,
    form: Form,
    taken: Step,
    replaces: int | None = None,
    page: int = 0,
) -> Response:
    """`page` is that of the choices, or the month of the calendar."""
    session, _ = taken
    response = _respond(app, asking.incoming.person, form, taken, replaces, page)
    return keep_place_button(app, asking, response, Filling(form, session))


def _respond(app: App, person: bytes, form: Form, taken: Step, replaces: int | None, page: int) -> Response:
    session, events = taken
    last = events[-1]
    if isinstance(last, Submitted):
        return confirm(app, person, form, session, last.submission)
    if isinstance(last, Cancelled | Closed):
        key = "form.cancelled.revision" if session.revises else "form.cancelled"
        return say(app, session.locale, key, SessionDropped(person, form.id), replaces=replaces)
    before = [part for event in events if (part := _describe(app, event, session.locale))]
    html, rows = _draw(app, Filling(form, session), events, page)
    # A message that says more than the next question is not put in the place of an older one.
    reply = Reply("\n\n".join((*before, html)), session.locale, rows, None if before else replaces)
    body = app.cipher.seal(session.to_json(), PURPOSE)
    return Response((reply,), (SessionKept(person, form.id, form.fingerprint, form.to_json(), body),))


def _draw(app: App, filling: Filling, events: tuple[Event, ...], page: int) -> tuple[str, Rows]:
    """The summary, or the question that is asked next."""
    last, locale = events[-1], filling.session.locale
    if isinstance(last, Completed):
        return summarize(app, filling.form, last, locale)
    prompt = last.prompt if isinstance(last, Asked) else find_prompt(app, filling)
    if prompt is None:
        return "", ()
    html, rows = ask(app, filling.form, prompt, locale, _answer_rows(app, filling, prompt, page))
    refused = next((event for event in events if isinstance(event, Refused) and event.candidates), None)
    if refused and prompt.kind == "select_one":
        rows = candidate_rows(prompt, refused, locale) or rows
    return html, rows


def _answer_rows(app: App, filling: Filling, prompt: Prompt, page: int) -> Rows:
    locale = filling.session.locale
    if not has_calendar(prompt):
        return choice_rows(app, prompt, locale, page)
    month = find_page(prompt, app.today(), page)
    allowed = forms.find_allowed(filling.form, filling.session, list_days(prompt, month), app.clock(), RULES)
    return day_rows(app.languages, prompt, locale, month, allowed)


def _describe(app: App, event: Event, locale: str) -> str:
    if isinstance(event, Told):
        return tell(event.prompt)
    return explain(app, event, locale) if isinstance(event, Refused) else ""
