"""Questions the bot had no sure answer to, kept for staff, without who asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.storage.database import Connection


class Outcome(StrEnum):
    """What became of a question."""

    UNKNOWN = "unknown"
    SUGGESTED = "suggested"
    CHOSEN = "chosen"
    NONE_OF_THESE = "none"
    # There is an answer to it now.
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `id` is random, `body` sealed, `entry` the answer that was chosen from the suggestions."""

    id: str
    locale: str
    body: bytes
    outcome: Outcome
    asked_on: date
    entry: str | None = None


def keep_question(conn: Connection, question: Question) -> None:
    conn.sql.keep_question(
        id=question.id,
        locale=question.locale,
        body=question.body,
        outcome=question.outcome.value,
        asked_on=question.asked_on.isoformat(),
    )


def set_outcome(conn: Connection, question_id: str, outcome: Outcome, entry: str | None = None) -> None:
    conn.sql.set_outcome(id=question_id, outcome=outcome.value, entry=entry)


def forget_question(conn: Connection, question_id: str) -> None:
    conn.sql.forget_question(id=question_id)


def settle(conn: Connection, question: Question, outcome: Outcome, entry: str | None) -> bool:
    """False where something else became of it meanwhile."""
    before = question.outcome.value
    return bool(conn.sql.settle_question(id=question.id, before=before, outcome=outcome.value, entry=entry))


def find_questions(conn: Connection) -> list[Question]:
    return [_to_question(row) for row in conn.sql.find_questions()]


def find_question(conn: Connection, question_id: str) -> Question | None:
    """One question, if it is kept."""
    row = conn.sql.find_question(id=question_id)
    return None if row is None else _to_question(row)


def forget_before(conn: Connection, day: date) -> None:
    conn.sql.forget_old_questions(before=day.isoformat())


def _to_question(row: tuple[Any, ...]) -> Question:
    question_id, locale, body, outcome, entry, day = row
    return Question(question_id, locale, bytes(body), Outcome(outcome), date.fromisoformat(day), entry)
