"""Questions that nothing answers: read, checked, and learned from."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.compile import Compilation, compile_content
from bot.content.out_of_scope import NAME, add_question
from bot.content.store import write_content_db
from bot.languages import Languages
from bot.matching import NOTHING, Phrasing, Verdict
from tests.conftest import SAMPLE_CONTENT

DAY = date(2026, 11, 20)
PRICES = "".join(
    f"- {{question: {question}, language: en}}\n"
    for question in (
        "what does a visa for italy cost",
        "price of a ticket to the forum shop",
        "how much is a visa to spain",
        "cost of the train to rome",
    )
)


def compile_with(folder: Path, languages: Languages, text: str) -> Compilation:
    shutil.copytree(SAMPLE_CONTENT, folder)
    (folder / NAME).write_text(text, "utf-8")
    return compile_content(folder, languages, DAY)


def test_they_are_of_no_entry(tmp_path: Path, languages: Languages) -> None:
    compilation = compile_with(tmp_path / "content", languages, PRICES)
    assert compilation.problems == compile_content(SAMPLE_CONTENT, languages, DAY).problems
    assert compilation.outside[0] == Phrasing(NOTHING, "en", "what does a visa for italy cost")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- {question: hello}\n", "question-fields", 1),
        ("- {question: a visa, language: en}\n- {question: hello, language: xx}\n", "locale-unknown", 2),
        ("- {question: a visa, language: en}\n- {question: A visa?, language: en}\n", "question-twice", 2),
        ("question: a visa\n", "yaml", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, languages: Languages, text: str, code: str, line: int
) -> None:
    problems = compile_with(tmp_path / "content", languages, text).problems
    assert (NAME, line, code) in {(one.file, one.line, one.code) for one in problems}


def test_what_is_like_them_is_no_longer_offered_an_answer(tmp_path: Path, languages: Languages) -> None:
    question = "what does it cost to go to the forum of italy by train"
    before, after = (
        write_content_db(compilation, tmp_path / "content.db", "").matcher.decide(question, "en")
        for compilation in (
            compile_content(SAMPLE_CONTENT, languages, DAY),
            compile_with(tmp_path / "content", languages, PRICES),
        )
    )
    assert before.considered[0].score > after.considered[0].score
    assert after.verdict is Verdict.UNKNOWN
    assert NOTHING not in {match.entry for match in after.considered}


@pytest.mark.parametrize(
    "question",
    ['how much is "gold"', "a\nb: {c}, [d] # e \\ \u2028", "كم سعر الذهب؟", "'quoted' & more", "gold\x7f\x9d price"],
)
def test_a_question_added_is_read_as_it_was(tmp_path: Path, languages: Languages, question: str) -> None:
    text = add_question(PRICES, "en", question)
    assert add_question(text, "en", question) == text
    outside = compile_with(tmp_path / "content", languages, text).outside
    assert outside[-1] == Phrasing(NOTHING, "en", " ".join(question.replace("\x7f\x9d", "").split()))
    assert add_question("", "en", question) == text.removeprefix(PRICES)
    # Whether or not the last line is ended.
    assert add_question(text.rstrip(), "en", question) == text.rstrip()


def test_a_title_is_a_question_that_is_answered(tmp_path: Path, languages: Languages) -> None:
    compilation = compile_with(tmp_path / "content", languages, "- {question: first forum, language: en}\n")
    assert [one.code for one in compilation.problems if one.file == NAME] == ["scope-answered"]
    assert compilation.outside == ()
