"""The choices of a question as buttons."""

from collections.abc import Sequence

from bot.forms import Prompt
from bot.forms.events import Refused
from bot.messages import Button, Rows
from bot.services.app import App
from bot.services.form_buttons import CHOICES_A_PAGE, arrange, mark, page_rows, step, step_button
from bot.services.form_texts import cut, plain

MANY = frozenset({"select_multiple", "rank"})


def choice_rows(app: App, prompt: Prompt, locale: str, page: int) -> Rows:
    if prompt.kind == "repeat":
        return ((_pick(app, prompt, locale, "yes"), _pick(app, prompt, locale, "no")),)
    if prompt.kind == "acknowledge":
        return ((Button(app.languages.say(locale, "form.acknowledge"), step(locale, "pick", mark(prompt.ref), "OK")),),)
    offers = list(enumerate(prompt.offers))[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    chosen = prompt.drafts or (tuple(prompt.value.split()) if prompt.kind in MANY else (prompt.value,))
    name = "tick" if prompt.kind in MANY else "pick"
    buttons = [
        Button(
            _sign(prompt.kind, chosen, offer.value) + cut(plain(offer.label)),
            step(locale, name, mark(prompt.ref), str(number), str(page)),
        )
        for number, offer in offers
    ]
    pages = page_rows(app, locale, "page", page, len(prompt.offers))
    done = ((step_button(app, locale, "done", mark(prompt.ref)),),) if prompt.kind in MANY else ()
    return (*arrange(buttons), *pages, *done)


def candidate_rows(prompt: Prompt, refused: Refused, locale: str) -> Rows:
    """The choices that may have been meant, to press one."""
    places = {offer.value: str(number) for number, offer in enumerate(prompt.offers)}
    meant = [offer for offer in refused.candidates if offer.value in places]
    return tuple(
        (Button(cut(plain(offer.label)), step(locale, "pick", mark(prompt.ref), places[offer.value])),)
        for offer in meant
    )


def _pick(app: App, prompt: Prompt, locale: str, value: str) -> Button:
    return Button(app.languages.say(locale, f"form.{value}"), step(locale, "pick", mark(prompt.ref), value))


def _sign(kind: str, chosen: Sequence[str], value: str) -> str:
    if value not in chosen:
        return "▫️ " if kind in MANY else ""
    return f"{chosen.index(value) + 1}. " if kind == "rank" else "✅ "
