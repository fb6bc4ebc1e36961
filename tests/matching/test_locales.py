from collections import Counter

import pytest

from bot.matching import Matcher, Phrasing, fold
from bot.matching.locales import Tongues


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("what should we bring with us", "en"),
        ("hello", "en"),
        ("my husband was arrested", "en"),
        ("que devons-nous apporter", "fr"),
        ("bonjour", "fr"),
        ("ou deposer une demande d'asile", "fr"),
        ("ماذا نحضر معنا", "ar"),
        ("متى imrf", "ar"),
        ("ما هو Global Compact for Migration", "ar"),
        ("what is تعهد", "en"),
    ],
)
def test_a_question_tells_its_language(phrasings: tuple[Phrasing, ...], question: str, locale: str) -> None:
    counts: dict[str, Counter[str]] = {}
    for phrasing in phrasings:
        counts.setdefault(phrasing.locale, Counter()).update(fold(phrasing.text).split())
    guess = Tongues(counts).guess(question, fold(question).split())
    assert (guess.locale, guess.sure) == (locale, True)


@pytest.mark.parametrize(
    ("question", "last", "spoken"),
    [
        # Told by the question, whatever was spoken last.
        ("when is the next forum", "ar", "en"),
        ("متى المنتدى", "fr", "ar"),
        # One word, a name, a number, nothing: as last time.
        ("imrf", "ar", "ar"),
        ("imrf", "fr", "fr"),
        ("2030", "ar", "ar"),
        ("🙏", "fr", "fr"),
        ("accreditation", "fr", "fr"),
        # Arabic letters are never French, nor a French greeting Arabic.
        ("شبكة", "fr", "ar"),
        ("bonjour", "ar", "fr"),
        # Arabic in Latin letters.
        ("wach kayn chi montada", "ar", "ar"),
        ("3andi so2al", "fr", "ar"),
    ],
)
def test_the_last_language_is_used_where_the_question_does_not_tell(
    matcher: Matcher, question: str, last: str, spoken: str
) -> None:
    assert matcher.decide(question, last).locale == spoken


@pytest.mark.parametrize("last", ["de", "", None])
def test_a_language_the_content_lacks_is_never_chosen(matcher: Matcher, last: str | None) -> None:
    assert matcher.decide("imrf 2030", last).locale in {"en", "fr"}


def test_a_phrasing_word_for_word_tells_its_language_where_nothing_else_does() -> None:
    matcher = Matcher.build(
        [Phrasing("a", "en", "forum location"), Phrasing("b", "fr", "forum programme location prix")]
    )
    assert matcher.decide("forum location").locale == "en"


def test_a_script_the_content_lacks_gets_a_language_it_has() -> None:
    assert Matcher.build([Phrasing("a", "ar", "متى المنتدى")]).decide("when is the forum").locale == "ar"
