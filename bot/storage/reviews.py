"""What was decided on submissions; of those without a row nothing yet."""

from collections.abc import Mapping
from datetime import date

from bot.storage.database import Connection


def begin_review(conn: Connection, submission: str, state: str, decided_on: date) -> bool:
    """Keep the first decision on a submission; False where there is one already."""
    return bool(conn.sql.begin_review(submission=submission, state=state, decided_on=decided_on.isoformat()))


def move_review(conn: Connection, submission: str, before: str, state: str, decided_on: date) -> bool:
    """Keep a decision on a submission that stands at `before`; False where it does not any more."""
    day = decided_on.isoformat()
    return bool(conn.sql.move_review(submission=submission, before=before, state=state, decided_on=day))


def find_review(conn: Connection, submission: str) -> str | None:
    """The state of a submission; None where nobody looked at it."""
    state = conn.sql.find_review(submission=submission)
    return None if state is None else str(state)


def forget_review(conn: Connection, submission: str) -> None:
    conn.sql.forget_review(submission=submission)


def find_reviews(conn: Connection) -> Mapping[str, str]:
    """The state of each submission that was looked at, by receipt."""
    return dict(conn.sql.find_reviews())


def forget_orphans(conn: Connection) -> None:
    """Forget decisions on what was withdrawn or erased."""
    conn.sql.forget_reviews()
