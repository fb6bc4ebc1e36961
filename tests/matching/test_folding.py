import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import fold
from bot.matching.folding import squeeze

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"
# Unicode counts tatweel and vowel marks that stand alone among the letters.
WORDS = st.text(st.characters(categories=["L", "Nd"], exclude_characters="ـ"), min_size=1).filter(
    lambda word: unicodedata.is_normalized("NFKC", word)
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        # Arabic: vowel marks, tatweel, hamza seats, ta marbuta, alef maqsura, Persian letters, presentation forms.
        ("مُهَاجِرٌ", "مهاجر"),
        ("الهـــجرة", "الهجره"),
        ("أ إ آ ٱ", "ا ا ا ا"),
        ("مسؤول مسائل شيء", "مسوول مسايل شي"),
        ("على علي", "علي علي"),
        ("کیف", "كيف"),
        ("ڤيزا", "فيزا"),
        ("ﻻﺟﺊ", "لاجي"),
        ("ء", "ء"),
        # Digits of all kinds; what is glued to them comes off.
        ("٢٠٢٢ ۲۰۲۲ ２０２２", "2022 2022 2022"),
        ("imrf2030", "imrf 2030"),
        ("المائدة4", "المايده 4"),
        ("1000000", "1000000"),
        # Arabic in Latin letters keeps the digits that are letters.
        ("ma3loumat", "ma3loumat"),
        # French: accents, ligatures, elisions, typographic and typed apostrophes.
        ("Où déposer un ŒUVRE ?", "ou deposer un oeuvre"),
        ("l’ONU d'accord qu’est-ce j'ai", "l onu d accord qu est ce j ai"),
        ("ＦＯＲＵＭ", "forum"),
        # English: contractions, whichever apostrophe.
        ("don't can’t won't", "do not can not will not"),
        ("What's it? It's here", "what is it it is here"),
        # Invisible controls stand inside words, emoji and signs between them.
        ("كتا\u200bب\u200f \u202bforum\u202c", "كتاب forum"),
        ("so\u00adft", "soft"),
        ("help🆘me 👩‍👩‍👧", "help me"),
        ("a/b_c—d", "a b c d"),
        # Stretched letters.
        ("helllllp شكراااا", "help شكرا"),
        ("", ""),
        ("🙏🏽 ؟!", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_a_word_never_vanishes(word: str) -> None:
    assert fold(word)


@given(st.lists(st.text(ARABIC_LETTERS, min_size=1), min_size=1), st.sampled_from("ًٌٍَُِّْٰـ"))
def test_vowel_marks_and_tatweel_cost_nothing(words: list[str], mark: str) -> None:
    text = " ".join(words)
    assert fold("".join(letter + mark if letter != " " else letter for letter in text)) == fold(text)


@given(st.lists(WORDS))
def test_words_fold_apart(words: list[str]) -> None:
    assert fold(" ".join(words)).split() == [token for word in words for token in fold(word).split()]


@given(st.text())
def test_composed_and_decomposed_spellings_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("typed", ["need", "neeeeed", "accommodation", "accommmmodation"])
def test_squeezing_makes_stretched_and_double_letters_one(typed: str) -> None:
    assert squeeze(fold(typed)) in {"ned", "acomodation"}


def test_squeezing_leaves_numbers_alone() -> None:
    assert squeeze(fold("2200 11")) == "2200 11"
