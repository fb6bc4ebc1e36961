"""What was decided on submissions; of those without a row nothing yet."""

from collections.abc import Mapping
from datetime import date

from bot.storage.database import Connection


def keep_review(conn: Connection, submission: str, state: str, decided_on: date) -> None:
    conn.sql.keep_review(submission=submission, state=state, decided_on=decided_on.isoformat())


def forget_review(conn: Connection, submission: str) -> None:
    conn.sql.forget_review(submission=submission)


def find_reviews(conn: Connection) -> Mapping[str, str]:
    """The state of each submission that was looked at, by receipt."""
    return dict(conn.sql.find_reviews())


def forget_orphans(conn: Connection) -> None:
    """Forget decisions on what was withdrawn or erased."""
    conn.sql.forget_reviews()
