"""What people asked and did not get, for staff: without who asked, alike questions together, the most frequent first."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.errors import Unreadable
from bot.matching import fold
from bot.services.app import App
from bot.storage import feedback, questions
from bot.storage.database import Connection
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome, Question

# Word for word in any order, a few letters apart: the same question for whoever writes the answer.
ALIKE = 85


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions alike in a language; `entry` is the one that people chose from what was offered, empty where they found
    none: a phrasing to add there, or an answer to write."""

    locale: str
    entry: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often an answer was found useful, and not."""

    entry: str
    locale: str
    up: int
    down: int


def find_gaps(app: App, conn: Connection) -> list[Gap]:
    """Questions kept for staff, in groups of alike ones, the largest first."""
    groups: dict[tuple[str, str], list[list[str]]] = {}
    for question in questions.find_questions(conn):
        text = _read(app, question)
        if text and question.outcome is not Outcome.SUGGESTED:
            _join(groups.setdefault((question.locale, question.entry or ""), []), text)
    found = [Gap(locale, entry, tuple(sorted(texts))) for (locale, entry), lists in groups.items() for texts in lists]
    return sorted(found, key=lambda gap: (-len(gap.texts), gap.entry, gap.locale, gap.texts))


def find_verdicts(conn: Connection) -> list[Verdicts]:
    """The answers somebody gave a thumb, those found least useful first."""
    counts = feedback.sum_feedback(conn)
    keys = dict.fromkeys((entry, locale) for entry, locale, _ in counts)
    found = [
        Verdicts(entry, locale, counts.get((entry, locale, Thumb.UP), 0), counts.get((entry, locale, Thumb.DOWN), 0))
        for entry, locale in keys
    ]
    return sorted(found, key=lambda one: (one.up - one.down, one.entry, one.locale))


def _read(app: App, question: Question) -> str:
    """The text; nothing where it was sealed with another key."""
    try:
        return app.cipher.open(question.body, "question")
    except Unreadable:
        return ""


def _join(groups: list[list[str]], text: str) -> None:
    """Put a text with those like it, or begin a group."""
    alike = next((group for group in groups if _are_alike(fold(text), group)), None)
    if alike is None:
        groups.append([text])
    else:
        alike.append(text)


def _are_alike(folded: str, group: Iterable[str]) -> bool:
    return any(fuzz.token_sort_ratio(folded, fold(other)) >= ALIKE for other in group)
