"""Asking the content the questions of its question file, as the bot would be asked, without a bot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.content.library import Library
from bot.content.questions import Asked, QuestionFields, ask_all
from bot.languages import Languages
from bot.services.answers import find_entries


@dataclass(frozen=True, slots=True)
class _Shelf:
    library: Library
    languages: Languages
    day: date

    def today(self) -> date:
        return self.day


def try_questions(
    library: Library, languages: Languages, questions: Iterable[QuestionFields], day: date
) -> list[Asked]:
    """What each question gets from the content on a day."""
    shelf = _Shelf(library, languages, day)

    def ask(question: str, language: str) -> tuple[list[str], bool]:
        found = find_entries(shelf, question, language)
        return [entry.id for entry in found.entries], found.sure

    return ask_all(questions, ask)
