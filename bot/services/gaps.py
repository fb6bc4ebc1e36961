"""What people asked and did not get, for staff: without who asked, alike questions together, the most frequent first."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Unreadable
from bot.matching import find_gist, group_alike
from bot.services.app import App
from bot.storage import feedback, follows, questions
from bot.storage.database import Connection
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome, Question

SHORT = 60
# Offered to somebody who chose none of it yet, or answered since: nothing to do for staff.
SETTLED = (Outcome.SUGGESTED, Outcome.ANSWERED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions alike in a language, with their ids; `entry` is the one that people chose from what was offered, empty
    where they found none: a phrasing to add there, or an answer to write."""

    locale: str
    entry: str
    texts: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often an answer was found useful, and not."""

    entry: str
    locale: str
    up: int
    down: int


def find_gaps(app: App, kept: Iterable[Question]) -> list[Gap]:
    """Questions kept for staff, in groups of alike ones, the largest first. Takes long where there are thousands."""
    apart: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for question in kept:
        text = "" if question.outcome in SETTLED else read_question(app, question)
        if text:
            apart.setdefault((question.locale, question.entry or ""), []).append((text, question.id))
    found = [gap for (locale, entry), asked in apart.items() for gap in _group(app, locale, entry, sorted(asked))]
    return sorted(found, key=lambda gap: (-len(gap.texts), gap.entry, gap.locale, gap.texts))


def _group(app: App, locale: str, entry: str, asked: list[tuple[str, str]]) -> Iterable[Gap]:
    lexicon = app.library.matcher.lexicon
    for numbers in group_alike([find_gist(text, locale, lexicon) for text, _ in asked]):
        group = [asked[number] for number in numbers]
        yield Gap(locale, entry, tuple(text for text, _ in group), tuple(question_id for _, question_id in group))


def erase_questions(conn: Connection, ids: Iterable[str]) -> None:
    """Erase questions, and who waits for an answer to them."""
    for one in ids:
        questions.forget_question(conn, one)
        follows.drop_followers(conn, f"question/{one}")


def find_verdicts(conn: Connection) -> list[Verdicts]:
    """The answers somebody gave a thumb, those found least useful first."""
    counts = feedback.sum_feedback(conn)
    keys = dict.fromkeys((entry, locale) for entry, locale, _ in counts)
    found = [
        Verdicts(entry, locale, counts.get((entry, locale, Thumb.UP), 0), counts.get((entry, locale, Thumb.DOWN), 0))
        for entry, locale in keys
    ]
    return sorted(found, key=lambda one: (one.up - one.down, one.entry, one.locale))


def read_question(app: App, question: Question) -> str:
    """The text; nothing where it was sealed with another key."""
    try:
        return app.cipher.open(question.body, "question")
    except Unreadable:
        return ""


def shorten(text: str) -> str:
    """A text in one line of a button."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"
