"""Alike questions stand together, whatever their small words, order, endings and slips; others do not."""

import pytest

from bot.matching import Lexicon, find_gist, group_alike


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("en", "price of tomatoes in sousse", "what are the Prices for a tomato, Sousse?"),
        ("en", "visa rules for students", "rules of student visas please"),
        ("en", "registration", "regisration"),
        ("fr", "le prix des tomates à Sousse", "quels sont les prix de la tomate de Sousse ?"),
        ("ar", "كم سعر الطماطم في سوسة", "ما هو سعر طماطم سوسة؟"),
        ("ar", "تجديد جواز السفر", "كيف يمكن تجديد جوازات السفر؟"),
    ],
)
def test_the_same_question_in_other_words(locale: str, one: str, other: str) -> None:
    gists = [find_gist(text, locale) for text in (one, other)]
    assert group_alike(gists) == [[0, 1]]


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("en", "bicycle repair shop", "pencil repair shop"),
        ("en", "visa for france", "visa for germany"),
        ("fr", "visa pour la France", "travail en France"),
        ("ar", "تجديد جواز السفر", "تجديد الإقامة"),
    ],
)
def test_another_question_with_some_of_the_words(locale: str, one: str, other: str) -> None:
    assert group_alike([find_gist(text, locale) for text in (one, other)]) == [[0], [1]]


def test_dialect_is_read_as_the_lexicon_has_it() -> None:
    lexicon = Lexicon({"ar": {"فلوس": ("مال",)}})
    gists = [find_gist(text, "ar", lexicon) for text in ("تحويل فلوس للعائلة", "تحويل المال للعائلة")]
    assert group_alike(gists) == [[0, 1]]


def test_words_that_say_little_are_all_there_is() -> None:
    assert find_gist("what is it", "en")
    assert group_alike(["", "", "visa"]) == [[0, 1], [2]]
