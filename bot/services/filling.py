"""A person inside a form."""

from dataclasses import dataclass
from functools import lru_cache

from bot import forms
from bot.forms import Form, Prompt, Rules, Session
from bot.forms.events import Completed, Line
from bot.services.app import App
from bot.services.meant_choices import find_meant
from bot.storage import forms as stored
from bot.storage.database import Connection
from bot.storage.forms import StoredSession

PURPOSE = "form"
SUBMISSION_PURPOSE = "submission"
# The name of a question whose answer `anonymous` keeps the submission apart from the person.
ANONYMITY = "anonymity"
RULES = Rules(find=find_meant)


@dataclass(frozen=True, slots=True)
class Filling:
    """A person inside a form: the form as they began it, and how far they are."""

    form: Form
    session: Session


def recall_filling(app: App, conn: Connection, person: bytes) -> Filling | None:
    """The form the person is inside of, if any."""
    active = stored.find_active(conn, person)
    return None if active is None else read_filling(app, conn, active)


def read_filling(app: App, conn: Connection, kept: StoredSession) -> Filling | None:
    """A kept session with its form: today's where it is still the same, else the one it was begun with."""
    form = find_version(app, conn, kept.form, kept.fingerprint)
    return None if form is None else Filling(form, Session.from_json(app.cipher.open(kept.body, PURPOSE)))


def find_begun(app: App, conn: Connection, person: bytes, form_id: str) -> Filling | None:
    """The person inside this form, at it or away from it."""
    kept = next((one for one in stored.find_sessions(conn, person) if one.form == form_id), None)
    return None if kept is None else read_filling(app, conn, kept)


def find_version(app: App, conn: Connection, form_id: str, fingerprint: str) -> Form | None:
    """A form as it was when something was begun or sent with it."""
    form = app.library.forms.get(form_id)
    if form is not None and form.fingerprint == fingerprint:
        return form
    body = stored.find_version(conn, fingerprint)
    return None if body is None else _read_form(body)


# A form that has changed would be read anew, and its lists planted anew, with every answer to the older version.
@lru_cache(maxsize=64)
def _read_form(body: str) -> Form:
    return Form.from_json(body)


def find_prompt(app: App, filling: Filling) -> Prompt | None:
    """The question the session waits at."""
    return forms.find_asked(filling.form, filling.session, app.clock(), RULES)


def find_lines(app: App, filling: Filling) -> tuple[Line, ...]:
    """What can be changed from the summary, where that is shown."""
    _, events = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return next((event.all_lines for event in events if isinstance(event, Completed)), ())
