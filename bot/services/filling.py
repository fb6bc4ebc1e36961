"""A person inside a form: what a step comes to, as messages and as facts to be kept."""

import json
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot import forms
from bot.forms import Form, Rules, Session
from bot.forms.events import (
    Asked,
    Cancelled,
    Closed,
    Completed,
    Event,
    Offer,
    Refused,
    Submission,
    Submitted,
    Told,
)
from bot.matching import fold
from bot.messages import Button, Reply
from bot.services import prompts
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.effects import SessionDropped, SessionKept, SubmissionKept
from bot.storage import forms as stored
from bot.storage.database import Connection
from bot.storage.forms import StoredSession, StoredSubmission

PURPOSE = "form"
SUBMISSION_PURPOSE = "submission"
# The name of a question whose answer `anonymous` keeps the submission apart from the person.
ANONYMITY = "anonymity"
# As likely as one slip in a word of six letters.
LIKELY = 80
MOST_MEANT = 5


@dataclass(frozen=True, slots=True)
class Filling:
    """A person inside a form: the form as they began it, and how far they are."""

    form: Form
    session: Session


def find_meant(text: str, offers: "tuple[Offer, ...]") -> list[str]:
    """The choices a typed text may mean, with the folding and forgiveness of questions."""
    wanted = fold(text)
    labels = {offer.value: fold(offer.label) for offer in offers}
    exact = [value for value, label in labels.items() if wanted in (label, fold(value))]
    if exact or not wanted:
        return exact[:1]
    starting = [value for value, label in labels.items() if label.startswith(wanted)]
    if starting:
        return starting[:MOST_MEANT]
    alike = process.extract(wanted, labels, scorer=fuzz.WRatio, score_cutoff=LIKELY, limit=MOST_MEANT)
    best = [value for _, score, value in alike if score == alike[0][1]] if alike else []
    return best[:1] if len(best) == 1 else [value for _, _, value in alike]


RULES = Rules(find=lambda text, offers: find_meant(text, tuple(offers)))


def recall_filling(app: App, conn: Connection, person: bytes) -> Filling | None:
    """The form the person is inside of, if any."""
    active = stored.find_active(conn, person)
    return None if active is None else read_filling(app, conn, active)


def read_filling(app: App, conn: Connection, kept: StoredSession) -> Filling | None:
    """A kept session with its form: today's where it is still the same, else the one it was begun with."""
    form = app.library.forms.get(kept.form)
    if form is None or form.fingerprint != kept.fingerprint:
        body = stored.find_version(conn, kept.fingerprint)
        form = None if body is None else Form.from_json(body)
    return None if form is None else Filling(form, Session.from_json(app.cipher.open(kept.body, PURPOSE)))


def show_step(
    app: App,
    asking: Asking,
    form: Form,
    taken: "tuple[Session, tuple[Event, ...]]",
    replaces: int | None = None,
    page: int = 0,
) -> Response:
    """What a step came to, as messages and as facts to be kept."""
    session, events = taken
    locale, person = session.locale, asking.incoming.person
    before = [part for event in events if (part := _describe(app, event, locale))]
    last = events[-1]
    if isinstance(last, Submitted):
        return _confirm(app, person, form, session, last.submission)
    if isinstance(last, Cancelled | Closed):
        dropped = SessionDropped(person, form.id)
        return say(app, locale, "form.cancelled", dropped, replaces=replaces)
    if isinstance(last, Completed):
        html, rows = prompts.summarize(app, form, last, locale)
    else:
        prompt = last.prompt if isinstance(last, Asked) else find_prompt(app, Filling(form, session))
        html, rows = prompts.ask(app, form, prompt, locale, page) if prompt else ("", ())
        refused = next((event for event in events if isinstance(event, Refused) and event.candidates), None)
        if prompt and refused and prompt.kind == "select_one":
            rows = prompts.candidate_rows(prompt, refused, locale) or rows
    # A message that says more than the next question is not put in the place of an older one.
    reply = prompts.gather(before, html, rows, locale, None if before else replaces)
    body = app.cipher.seal(session.to_json(), PURPOSE)
    return Response((reply,), (SessionKept(person, form.id, form.fingerprint, form.to_json(), body),))


def _describe(app: App, event: Event, locale: str) -> str:
    if isinstance(event, Told):
        return prompts.tell(event.prompt)
    return prompts.explain(app, event, locale) if isinstance(event, Refused) else ""


def _confirm(app: App, person: bytes, form: Form, session: Session, submission: Submission) -> Response:
    """The receipt. Who sent it is kept only where they did not ask to stay anonymous."""
    code = submission.id[:8].replace("-", "x").replace("_", "y").upper()
    named = session.person and "anonymous" not in {
        value for ref, value in submission.answers.items() if ref.endswith(f"/{ANONYMITY}")
    }
    whose = person if named else None
    sealed = app.cipher.seal(json.dumps(dict(submission.answers), ensure_ascii=False), SUBMISSION_PURPOSE)
    kept = StoredSubmission(code, form.id, form.fingerprint, whose, session.locale, sealed, app.today())
    key = "form.submitted.known" if named else "form.submitted.anonymous"
    withdraw = Button(
        app.languages.say(session.locale, "form.withdraw"), prompts.step(session.locale, "withdraw", code)
    )
    rows = ((withdraw,),) if named else ()
    effects = (SubmissionKept(kept), SessionDropped(person, form.id))
    reply = Reply(app.languages.say(session.locale, key, code=code), session.locale, rows)
    return Response((reply,), effects)


def find_prompt(app: App, filling: Filling) -> "forms.Prompt | None":
    """The question the session waits at."""
    _, events = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return next((event.prompt for event in events if isinstance(event, Asked)), None)


def find_lines(app: App, filling: Filling) -> "tuple[forms.events.Line, ...]":
    _, events = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return next((event.lines for event in events if isinstance(event, Completed)), ())
