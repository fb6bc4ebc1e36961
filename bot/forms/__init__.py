"""XLSForms, pure: a form and a session in, the next question and events out.

    form, problems = read_form(Source(content, ".xlsx", "survey"))
    session, events = start(form, now, session_id=…, seed=…, locale="ar")
    session, events = answer(form, session, "25", now)

Reading is done when content is built; `Form.to_json` is what is kept. No clock, no randomness, no files, no chat.
"""

from bot.forms.events import Event, Offer, Prompt, Submission
from bot.forms.incoming import Attached, Chosen, Incoming, Located
from bot.forms.limits import Limits
from bot.forms.model import Form
from bot.forms.problems import FormProblem, FormUnusable
from bot.forms.reading import Source, read_form
from bot.forms.reasons import Reason
from bot.forms.reopening import fits, reopen
from bot.forms.sessions import Session, Stage
from bot.forms.steps import (
    WrongForm,
    answer,
    back,
    cancel,
    change_language,
    edit,
    remove,
    resume,
    skip,
    start,
    submit,
    toggle,
)
from bot.forms.trying import find_allowed, find_asked
from bot.forms.turns import Rules
from bot.forms.workbooks import check_archive

__all__ = [
    "Attached",
    "Chosen",
    "Event",
    "Form",
    "FormProblem",
    "FormUnusable",
    "Incoming",
    "Limits",
    "Located",
    "Offer",
    "Prompt",
    "Reason",
    "Rules",
    "Session",
    "Source",
    "Stage",
    "Submission",
    "WrongForm",
    "answer",
    "back",
    "cancel",
    "change_language",
    "check_archive",
    "edit",
    "find_allowed",
    "find_asked",
    "fits",
    "read_form",
    "remove",
    "reopen",
    "resume",
    "skip",
    "start",
    "submit",
    "toggle",
]
