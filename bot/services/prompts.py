"""A question of a form as people see it, and what is wrong with an answer."""

from html import escape, unescape

from bot.forms import Form, Prompt
from bot.forms.events import Refused
from bot.languages import RIGHT_TO_LEFT_MARK, Languages, isolate
from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.form_buttons import CHOICES_A_PAGE, step_button
from bot.services.form_texts import title

BAR = 10
# Whose buttons do not tell how to answer.
EXPLAINED = frozenset(
    {"select_multiple", "rank", "date", "time", "dateTime", "geopoint", "image", "audio", "video", "file"}
)


def ask(app: App, form: Form, prompt: Prompt, locale: str, answers: Rows) -> tuple[str, Rows]:
    """The question as HTML, and its buttons: `answers` above those of the steps."""
    languages = app.languages
    parts = [
        _head(languages, form, prompt, locale),
        *(f"<i>{group}</i>" for group in prompt.groups),
        f"<b>{prompt.label}</b>",
    ]
    parts += [text for text in (prompt.hint and f"<i>{prompt.hint}</i>", prompt.guidance) if text]
    parts.append(_how(app, prompt, locale))
    if prompt.value and prompt.shown:
        parts.append(languages.say(locale, "form.so_far", answer=unescape(prompt.shown)))
    return "\n\n".join(part for part in parts if part), (*answers, *_step_rows(app, prompt, locale))


def tell(prompt: Prompt) -> str:
    """A note."""
    return "\n\n".join(text for text in (prompt.label, prompt.hint and f"<i>{prompt.hint}</i>") if text)


def explain(app: App, refused: Refused, locale: str) -> str:
    """Why an answer cannot be taken: in the form's own words where it has some, with an example."""
    reason = refused.message or app.languages.say(locale, f"form.refused.{refused.reason}")
    example = app.languages.say(locale, "form.example", example=refused.example) if refused.example else ""
    return "\n".join(text for text in (f"✋ {reason}", example) if text)


def _head(languages: Languages, form: Form, prompt: Prompt, locale: str) -> str:
    """The form and how far one is: the total may still change, so it is only about that many."""
    done = round(BAR * max(0, prompt.position - 1) / max(1, prompt.total))
    bar = "▰" * done + "▱" * (BAR - done)
    place = f"{prompt.position}/≈{prompt.total}"
    if languages.is_rtl(locale):
        # Isolated, the numbers keep their order; behind a mark the bar fills from the right.
        place, bar = isolate(place), RIGHT_TO_LEFT_MARK + bar
    return f"📝 {escape(title(form, locale), quote=False)} · {place}\n{bar}"


def _how(app: App, prompt: Prompt, locale: str) -> str:
    """How to answer, where the buttons do not tell."""
    if prompt.kind == "date" and "year" in prompt.appearance:
        # XLSForm, "appearance": month-year and year ask for less than a day.
        return app.languages.say(locale, "form.how.month" if "month" in prompt.appearance else "form.how.year")
    if prompt.kind in EXPLAINED:
        return app.languages.say(locale, f"form.how.{prompt.kind}")
    return app.languages.say(locale, "form.how.search") if len(prompt.offers) > CHOICES_A_PAGE else ""


def _step_rows(app: App, prompt: Prompt, locale: str) -> Rows:
    back = (step_button(app, locale, "back"),) if prompt.position > 1 else ()
    skip = (step_button(app, locale, "skip"),) if not prompt.required or prompt.value else ()
    language = Button("🌐", action(Verb.SHOW_LOCALES, locale))
    leave = (step_button(app, locale, "leave"), step_button(app, locale, "cancel"), language)
    return tuple(row for row in ((*back, *skip), leave) if row)
