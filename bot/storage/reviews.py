"""What was decided on submissions; of those without a row nothing yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Review:
    """Where a submission stands, and how many decisions that took."""

    state: str
    turn: int


def begin_review(conn: Connection, submission: str, state: str, decided_on: date) -> bool:
    """Keep the first decision on a submission; False where there is one already."""
    return bool(conn.sql.begin_review(submission=submission, state=state, decided_on=decided_on.isoformat()))


def move_review(conn: Connection, submission: str, turn: int, state: str, decided_on: date) -> bool:
    """Keep the next decision on a submission after that of a `turn`; False where there is another since."""
    day = decided_on.isoformat()
    return bool(conn.sql.move_review(submission=submission, turn=turn, state=state, decided_on=day))


def find_review(conn: Connection, submission: str) -> Review | None:
    """The last decision on a submission; None where there is none."""
    row = conn.sql.find_review(submission=submission)
    return None if row is None else Review(*row)


def forget_review(conn: Connection, submission: str) -> None:
    conn.sql.forget_review(submission=submission)


def find_reviews(conn: Connection) -> Mapping[str, str]:
    """The state of each submission that was looked at, by receipt."""
    return dict(conn.sql.find_reviews())


def forget_orphans(conn: Connection) -> None:
    """Forget decisions on what was withdrawn or erased."""
    conn.sql.forget_reviews()
