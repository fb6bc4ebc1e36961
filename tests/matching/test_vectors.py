"""Likeness of texts; and the work for one question is bounded, counted in numbers read, whatever the content's size."""

import numpy as np
import pytest

from bot.matching import vectors
from bot.matching.features import ARABIZI, read_features
from bot.matching.stems import MOST_LETTERS
from bot.matching.vectors import LIKENESS_OF_SAME, Vectors

TEXTS = ["when is the next forum", "what is a pledge", "forum of the next year"]


@pytest.fixture(scope="module")
def few() -> Vectors:
    return Vectors.build([read_features(text.split(), "en") for text in TEXTS], len(TEXTS), len(TEXTS))


def test_a_text_is_most_like_itself(few: Vectors) -> None:
    likeness = few.compare_rows()
    assert np.allclose(np.diag(likeness), LIKENESS_OF_SAME, atol=1e-5)
    assert np.allclose(likeness, likeness.T, atol=1e-6)
    assert likeness[0, 2] > likeness[0, 1]


@pytest.mark.parametrize("row", range(len(TEXTS)))
def test_a_question_is_compared_as_a_row_is(few: Vectors, row: int) -> None:
    asked = few.compare(read_features(TEXTS[row].split(), "en"))
    assert np.allclose(asked, few.compare_rows()[row], atol=1e-6)


def test_what_the_rows_lack_counts_against_a_question(few: Vectors) -> None:
    whole = few.compare(read_features(["next", "forum"], "en"))
    diluted = few.compare(read_features(["next", "forum", "pizza", "football"], "en"))
    assert diluted[0] < whole[0]


@pytest.mark.parametrize("question", ["", "zzz qqq", "وووو"])
def test_nothing_known_is_like_nothing(few: Vectors, question: str) -> None:
    assert not few.compare(read_features(question.split(), "en")).any()


def test_no_more_is_read_than_allowed_and_the_rarest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"forum migration {'abcdefghij'[number % 10] * 5}" for number in range(400)]
    many = Vectors.build([read_features(text.split(), "en") for text in texts], len(texts), len(texts))
    monkeypatch.setattr(vectors, "MOST_READS", 600)
    likeness = many.compare(read_features(["forum", "migration", "ccccc"], "en"))
    found = np.flatnonzero(likeness)
    assert set(found % 10) == {2}, "the forum's own features are read by everybody and come last"


@pytest.mark.parametrize("locale", ["en", "ar", ARABIZI])
def test_of_a_word_longer_than_any_only_the_beginning_is_kept(locale: str) -> None:
    # What is seen of a word is remembered: whole messages without a space must not fill the memory.
    features = read_features(["ab" * 2_048, "با" * 2_048], locale)
    assert max(map(len, features.words)) <= MOST_LETTERS
