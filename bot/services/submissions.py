"""What somebody sent by name: listed and shown."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape

from bot.forms import Form
from bot.forms.model import Question
from bot.messages import Button, Reply
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.filling import SUBMISSION_PURPOSE, find_version
from bot.services.form_buttons import step, step_button
from bot.services.form_labels import UNASKED, label_choices, label_question
from bot.services.form_texts import title
from bot.services.menus import locale_of
from bot.storage import forms as stored
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission

# As much as a message holds, with room for its head (Bot API, sendMessage).
LENGTH = 3_400
_PLACE = re.compile(r"\[\d+\]")


def list_submissions(app: App, asking: Asking) -> Lookup:
    """What the person sent by name, the latest first, each with a button to see it."""
    locale = locale_of(app, asking)

    def find(conn: Connection) -> Response:
        found = sorted(
            stored.find_submissions_of(conn, asking.incoming.person), key=lambda one: one.submitted_on, reverse=True
        )
        rows = tuple((Button(_name(app, one, locale), step(locale, "show", one.id)),) for one in found)
        return say(app, locale, "submissions.text" if rows else "submissions.none", buttons=rows)

    return find


def show_submission(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    """One of the person's own, answer by answer, with buttons to change it and to take it back; nobody else's is ever shown."""

    def find(conn: Connection) -> Response:
        submission = stored.find_own_submission(conn, arguments[0], asking.incoming.person)
        form = find_version(app, conn, submission.form, submission.fingerprint) if submission else None
        if submission is None or form is None:
            return say(app, locale, "submissions.gone")
        answers = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
        html = f"<b>{escape(_name(app, submission, locale), quote=False)}</b>"
        for label, value in read_answers(form, answers, locale):
            line = f"\n\n<b>{escape(label, quote=False)}</b>\n{escape(value, quote=False)}"
            if len(html) + len(line) > LENGTH:
                html += "\n\n…"
                break
            html += line
        rows = tuple((step_button(app, locale, name, submission.id),) for name in ("revise", "withdraw"))
        return Response((Reply(html, locale, rows),))

    return find


def read_answers(form: Form, answers: Mapping[str, str], locale: str) -> Iterator[tuple[str, str]]:
    """Each question that was answered with its answer, as people read them, in the form's order."""
    given: dict[str, list[str]] = {}
    for ref, value in answers.items():
        given.setdefault(_PLACE.sub("", ref), []).append(value)
    for question in form.questions:
        asked = question.kind not in UNASKED and question.texts.get("label")
        for value in given.get(question.ref, ()) if asked else ():
            if value:
                yield label_question(form, question, locale), _label_value(form, question, value, locale)


def _label_value(form: Form, question: Question, value: str, locale: str) -> str:
    labels = label_choices(form, question, locale)
    return ", ".join(labels.get(one, one) for one in value.split()) if labels else value


def _name(app: App, submission: StoredSubmission, locale: str) -> str:
    form = app.library.forms.get(submission.form)
    day = app.languages.format_date(locale, submission.changed_on or submission.submitted_on)
    sign = "✏️ " if submission.changed_on else ""
    return f"{title(form, locale) if form else submission.form} · {submission.id} · {sign}{day}"
