"""Slips of the finger, read as what was meant; words that nobody mistyped are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import MOST_CORRECTED, Spelling

WORDS = dict.fromkeys("registration forum network migration pledge country they review pay conference".split(), 3)  # noqa: SIM905
ENGLISH = Spelling("en", WORDS, ["imfr"])
ARABIC = Spelling("ar", dict.fromkeys(["منتدي", "شبكه", "تسجيل", "استعراض"], 2))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("regstration", "registration"),
        ("netwrok", "network"),
        ("confernece", "conference"),
        ("thye", "they"),
        ("migrationforum", "migration forum"),
        # Known words and forms of them, abbreviations the lexicon has, numbers, and what is too short or too strange.
        ("networks", "networks"),
        ("imfr", "imfr"),
        ("2022", "2022"),
        ("the", "the"),
        ("play", "play"),
        ("despacito", "despacito"),
        ("birds", "birds"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert ENGLISH.correct([typed]) == meant.split()


@pytest.mark.parametrize(("typed", "meant"), [("تسجبل", "تسجيل"), ("استعراص", "استعراض"), ("والشبكه", "والشبكه")])
def test_arabic_is_mended_and_its_prefixes_are_no_slips(typed: str, meant: str) -> None:
    assert ARABIC.correct([typed]) == [meant]


@given(st.lists(st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=12), max_size=40))
def test_mended_words_need_no_mending_and_their_number_is_bounded(tokens: list[str]) -> None:
    mended = ENGLISH.correct(tokens)
    assert sum(one not in mended for one in tokens) <= MOST_CORRECTED
    known = [one for one in mended if ENGLISH.knows(one)]
    assert ENGLISH.correct(known) == known


def test_a_slip_in_a_phrasing_stays_a_slip() -> None:
    often = Spelling("en", {"network": 300, "netwrok": 1, "networked": 2, "forums": 1})
    assert often.correct(["netwrok", "forums"]) == ["network", "forums"]
    # Where nobody writes it otherwise, it is a word; in Arabic one letter makes another.
    assert Spelling("en", {"netwrok": 1}).correct(["netwrok"]) == ["netwrok"]
    assert Spelling("ar", {"الدوله": 300, "الدوحه": 1}).correct(["الدوحه"]) == ["الدوحه"]


def test_a_short_word_keeps_its_first_letter() -> None:
    assert Spelling("en", {"live": 20, "forum": 20}).correct(["olive", "forun"]) == ["olive", "forum"]
