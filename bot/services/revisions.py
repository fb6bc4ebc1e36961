"""What was sent by name, opened again to be changed."""

import json

from bot import forms
from bot.forms import Form
from bot.forms.events import Completed
from bot.forms.steps import Step
from bot.messages import Button, Reply
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.filling import RULES, SUBMISSION_PURPOSE, Filling, find_begun, find_version
from bot.services.form_buttons import step
from bot.services.form_showing import show_step
from bot.services.forms import is_closed
from bot.storage import forms as stored
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission


def revise(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    """Begin with the answers that were sent, at the summary; what was sent stays until it is sent again."""

    def find(conn: Connection) -> Response:
        submission = stored.find_own_submission(conn, arguments[0], asking.incoming.person)
        if submission is None:
            return say(app, locale, "submissions.gone")
        form = app.library.forms.get(submission.form)
        if form is None or is_closed(conn, form.id):
            return say(app, locale, "form.closed.revision")
        begun = find_begun(app, conn, asking.incoming.person, form.id)
        if begun is not None:
            return _go_on(app, asking, locale, begun, submission.id)
        shown = show_step(app, asking, *_reopen(app, conn, asking, locale, submission))
        return _introduce(app, shown, submission)

    return find


def _go_on(app: App, asking: Asking, locale: str, begun: Filling, receipt: str) -> Response:
    """The revision already begun; another one of the form has to be finished or given up first."""
    if begun.session.revises == receipt:
        return show_step(app, asking, begun.form, forms.resume(begun.form, begun.session, app.clock(), RULES))
    button = Button(app.languages.say(locale, "form.resume"), step(locale, "continue", begun.form.id))
    return say(app, locale, "submissions.begun", buttons=((button,),))


def _reopen(app: App, conn: Connection, asking: Asking, locale: str, submission: StoredSubmission) -> tuple[Form, Step]:
    """With today's form where that takes every answer as it is, else with the one it was sent with."""
    answers: dict[str, str] = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
    sent_with = find_version(app, conn, submission.form, submission.fingerprint)
    current, now = app.library.forms[submission.form], app.clock()

    def reopen(form: Form) -> Step:
        person = asking.incoming.person.hex()
        begun, _ = forms.start(
            form, now, session_id=app.make_id(), seed=app.make_id(), locale=locale, person=person, rules=RULES
        )
        return forms.reopen(form, begun, answers, submission.id, now, RULES)

    taken = reopen(current)
    if sent_with is None or (forms.fits(current, sent_with, answers) and isinstance(taken[1][-1], Completed)):
        return current, taken
    return sent_with, reopen(sent_with)


def _introduce(app: App, shown: Response, submission: StoredSubmission) -> Response:
    reply = shown.replies[-1]
    head = app.languages.say(reply.locale, "form.revise.begun", code=submission.id)
    introduced = Reply(f"{head}\n\n{reply.html}", reply.locale, reply.buttons)
    return Response((*shown.replies[:-1], introduced), shown.effects)
