"""What somebody sent by name: listed, shown, and taken back."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape

from bot.forms import Form
from bot.forms.model import Question
from bot.messages import Button, Reply
from bot.services import prompts
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.exporting import UNASKED, label_choices, label_question
from bot.services.filling import SUBMISSION_PURPOSE
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
        rows = tuple((Button(_name(app, one, locale), prompts.step(locale, "show", one.id)),) for one in found)
        return say(app, locale, "submissions.text" if rows else "submissions.none", buttons=rows)

    return find


def show_submission(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    """One of the person's own, answer by answer, with a button to take it back; nobody else's is ever shown."""

    def find(conn: Connection) -> Response:
        own = stored.find_submissions_of(conn, asking.incoming.person)
        submission = next((one for one in own if one.id == arguments[0]), None)
        form = find_form(app, conn, submission) if submission else None
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
        withdraw = Button(app.languages.say(locale, "form.withdraw"), prompts.step(locale, "withdraw", submission.id))
        return Response((Reply(html, locale, ((withdraw,),)),))

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
    labels = dict(label_choices(form, question, locale))
    return ", ".join(labels.get(one, one) for one in value.split()) if labels else value


def find_form(app: App, conn: Connection, submission: StoredSubmission) -> Form | None:
    """The form as it was when it was sent."""
    form = app.library.forms.get(submission.form)
    if form is not None and form.fingerprint == submission.fingerprint:
        return form
    body = stored.find_version(conn, submission.fingerprint)
    return form if body is None else Form.from_json(body)


def _name(app: App, submission: StoredSubmission, locale: str) -> str:
    form = app.library.forms.get(submission.form)
    day = app.languages.format_date(locale, submission.submitted_on)
    return f"{prompts.title(form, locale) if form else submission.form} · {submission.id} · {day}"
