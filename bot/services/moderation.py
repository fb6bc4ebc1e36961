"""Pledges and practices are read before they count: asked to be changed, approved, published; told in one's language."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from bot.errors import Outdated, SettingsError
from bot.matching import fold
from bot.messages import Reply
from bot.services.alarms import Wake, tell_person
from bot.services.app import App
from bot.services.filling import SUBMISSION_PURPOSE
from bot.services.form_buttons import step_button
from bot.storage import alarms, forms, reviews
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission

DECIDED, PROGRESS = "decided", "progress"
# Six months after a pledge was approved its pledger is asked how it goes.
PROGRESS_AFTER = timedelta(days=183)
# Titles or texts as alike as this may be the same pledge sent twice, or by two partners.
ALIKE = 85


class State(StrEnum):
    """Where a moderated submission stands."""

    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes-asked"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a moderator does."""

    ASK_CHANGES = "ask-changes"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[State, Act], State] = {
    (State.SUBMITTED, Act.ASK_CHANGES): State.CHANGES_ASKED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.CHANGES_ASKED, Act.ASK_CHANGES): State.CHANGES_ASKED,
    (State.CHANGES_ASKED, Act.APPROVE): State.APPROVED,
    (State.APPROVED, Act.ASK_CHANGES): State.CHANGES_ASKED,
    (State.APPROVED, Act.PUBLISH): State.PUBLISHED,
    (State.APPROVED, Act.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Act.WITHDRAW): State.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Moderated:
    """One submission with where it stands; `answers` by the question's name, those of repeats joined; `changed_on`: the
    day its person last sent it anew."""

    receipt: str
    form: str
    person: bytes | None
    state: State
    answers: Mapping[str, str]
    changed_on: date | None = None


def find_moderated(app: App, conn: Connection) -> list[Moderated]:
    """All submissions of forms whose settings say `moderated: yes`, by form and day."""
    return [read_moderated(app, one, state) for one, state in find_standing(app, conn)]


def find_standing(app: App, conn: Connection) -> list[tuple[StoredSubmission, State]]:
    """The same, unread: each with where it stands."""
    states = reviews.find_reviews(conn)
    wanted = [form for form in app.library.forms if is_moderated(app, form)]
    found = [one for form in wanted for one in forms.find_submissions(conn, form)]
    return [(one, State(states.get(one.id, State.SUBMITTED))) for one in found]


def is_moderated(app: App, form_id: str) -> bool:
    form = app.library.forms.get(form_id)
    return form is not None and form.settings.get("moderated") == "yes"


def decide(app: App, conn: Connection, receipt: str, act: Act, reason: str = "") -> State:
    """Do it and tell the person; the new state.

    Raises `SettingsError` where there is no such submission, it does not stand where this can be done, or changes are
    asked for without saying which; `Outdated` where somebody else decides at the same time.
    """
    submission = find_one(app, conn, receipt)
    state = TRANSITIONS.get((submission.state, act))
    if state is None:
        possible = ", ".join(one for (before, one) in TRANSITIONS if before is submission.state) or "nothing more"
        raise SettingsError(f"{receipt} is {submission.state}: {act} cannot be done; possible is {possible}.")
    if act is Act.ASK_CHANGES and not reason:
        raise SettingsError("Say which changes are asked for, with --reason: the person reads it.")
    if not _move(conn, receipt, submission.state, state, app.today()):
        raise Outdated
    tell_person(app, conn, submission.person, DECIDED, receipt, {"state": state, "reason": reason})
    if act is Act.APPROVE:
        tell_person(app, conn, submission.person, PROGRESS, receipt, {}, PROGRESS_AFTER)
    return state


def begin_anew(conn: Connection, person: bytes, receipt: str) -> None:
    """What was changed is read again, and nobody is asked how a pledge goes that is not approved any more."""
    reviews.forget_review(conn, receipt)
    alarms.drop_about(conn, person, PROGRESS, receipt)


def find_one(app: App, conn: Connection, receipt: str) -> Moderated:
    """Raises `SettingsError` where there is none."""
    found = forms.find_submission(conn, receipt)
    if found is None or not is_moderated(app, found.form):
        raise SettingsError(f"“{receipt}” is no receipt of a moderated submission: see `hiwar submission list`.")
    last = reviews.find_review(conn, receipt)
    return read_moderated(app, found, State(last.state) if last else State.SUBMITTED)


def find_alike(submission: Moderated, others: Iterable[Moderated]) -> list[Moderated]:
    """Others of the same form whose title or text says nearly the same."""
    return [
        other
        for other in others
        if other.receipt != submission.receipt
        and other.form == submission.form
        and any(
            _are_alike(submission.answers.get(part, ""), other.answers.get(part, ""))
            for part in ("title", "description")
        )
    ]


def say_decision(app: App, wake: Wake) -> Reply | None:
    told = json.loads(wake.which)
    html = tell_decision(app, wake.locale, wake.subject, told["state"], told["reason"])
    asks = told["state"] == State.CHANGES_ASKED
    return Reply(html, wake.locale, ((step_button(app, wake.locale, "revise", wake.subject),),) if asks else ())


def tell_decision(app: App, locale: str, receipt: str, state: str, reason: str) -> str:
    """What the person reads."""
    html = app.languages.say(locale, f"review.{state}", receipt=receipt)
    return f"{html}\n\n{app.languages.say(locale, 'review.reason', reason=reason)}" if reason else html


def say_progress(app: App, wake: Wake) -> Reply | None:
    return Reply(app.languages.say(wake.locale, "review.progress", receipt=wake.subject), wake.locale)


def read_moderated(app: App, submission: StoredSubmission, state: State) -> Moderated:
    """A submission with its answers opened."""
    answers: dict[str, str] = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
    named: dict[str, str] = {}
    for ref, value in answers.items():
        name = ref.rsplit("/", 1)[-1]
        named[name] = f"{named[name]}, {value}" if named.get(name) else value
    return Moderated(submission.id, submission.form, submission.pseudonym, state, named, submission.changed_on)


def _move(conn: Connection, receipt: str, before: State, after: State, day: date) -> bool:
    """False where somebody decided since `before` was read."""
    last = reviews.find_review(conn, receipt)
    if last is None:
        return before is State.SUBMITTED and reviews.begin_review(conn, receipt, after, day)
    return last.state == before and reviews.move_review(conn, receipt, last.turn, after, day)


def _are_alike(one: str, other: str) -> bool:
    return bool(one and other) and fuzz.token_set_ratio(fold(one), fold(other)) >= ALIKE
