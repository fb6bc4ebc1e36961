"""The question file: asked, counted, compared with the last accepted build."""

from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.problems import Problem
from bot.content.questions import (
    Asked,
    Outcome,
    QuestionFields,
    accept_questions,
    ask_all,
    count_outcomes,
    find_worse,
    is_helped,
    read_questions,
)
from bot.languages import Languages
from bot.services.trials import try_questions
from tests.conftest import SAMPLE_CONTENT, SAMPLE_DAY


def make_question(text: str, entry: list[str] | str = "forum-next", language: str = "en") -> QuestionFields:
    return QuestionFields(question=text, language=language, kind="plain", entry=entry)


@pytest.mark.parametrize(
    ("found", "sure", "entry", "outcome", "helped"),
    [
        (["a", "b"], True, "a", Outcome.RIGHT, True),
        (["a"], True, ["b", "a"], Outcome.RIGHT, True),
        (["b"], True, "a", Outcome.WRONG, False),
        (["b", "a"], False, "a", Outcome.AMONG, True),
        (["b", "c"], False, "a", Outcome.MISSED, False),
        ([], False, "a", Outcome.UNKNOWN, False),
        ([], False, "none", Outcome.UNKNOWN, True),
        (["a"], False, "none", Outcome.MISSED, True),
        (["a"], True, "none", Outcome.WRONG, False),
    ],
)
def test_what_a_question_got_is_named(
    found: list[str], sure: bool, entry: list[str] | str, outcome: Outcome, helped: bool
) -> None:
    [asked] = ask_all([make_question("when", entry)], lambda _question, _language: (found, sure))
    assert (asked.outcome, is_helped(asked)) == (outcome, helped)


def test_only_what_was_helped_before_can_become_worse(tmp_path: Path) -> None:
    questions = [make_question(text) for text in ("one", "two", "three", "four")]
    before = [
        Asked(one, outcome, first=False)
        for one, outcome in zip(questions, [*[Outcome.RIGHT] * 3, Outcome.MISSED], strict=True)
    ]
    after = [
        Asked(one, outcome, first=False)
        for one, outcome in zip(questions, [Outcome.RIGHT, Outcome.AMONG, Outcome.UNKNOWN, Outcome.WRONG], strict=True)
    ]
    assert find_worse(tmp_path, after) == ([], 0.0)
    accept_questions(tmp_path, before)
    worse, margin = find_worse(tmp_path, after)
    assert ([one.question.question for one in worse], margin) == (["three"], 25.0)
    assert find_worse(tmp_path, [*after, Asked(make_question("new"), Outcome.WRONG, first=False)])[1] == 25.0


def test_the_sample_content_answers_what_it_is_asked(library: Library, languages: Languages) -> None:
    asked = try_questions(
        library,
        languages,
        [
            make_question("when is the next forum"),
            make_question("متى المنتدى القادم", language="ar"),
            make_question("chocolate cake recipe", "none"),
        ],
        SAMPLE_DAY,
    )
    assert [one.outcome for one in asked] == [Outcome.RIGHT, Outcome.RIGHT, Outcome.UNKNOWN]
    counts = count_outcomes(asked)
    assert (counts["all with an entry"]["right"], counts["all without"]["unknown"], counts["ar"]["first"]) == (2, 1, 1)


def test_without_a_file_there_are_no_questions(languages: Languages) -> None:
    assert read_questions(SAMPLE_CONTENT, set(), languages.locales, []) == []


def test_what_is_no_list_is_a_problem(tmp_path: Path, languages: Languages) -> None:
    (tmp_path / "questions.yaml").write_text("question: who\n", "utf-8")
    problems: list[Problem] = []
    assert read_questions(tmp_path, set(), languages.locales, problems) == []
    assert [problem.code for problem in problems] == ["yaml"]
