"""The way in, as short questions: each choice leads to the next question or to a way, which is a list of steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from bot.content.entries import SourceEntry
from bot.content.problems import Problem
from bot.content.schema import Schema, Table
from bot.languages import Languages

FOLDER = "path"
QUESTIONS = f"{FOLDER}/questions.yaml"
WAYS = f"{FOLDER}/ways.yaml"
CHOICE_LENGTH = 40


class ChoiceFields(Schema):
    """One choice: what its button says, and the key of the question or way it leads to."""

    say: dict[str, str]
    to: str


class QuestionFields(Schema):
    """One question. The first one of the file is asked first."""

    ask: dict[str, str]
    choices: list[ChoiceFields] = Field(min_length=2, max_length=6)


class WayFields(Schema):
    """Where a path ends. `note` says for when it holds, `more` is the entry that tells more, `event` what to wait for.

    At most eight steps: which of them are ticked has to fit a button.
    """

    title: dict[str, str]
    note: dict[str, str]
    steps: list[dict[str, str]] = Field(min_length=1, max_length=8)
    more: str
    event: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """All questions and ways by their keys; both empty where the content has no path."""

    questions: Mapping[str, QuestionFields]
    ways: Mapping[str, WayFields]

    @property
    def first(self) -> str:
        return next(iter(self.questions), "")


NO_WAY_IN = WayIn({}, {})


def check_path(
    questions: Table[QuestionFields],
    ways: Table[WayFields],
    entries: Iterable[SourceEntry],
    languages: Languages,
    problems: list[Problem],
) -> None:
    """Everything leads somewhere, nothing leads in a circle, and every language is there."""
    kinds = {entry.id: entry.kind for entry in entries}
    for key, question in questions.rows.items():
        texts = [question.ask, *(choice.say for choice in question.choices)]
        problems += _find_missing(questions, key, texts, languages)
        for choice in question.choices:
            if choice.to not in questions.rows and choice.to not in ways.rows:
                problems.append(questions.problem("path-broken", key, choice.to))
            long = [label for label in choice.say.values() if len(label) > CHOICE_LENGTH]
            problems += [questions.problem("path-long", key, label) for label in long]
        if _leads_back(questions, key):
            problems.append(questions.problem("path-circle", key, key))
    for key, way in ways.rows.items():
        problems += _find_missing(ways, key, [way.title, way.note, *way.steps], languages)
        if way.more not in kinds:
            problems.append(ways.problem("relation-broken", key, way.more))
        if kinds.get(way.event) != "event":
            problems.append(ways.problem("path-event", key, way.event))
    led_to = {choice.to for question in questions.rows.values() for choice in question.choices}
    problems += [questions.problem("path-unreached", key, key) for key in [*questions.rows][1:] if key not in led_to]
    problems += [ways.problem("path-unreached", key, key) for key in ways.rows if key not in led_to]


def _find_missing(
    table: Table[QuestionFields] | Table[WayFields],
    key: str,
    texts: Iterable[Mapping[str, str]],
    languages: Languages,
) -> Iterable[Problem]:
    missing = dict.fromkeys(locale for text in texts for locale in languages.locales if not text.get(locale))
    return (table.problem("name-missing", key, f"{key}: {locale}") for locale in missing)


def _leads_back(questions: Table[QuestionFields], start: str) -> bool:
    """Whether a question can be come to again from its own choices."""
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        question = questions.rows.get(ahead.pop())
        following = {choice.to for choice in question.choices} - seen if question else set()
        if start in following:
            return True
        seen |= following
        ahead += following
    return False
