"""Forms being filled in, and those that were sent."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One person inside one form, pinned to its version; `body` is sealed. The active one takes what is said next."""

    form: str
    fingerprint: str
    is_active: bool
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A finished form; `id` is the receipt's code, `pseudonym` None where nothing may lead back to the person.

    `changed_on` is the day its person last sent it anew.
    """

    id: str
    form: str
    fingerprint: str
    pseudonym: bytes | None
    locale: str
    body: bytes
    submitted_on: date
    changed_on: date | None = None


def keep_version(conn: Connection, fingerprint: str, body: str) -> None:
    """Keep a form as sessions were begun with it, so that a changed form breaks none."""
    # Large, and nearly always there already.
    if not conn.sql.has_form_version(fingerprint=fingerprint):
        conn.sql.keep_form_version(fingerprint=fingerprint, body=body)


def find_version(conn: Connection, fingerprint: str) -> str | None:
    body = conn.sql.find_form_version(fingerprint=fingerprint)
    return None if body is None else str(body)


def keep_session(
    conn: Connection, pseudonym: bytes, form: str, fingerprint: str, body: bytes, updated_at: datetime
) -> None:
    """Keep a session as it now stands, and make it the active one."""
    conn.sql.rest_form_sessions(pseudonym=pseudonym)
    conn.sql.keep_form_session(
        pseudonym=pseudonym, form=form, fingerprint=fingerprint, body=body, updated_at=to_ms(updated_at)
    )


def rest_sessions(conn: Connection, pseudonym: bytes) -> None:
    """What the person says next belongs to no form."""
    conn.sql.rest_form_sessions(pseudonym=pseudonym)


def find_active(conn: Connection, pseudonym: bytes) -> StoredSession | None:
    row = conn.sql.find_active_form_session(pseudonym=pseudonym)
    return None if row is None else _to_session(row)


def find_sessions(conn: Connection, pseudonym: bytes) -> list[StoredSession]:
    """A person's open sessions, the latest first."""
    return [_to_session(row) for row in conn.sql.find_form_sessions(pseudonym=pseudonym)]


def drop_session(conn: Connection, pseudonym: bytes, form: str) -> bool:
    return bool(conn.sql.drop_form_session(pseudonym=pseudonym, form=form))


def drop_sessions_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.drop_form_sessions_of(pseudonym=pseudonym))


def count_sessions_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_form_sessions(pseudonym=pseudonym))


def forget_before(conn: Connection, before: datetime) -> None:
    """Forget sessions nobody went on with, and versions nothing refers to any more."""
    conn.sql.forget_form_sessions(before=to_ms(before))
    conn.sql.forget_form_versions()


def keep_submission(conn: Connection, submission: StoredSubmission) -> None:
    conn.sql.keep_submission(
        id=submission.id,
        form=submission.form,
        fingerprint=submission.fingerprint,
        pseudonym=submission.pseudonym,
        locale=submission.locale,
        body=submission.body,
        submitted_on=submission.submitted_on.isoformat(),
        changed_on=_write_day(submission.changed_on),
    )


def replace_submission(conn: Connection, submission: StoredSubmission, owner: bytes) -> bool:
    """Put it in the place of the one with its id; False where that is not the owner's any more."""
    replaced = conn.sql.replace_submission(
        id=submission.id,
        owner=owner,
        fingerprint=submission.fingerprint,
        pseudonym=submission.pseudonym,
        locale=submission.locale,
        body=submission.body,
        changed_on=_write_day(submission.changed_on),
    )
    return bool(replaced)


def find_own_submission(conn: Connection, submission_id: str, pseudonym: bytes) -> StoredSubmission | None:
    """A submission, where it is this person's."""
    row = conn.sql.find_own_submission(id=submission_id, pseudonym=pseudonym)
    return None if row is None else _to_submission(row)


def find_submissions(conn: Connection, form: str) -> list[StoredSubmission]:
    return [_to_submission(row) for row in conn.sql.find_submissions(form=form)]


def find_submission(conn: Connection, submission_id: str) -> StoredSubmission | None:
    row = conn.sql.find_submission(id=submission_id)
    return None if row is None else _to_submission(row)


def find_page(conn: Connection, form: str, after: str, most: int) -> list[StoredSubmission]:
    """At most so many submissions whose codes come after one, by code."""
    return [_to_submission(row) for row in conn.sql.find_submission_page(form=form, after=after, most=most)]


def find_fingerprints(conn: Connection, form: str) -> list[str]:
    """The versions of a form that something was sent with."""
    return [fingerprint for (fingerprint,) in conn.sql.find_submission_fingerprints(form=form)]


def find_submissions_of(conn: Connection, pseudonym: bytes) -> list[StoredSubmission]:
    return [_to_submission(row) for row in conn.sql.find_submissions_of(pseudonym=pseudonym)]


def withdraw(conn: Connection, submission_id: str, pseudonym: bytes) -> bool:
    """Erase a submission; False where it is not this person's."""
    return bool(conn.sql.withdraw_submission(id=submission_id, pseudonym=pseudonym))


def withdraw_all_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.withdraw_submissions_of(pseudonym=pseudonym))


def count_submissions_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_submissions_of(pseudonym=pseudonym))


def count_submissions(conn: Connection) -> dict[str, int]:
    """How many there are of each form."""
    return {form: int(count) for form, count in conn.sql.count_submissions()}


def measure_submissions(conn: Connection, form: str) -> tuple[int, int]:
    """How many there are of a form, and how many bytes their (sealed) answers take."""
    count, size = conn.sql.measure_submissions(form=form)
    return int(count), int(size)


def _to_session(row: tuple[str, str, int, bytes]) -> StoredSession:
    form, fingerprint, is_active, body = row
    return StoredSession(form, fingerprint, bool(is_active), bytes(body))


def _to_submission(row: tuple[str, str, str, bytes | None, str, bytes, str, str | None]) -> StoredSubmission:
    submission_id, form, fingerprint, pseudonym, locale, body, day, changed = row
    whose = None if pseudonym is None else bytes(pseudonym)
    changed_on = date.fromisoformat(changed) if changed else None
    return StoredSubmission(
        submission_id, form, fingerprint, whose, locale, bytes(body), date.fromisoformat(day), changed_on
    )


def _write_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
