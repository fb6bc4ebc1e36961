import pytest

from bot.matching.folding import fold
from bot.matching.stems import find_stems


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "register registered registers registering"),
        ("en", "pledge pledges pledged"),
        ("fr", "enregistré enregistrée enregistrés"),
        ("fr", "réseau réseaux"),
        ("ar", "المنتدى والمنتدى بالمنتدى للمنتدى منتدى منتديات"),
        ("ar", "تعهد التعهد تعهدات والتعهدات"),
    ],
)
def test_forms_of_a_word_have_one_stem(locale: str, words: str) -> None:
    assert len(set(find_stems(fold(words).split(), locale))) == 1


@pytest.mark.parametrize(
    ("locale", "word"),
    [("ar", "imrf"), ("en", "2030"), ("xx", "forums"), ("fr", "منتدي"), ("en", "форум"), ("ar", "بلد")],
)
def test_what_no_stemmer_knows_stays(locale: str, word: str) -> None:
    assert find_stems([fold(word)], locale) == [fold(word)]
