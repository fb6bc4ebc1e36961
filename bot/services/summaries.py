"""What was answered, to be checked and changed before it is sent."""

from collections.abc import Sequence
from html import escape, unescape

from bot.forms import Form
from bot.forms.events import Completed, Line
from bot.messages import Button, Rows
from bot.services.app import App
from bot.services.form_buttons import CHOICES_A_PAGE, page_rows, step, step_button
from bot.services.form_texts import cut, plain, title

# Bot API, sendMessage: 4096 characters; some are needed around the answers.
SUMMARY_LENGTH = 3_400


def summarize(app: App, form: Form, completed: Completed, locale: str) -> tuple[str, Rows]:
    """Everything answered, to be checked before it is sent."""
    head = app.languages.say(locale, "form.summary", form=title(form, locale))
    html, left = head, SUMMARY_LENGTH - len(head)
    for line in completed.lines:
        shown = f"\n\n<b>{line.label}</b>\n{escape(unescape(line.shown), quote=False)}"
        if len(shown) > left:
            html += "\n\n…"
            break
        html, left = html + shown, left - len(shown)
    rows = (
        (step_button(app, locale, "submit"),),
        (step_button(app, locale, "change", "0"),),
        (step_button(app, locale, "leave"), step_button(app, locale, "cancel")),
    )
    return html, rows


def list_lines(app: App, lines: Sequence[Line], locale: str, page: int) -> Rows:
    """The answers that can be changed, as buttons; by their place among all lines."""
    numbered = [(number, line) for number, line in enumerate(lines) if line.can_change]
    shown = numbered[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    rows = tuple((Button(cut(_name(app, line, locale)), step(locale, "edit", str(number))),) for number, line in shown)
    return (*rows, *page_rows(app, locale, "change", page, len(numbered)), (step_button(app, locale, "resume"),))


def _name(app: App, line: Line, locale: str) -> str:
    label = plain(line.label)
    return app.languages.pair(locale, label, plain(line.shown)) if line.shown else f"➕ {label}"
