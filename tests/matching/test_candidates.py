"""The work for one question is bounded: counted in reads, whatever the size of the content."""

import pytest

from bot.matching import Phrasing
from bot.matching.candidates import MOST_CANDIDATES, MOST_POSTING_READS, MOST_SPELLING_READS, Index
from bot.matching.matcher import MOST_CHARACTERS, MOST_TOKENS, split_question


def name_number(number: int) -> str:
    """A made-up word, another for each number."""
    return "x".join(str(number)).translate(str.maketrans("0123456789", "abcdefghij"))


@pytest.fixture(scope="module")
def many() -> Index:
    """6,000 phrasings that all share two words."""
    texts = (f"forum migration {name_number(number)}" for number in range(6_000))
    return Index((Phrasing(f"e{number % 500}", "en", text) for number, text in enumerate(texts)), "en")


@pytest.fixture(scope="module")
def few(phrasings: tuple[Phrasing, ...]) -> Index:
    return Index((phrasing for phrasing in phrasings if phrasing.locale == "en"), "en")


@pytest.mark.parametrize("question", ["forum", "forum migration", f"forum migration {name_number(7)} forum"])
def test_a_common_word_does_not_read_the_whole_content(many: Index, question: str) -> None:
    wanted = many.understand(question.split())
    assert len(list(many.read_postings(wanted))) <= MOST_POSTING_READS
    assert len(many.pick(wanted)) <= MOST_CANDIDATES


def test_an_unknown_word_does_not_read_all_spellings(many: Index) -> None:
    assert len(list(many.read_lookalikes("fxfxixfxhxa"))) <= MOST_SPELLING_READS


def test_the_rarest_word_is_read_first(many: Index) -> None:
    picked = many.pick(many.understand(["forum", name_number(5_999)]))
    assert many.phrasings[picked[0]].text == f"forum migration {name_number(5_999)}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("forrum", "forum"), ("imfr", "imrf"), ("migratoin", "migrat"), ("salaary", "salari"), ("regsitered", "regist")],
)
def test_a_misspelt_word_is_understood(few: Index, typed: str, meant: str) -> None:
    (wanted,) = few.understand([typed])
    assert meant in wanted.likeness


@pytest.mark.parametrize("typed", ["imf", "love", "2031", "zzzzz"])
def test_another_word_is_not_taken_for_a_misspelling(few: Index, typed: str) -> None:
    (wanted,) = few.understand([typed])
    assert wanted.likeness == {}


def test_a_word_the_content_lacks_weighs_most_and_a_small_word_least(few: Index) -> None:
    unknown, known, small = (few.weigh(term) for term in ("pizza", "forum", "what"))
    assert unknown > known > small > 0


@pytest.mark.parametrize(
    "question",
    ["why " * 1_024, "a. " * 1_365, "why does nobody help us. " * 163, "ab" * 2_048, "\n".join("abcdefgh" * 500)],
)
def test_a_long_message_is_cut_into_few_short_pieces(question: str) -> None:
    pieces = split_question(question[:MOST_CHARACTERS])
    assert len(pieces) <= 12
    assert all(len(piece) <= MOST_TOKENS for piece in pieces)
