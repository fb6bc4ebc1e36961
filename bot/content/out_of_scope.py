"""Questions that staff know nothing answers: a build learns from them to say "I don't know"."""

import json
import unicodedata
from collections.abc import Collection
from pathlib import Path

from pydantic import Field

from bot.content.files import read_text
from bot.content.problems import Problem
from bot.content.questions import QuestionFields, read_rows
from bot.content.schema import Schema
from bot.matching import NOTHING, Phrasing, fold

NAME = "out-of-scope.yaml"


class OutOfScopeFields(Schema):
    """A question as people type it, and its language."""

    question: str = Field(min_length=1)
    language: str


def read_out_of_scope(
    folder: Path,
    asked: Collection[tuple[str, str]],
    measured: Collection[QuestionFields],
    locales: Collection[str],
    problems: list[Problem],
) -> tuple[Phrasing, ...]:
    """The questions, but for those `asked` (language and folded text of phrasings and titles) and those that builds are
    measured by; none where there is no file."""
    if not (folder / NAME).exists():
        return ()
    text = read_text(folder / NAME, NAME, problems)
    tried = {(one.language, fold(one.question)) for one in measured}
    found: dict[tuple[str, str], Phrasing] = {}
    for line, fields in read_rows(text or "[]", NAME, OutOfScopeFields, problems):
        key = (fields.language, fold(fields.question))
        faults = {
            "locale-unknown": fields.language not in locales,
            "scope-answered": key in asked,
            "scope-measured": key in tried,
            "question-twice": key in found,
        }
        code = next((code for code, is_so in faults.items() if is_so), "")
        if code:
            problems.append(Problem(NAME, line, code, fields.language if code == "locale-unknown" else fields.question))
        else:
            found[key] = Phrasing(NOTHING, fields.language, fields.question)
    return tuple(found.values())


def add_question(text: str, locale: str, question: str) -> str:
    """The file's text with one more question."""
    # YAML 1.2, 5.1: control characters cannot stand in a file.
    words = "".join(" " if unicodedata.category(char) == "Cc" else char for char in question).split()
    row = f"- {{question: {json.dumps(' '.join(words), ensure_ascii=False)}, language: {locale}}}"
    lines = text.splitlines()
    return text if row in lines else "\n".join((*lines, row, ""))
