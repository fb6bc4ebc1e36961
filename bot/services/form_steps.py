"""What the buttons under a question of a form do."""

from collections.abc import Callable, Mapping

from bot import forms
from bot.forms import Chosen
from bot.messages import Button, Reply
from bot.services.actions import Action
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.effects import FormRested, LocaleChosen
from bot.services.filling import RULES, Filling, find_lines, find_prompt
from bot.services.form_buttons import mark, step, step_button
from bot.services.form_showing import show_step
from bot.services.forms import OUTSIDE
from bot.services.place_button import keep_place_button
from bot.services.revisions import revise
from bot.services.submissions import show_submission
from bot.services.summaries import list_lines


def respond_to_step(app: App, asking: Asking, pressed: Action, message_id: int) -> Response | Lookup:
    """A button of a form."""
    name, *arguments = (*pressed.arguments, "")
    outside = {**OUTSIDE, "show": show_submission, "revise": revise}
    if name in outside:
        return outside[name](app, asking, pressed.locale, arguments)
    filling = asking.filling
    if filling is None:
        return say(app, pressed.locale, "form.not_open")
    return INSIDE[name](app, asking, filling, arguments, message_id) if name in INSIDE else Response()


def go_on_in(app: App, asking: Asking, filling: Filling, locale: str, message_id: int) -> Response:
    """A language chosen inside a form: the form goes on in it, from the same question."""
    changed = forms.change_language(filling.form, filling.session, locale, app.clock(), RULES)
    shown = show_step(app, asking, filling.form, changed, message_id)
    return Response(shown.replies, (LocaleChosen(asking.incoming.person, locale), *shown.effects))


def _pick(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    marked, value, *_ = (*arguments, "", "")
    prompt = find_prompt(app, filling)
    if prompt is None or mark(prompt.ref) != marked:
        return _say_old(app, asking, filling)
    if value.isdigit() and int(value) < len(prompt.offers):
        value = prompt.offers[int(value)].value
    picked = forms.answer(filling.form, filling.session, Chosen((value,)), app.clock(), ref=prompt.ref, rules=RULES)
    return show_step(app, asking, filling.form, picked, message_id)


def _tick(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    marked, value, page, *_ = (*arguments, "", "", "")
    prompt = find_prompt(app, filling)
    if prompt is None or mark(prompt.ref) != marked or not value.isdigit() or int(value) >= len(prompt.offers):
        return _say_old(app, asking, filling)
    ticked = forms.toggle(filling.form, filling.session, prompt.offers[int(value)].value, app.clock(), RULES)
    return show_step(app, asking, filling.form, ticked, message_id, _read_page(page))


def _done(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    prompt = find_prompt(app, filling)
    if prompt is None or mark(prompt.ref) != arguments[0]:
        return _say_old(app, asking, filling)
    chosen = prompt.drafts or tuple(prompt.value.split())
    sent = forms.answer(filling.form, filling.session, Chosen(chosen), app.clock(), rules=RULES)
    return show_step(app, asking, filling.form, sent, message_id)


def _turn_page(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    shown = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return show_step(app, asking, filling.form, shown, message_id, _read_page(arguments[0]))


def _plain_step(make: Callable[..., forms.steps.Step]) -> "Inside":
    def do(app: App, asking: Asking, filling: Filling, _arguments: list[str], message_id: int) -> Response:
        return show_step(app, asking, filling.form, make(filling.form, filling.session, app.clock(), RULES), message_id)

    return do


def _leave(app: App, asking: Asking, filling: Filling, _arguments: list[str], _message_id: int) -> Response:
    left = say(app, filling.session.locale, "form.left", FormRested(asking.incoming.person))
    return keep_place_button(app, asking, left, None)


def _cancel(app: App, _asking: Asking, filling: Filling, _arguments: list[str], _message_id: int) -> Response:
    locale, revises = filling.session.locale, filling.session.revises
    sure = "form.cancel.sure.revision" if revises else "form.cancel.sure"
    rows = (
        (Button(app.languages.say(locale, sure), step(locale, "sure")),),
        (step_button(app, locale, "resume"),),
    )
    return say(app, locale, "form.cancel.ask.revision" if revises else "form.cancel.ask", buttons=rows)


def _cancel_surely(app: App, asking: Asking, filling: Filling, _arguments: list[str], message_id: int) -> Response:
    return show_step(app, asking, filling.form, forms.cancel(filling.session), message_id)


def _choose_line(app: App, _asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    _, events = forms.submit(filling.form, filling.session, app.clock(), RULES)
    lines = find_lines(app, filling)
    locale = filling.session.locale
    rows = list_lines(app, lines, locale, _read_page(arguments[0]))
    return (
        Response((Reply(app.languages.say(locale, "form.change.which"), locale, rows, message_id),))
        if events
        else Response()
    )


def _edit(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    lines = find_lines(app, filling)
    number = arguments[0]
    if not number.isdigit() or int(number) >= len(lines):
        return _say_old(app, asking, filling)
    edited = forms.edit(filling.form, filling.session, lines[int(number)].ref, app.clock(), RULES)
    return show_step(app, asking, filling.form, edited, message_id)


Inside = Callable[[App, Asking, Filling, list[str], int], Response]
INSIDE: Mapping[str, Inside] = {
    "pick": _pick,
    "tick": _tick,
    "done": _done,
    "page": _turn_page,
    "back": _plain_step(forms.back),
    "skip": _plain_step(forms.skip),
    "resume": _plain_step(forms.resume),
    "submit": _plain_step(forms.submit),
    "leave": _leave,
    "cancel": _cancel,
    "sure": _cancel_surely,
    "change": _choose_line,
    "edit": _edit,
}


def _say_old(app: App, asking: Asking, filling: Filling) -> Response:
    """A button of an earlier question: nothing changes, the question is asked again."""
    shown = show_step(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))
    old = app.languages.say(filling.session.locale, "form.refused.old-question")
    reply = shown.replies[0]
    return Response((Reply(f"✋ {old}\n\n{reply.html}", reply.locale, reply.buttons),), shown.effects)


def _read_page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
