"""A form is sent: the receipt, and what is kept of it."""

import json

from bot.forms import Form, Session, Submission
from bot.messages import Reply
from bot.services.app import App
from bot.services.asking import Response
from bot.services.effects import Effect, SessionDropped, SubmissionKept, SubmissionReplaced
from bot.services.filling import ANONYMITY, SUBMISSION_PURPOSE
from bot.services.form_buttons import step_button
from bot.storage.forms import StoredSubmission


def confirm(app: App, person: bytes, form: Form, session: Session, submission: Submission) -> Response:
    """The receipt. Who sent it is kept only where they did not ask to stay anonymous."""
    code = session.revises or make_code(submission.id)
    named = bool(session.person) and not _is_anonymous(submission)
    sealed = app.cipher.seal(json.dumps(dict(submission.answers), ensure_ascii=False), SUBMISSION_PURPOSE)
    changed_on = app.today() if session.revises else None
    whose = person if named else None
    kept = StoredSubmission(code, form.id, form.fingerprint, whose, session.locale, sealed, app.today(), changed_on)
    effect: Effect = SubmissionReplaced(person, kept) if session.revises else SubmissionKept(kept)
    buttons = tuple((step_button(app, session.locale, name, code),) for name in ("revise", "withdraw") if named)
    html = app.languages.say(session.locale, _key(session, named), code=code)
    return Response((Reply(html, session.locale, buttons),), (effect, SessionDropped(person, form.id)))


def make_code(submission_id: str) -> str:
    """Eight letters and digits that can be read out."""
    return submission_id[:8].replace("-", "x").replace("_", "y").upper()


def _key(session: Session, named: bool) -> str:
    if not named:
        return "form.submitted.anonymous"
    return "form.submitted.revision" if session.revises else "form.submitted.known"


def _is_anonymous(submission: Submission) -> bool:
    return any(value == "anonymous" for ref, value in submission.answers.items() if ref.rpartition("/")[2] == ANONYMITY)
