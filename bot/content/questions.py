"""The question file: questions as people type them, each with the entry that should answer it, to measure builds by.

`questions.lock` remembers what each question got when staff last accepted a build, so that a later one can be compared.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import Field, ValidationError

from bot.content.files import Loader, read_text
from bot.content.problems import Problem
from bot.content.schema import Schema

S = TypeVar("S", bound=Schema)

NAME, LOCK_NAME = "questions.yaml", "questions.lock"
HEADER = "# Made by `hiwar content questions --accept`: question, what it got.\n"
# How many of a hundred questions with an entry may be worse helped before a build is refused: less is chance.
MARGIN = 2.0


class QuestionFields(Schema):
    """`entry`: the right one, several where each would do, or `none`. `half`: to work with, or only to report on."""

    question: str = Field(min_length=1)
    language: str
    kind: Literal["plain", "dialect", "arabizi", "typos", "long", "country", "near", "foreign"]
    entry: list[str] | str
    half: Literal["work", "report"] = "work"

    @property
    def entries(self) -> tuple[str, ...]:
        """The right entries; none where nothing may be answered."""
        wanted = (self.entry,) if isinstance(self.entry, str) else tuple(self.entry)
        return () if wanted == ("none",) else wanted

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.language} {self.question}".encode()).hexdigest()[:12]


class Outcome(StrEnum):
    """What a question got."""

    RIGHT = "right"
    WRONG = "wrong"
    AMONG = "among"
    MISSED = "missed"
    UNKNOWN = "unknown"


# What the bot does with a question in a language: the entries in order, and whether the first is answered outright.
Ask = Callable[[str, str], tuple[Sequence[str], bool]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it got, and whether the right entry came first."""

    question: QuestionFields
    outcome: Outcome
    first: bool


def read_questions(
    folder: Path, entries: Collection[str], locales: Collection[str], problems: list[Problem]
) -> list[QuestionFields]:
    """The questions that can be asked; none where there is no file."""
    if not (folder / NAME).exists():
        return []
    text = read_text(folder / NAME, NAME, problems)
    found: dict[str, QuestionFields] = {}
    for line, question in read_rows(text or "[]", NAME, QuestionFields, problems):
        unknown = [one for one in question.entries if one not in entries]
        problems += [Problem(NAME, line, "question-entry", one) for one in unknown]
        if question.language not in locales:
            problems.append(Problem(NAME, line, "locale-unknown", question.language))
        elif question.key in found:
            problems.append(Problem(NAME, line, "question-twice", question.question))
        elif not unknown:
            found[question.key] = question
    return list(found.values())


def ask_all(questions: Iterable[QuestionFields], ask: Ask) -> list[Asked]:
    return [_ask(question, *ask(question.question, question.language)) for question in questions]


def _ask(question: QuestionFields, found: Sequence[str], sure: bool) -> Asked:
    wanted = question.entries
    first = bool(found) and found[0] in wanted
    if not found:
        return Asked(question, Outcome.UNKNOWN, first=False)
    if sure:
        return Asked(question, Outcome.RIGHT if first else Outcome.WRONG, first)
    return Asked(question, Outcome.AMONG if any(one in wanted for one in found) else Outcome.MISSED, first)


def count_outcomes(asked: Iterable[Asked]) -> Mapping[str, Counter[str]]:
    """How often each outcome came, and `first`, by kind, by language, and for all with an entry and all without."""
    counts: dict[str, Counter[str]] = {}
    for one in asked:
        has_entry = bool(one.question.entries)
        groups = [one.question.kind, "all with an entry" if has_entry else "all without"]
        for group in (*groups, *([one.question.language] if has_entry else [])):
            counted = counts.setdefault(group, Counter())
            counted.update((one.outcome.value, *(["first"] if one.first else [])))
    return counts


def is_helped(one: Asked) -> bool:
    """Whether the person got what they should: the right entry at once or among those offered, or no wrong answer."""
    if not one.question.entries:
        return one.outcome is not Outcome.WRONG
    return one.outcome in (Outcome.RIGHT, Outcome.AMONG)


def find_worse(folder: Path, asked: Iterable[Asked]) -> tuple[list[Asked], float]:
    """The questions that were helped when the build was last accepted and are not now; and by how many of a hundred
    fewer are helped altogether (negative: more)."""
    known = _read_lock(folder / LOCK_NAME)
    compared = [one for one in asked if one.question.key in known]
    worse = [one for one in compared if known[one.question.key] == "helped" and not is_helped(one)]
    better = [one for one in compared if known[one.question.key] != "helped" and is_helped(one)]
    return worse, 100 * (len(worse) - len(better)) / max(1, len(compared))


def accept_questions(folder: Path, asked: Iterable[Asked]) -> None:
    """Remember what each question gets now."""
    lines = sorted(f"{one.question.key} {'helped' if is_helped(one) else 'not'}\n" for one in asked)
    (folder / LOCK_NAME).write_text(HEADER + "".join(lines), "utf-8")


def _read_lock(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) == 2}


def read_rows(text: str, name: str, schema: type[S], problems: list[Problem]) -> Iterator[tuple[int, S]]:
    """The rows of a list that can be read, with their lines."""
    for line, row in _find_rows(text, name, problems):
        try:
            yield line, schema.model_validate(row)
        except ValidationError as error:
            shown = "; ".join(f"{one['loc'][0] if one['loc'] else 'row'}: {one['msg']}" for one in error.errors())
            problems.append(Problem(name, line, "question-fields", shown))


def _find_rows(text: str, name: str, problems: list[Problem]) -> list[tuple[int, object]]:
    """The rows of a list with their lines."""
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            problems.append(Problem(name, 1, "yaml", "there is no list of questions"))
            return []
        return [(row.start_mark.line + 1, loader.construct_document(row)) for row in node.value]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            Problem(name, mark.line + 1 if mark else 1, "yaml", getattr(error, "problem", "") or str(error))
        )
        return []
    finally:
        loader.dispose()
