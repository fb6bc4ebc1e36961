"""The buttons of a form: what they say when pressed, and how they stand in rows."""

from collections.abc import Sequence
from zlib import crc32

from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.form_texts import title

CHOICES_A_PAGE = 10
# A phone shows two labels of this length side by side.
SHORT_LABEL = 16


def mark(ref: str) -> str:
    """A short name of a question, by which a button of an earlier one is known."""
    return f"{crc32(ref.encode()):x}"


def step(locale: str, name: str, *arguments: str) -> str:
    return action(Verb.FORM, locale, name, *arguments)


def step_button(app: App, locale: str, name: str, *arguments: str) -> Button:
    """A button with the words the catalogue has for its step."""
    return Button(app.languages.say(locale, f"form.{name}"), step(locale, name, *arguments))


def form_rows(app: App, locale: str) -> Rows:
    """A button for each form there is."""
    return tuple(
        (Button(f"📝 {title(form, locale)}", step(locale, "open", form.id)),) for form in app.library.forms.values()
    )


def page_rows(app: App, locale: str, name: str, page: int, count: int) -> Rows:
    last = max(0, (count - 1) // CHOICES_A_PAGE)
    turns = [("page.previous", page - 1)] * (page > 0) + [("page.next", page + 1)] * (page < last)
    turning = tuple(Button(app.languages.say(locale, key), step(locale, name, str(to))) for key, to in turns)
    return (turning,) if turning else ()


def arrange(buttons: Sequence[Button]) -> Rows:
    """Two a row where all labels are short."""
    short = all(len(button.label) <= SHORT_LABEL for button in buttons)
    size = 2 if short else 1
    return tuple(tuple(buttons[start : start + size]) for start in range(0, len(buttons), size))
