import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import Decision, Matcher, Phrasing, Verdict, fold
from bot.matching.features import read_features
from bot.matching.matcher import MOST_CHARACTERS, MOST_TOKENS_APART, split_question
from bot.matching.ranking import MOST_TOKENS_WHOLE, Heard


def test_a_phrasing_word_for_word_is_answered(matcher: Matcher, phrasing: Phrasing) -> None:
    decision = matcher.decide(phrasing.text, phrasing.locale)
    assert (decision.verdict, decision.locale) == (Verdict.ANSWER, phrasing.locale)
    assert decision.matches[0].entry == phrasing.entry
    assert decision.matches[0].score == 1.0


def test_case_marks_and_signs_cost_nothing(matcher: Matcher, phrasing: Phrasing) -> None:
    disguised = unicodedata.normalize("NFD", phrasing.text.upper()) + " \u200f!!! 🙏"
    assert matcher.decide(disguised, phrasing.locale) == matcher.decide(phrasing.text, phrasing.locale)


@pytest.mark.parametrize(
    ("question", "locale", "entry"),
    [
        # Other order, small words, typos.
        ("the next imrf, when is it?", "en", "next-forum"),
        ("when is next IMFR", "en", "next-forum"),
        ("pls unpaid wages what do i do", "en", "wages"),
        ("my boss doesn't pay my sallary", "en", "wages"),
        ("is there a migration network in Sudan", "en", "networks"),
        ("can we attend, we are an unregisterd group", "en", "unregistered"),
        # French without accents, as in a text message.
        ("c koi le forum d examen des migrations svp", "fr", "forum"),
        ("mon patron verse pas le salaire", "fr", "wages"),
        ("comment participer association non declaree", "fr", "unregistered"),
        ("date prochain forum migration", "fr", "next-forum"),
        # Arabic: standard, vowelled, Egyptian, Levantine, Maghrebi, Gulf.
        ("مَتَى المُنتَدَى القَادِم", "ar", "next-forum"),
        ("ايمتى المنتدى القادم", "ar", "next-forum"),
        ("وقتاش المنتدى الجاي", "ar", "next-forum"),
        ("ازاي الجمعيه تشارك من غير تسجيل", "ar", "unregistered"),
        ("وش هو منتدى استعراض الهجره", "ar", "forum"),
        ("راتبي غير مدفوع", "ar", "wages"),
        ("هل توجد شبكة للهجرة في السودان", "ar", "networks"),
    ],
)
def test_a_question_finds_its_entry_in_its_own_language(
    matcher: Matcher, question: str, locale: str, entry: str
) -> None:
    decision = matcher.decide(question)
    assert decision.locale == locale
    assert decision.verdict is not Verdict.UNKNOWN
    assert decision.matches[0].entry == entry


@pytest.mark.parametrize(
    "question",
    [
        "how do I bake bread",
        "weather in Cairo",
        "IMF forum",
        "phone network in Sudan",
        "migration of birds",
        "ticket price to Paris",
        "IMRF 1998",
        "what is it",
        "asdf hjkl qwer",
        "météo à Paris demain",
        "migration des oiseaux",
        "prix du billet de train",
        "qui es tu",
        "IMRF de 1998",
        "الطقس في القاهرة",
        "هجرة الطيور",
        "سعر الذهب اليوم",
        "شسيب لاتنم",
    ],
)
def test_what_the_content_does_not_cover_is_never_answered(matcher: Matcher, question: str) -> None:
    assert matcher.decide(question).verdict is not Verdict.ANSWER


@pytest.mark.parametrize("question", ["how do I bake bread", "weather in Cairo", "الطقس في القاهرة", "asdf hjkl qwer"])
def test_what_shares_nothing_with_the_content_is_unknown(matcher: Matcher, question: str) -> None:
    decision = matcher.decide(question)
    assert (decision.verdict, decision.matches) == (Verdict.UNKNOWN, ())


def test_another_year_is_not_the_same_question(matcher: Matcher) -> None:
    asked, other = matcher.decide("imrf 2030", "en"), matcher.decide("imrf 2034", "en")
    assert asked.verdict is Verdict.ANSWER
    assert other.verdict is not Verdict.ANSWER


def test_a_phrasing_of_two_entries_is_offered_not_answered() -> None:
    twice = Matcher.build([Phrasing("a", "en", "deadline"), Phrasing("b", "en", "Deadline?")])
    decision = twice.decide("deadline")
    assert decision.verdict is Verdict.SUGGEST
    assert {match.entry for match in decision.matches} == {"a", "b"}


def test_a_question_at_the_end_of_a_long_story_is_heard(matcher: Matcher) -> None:
    story = "I came here four years ago with my brother and we worked in many houses and kitchens. " * 5
    decision = matcher.decide(f"{story} Please tell me: when is the next IMRF?")
    assert decision.verdict is not Verdict.UNKNOWN
    assert decision.matches[0].entry == "next-forum"


@pytest.mark.parametrize("locale", ["en", "fr", "ar"])
def test_one_word_is_answered_in_the_language_the_person_last_used(matcher: Matcher, locale: str) -> None:
    assert matcher.decide("imrf", locale).locale == locale


HOSTILE = {
    "empty": "",
    "spaces": " \n\t ",
    "a rant": "why does nobody help us " * 171,
    "one endless word": "a" * 4_096,
    "different words": " ".join(f"w{number}x" for number in range(900)),
    "emoji": "🙏" * 4_000,
    "one letter": "a",
    "one Arabic letter": "و",
    "only hamza": "ء",
    "only diacritics": "\u064b\u064c\u0301\u0308" * 50,
    "only digits": "2030",
    "too many digits": "٩" * 4_096,
    "direction controls": "\u202e\u2066forum\u2069\u202c\u200f",
    "lone surrogate": "\ud83d",
    "null": "\x00forum\x00",
    "regular expression": "(a+)+$ [^\\w]* (?P<x>.) \\",
    "SQL": "'; DROP TABLE person; --",
    "HTML": "<b>imrf</b> <script>alert(1)</script> &amp;",
    "format": "{0} %s {question!r}",
    "mixed scripts": "متى next le прочее 移民 forum",
    "another language": "что такое форум",
    "longer than a message": "forum " * 50_000,
}


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("locale", [None, "en", "ar", "xx"])
def test_any_text_gets_a_sensible_decision(matcher: Matcher, question: str, locale: str | None) -> None:
    check_sense(matcher.decide(question, locale))


@given(st.text(), st.sampled_from([None, "en", "fr", "ar"]))
def test_random_text_gets_a_sensible_decision(matcher: Matcher, question: str, locale: str | None) -> None:
    check_sense(matcher.decide(question, locale))


@given(st.permutations("next migration review forum date".split()))  # noqa: SIM905
def test_the_order_of_words_does_not_change_the_entry(matcher: Matcher, words: list[str]) -> None:
    assert matcher.decide(" ".join(words)).matches[0].entry == "next-forum"


def test_nothing_to_match_is_unknown() -> None:
    assert Matcher.build([]).decide("when is the next imrf", "fr").verdict is Verdict.UNKNOWN


def check_sense(decision: Decision) -> None:
    assert decision.locale in {"en", "fr", "ar"}
    assert len({match.entry for match in decision.matches}) == len(decision.matches) <= 3
    assert bool(decision.matches) == (decision.verdict is not Verdict.UNKNOWN)
    scores = [match.score for match in decision.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "question",
    ["why " * 1_024, "a. " * 1_365, "why does nobody help us. " * 163, "ab" * 2_048, "\n".join("abcdefgh" * 500)],
)
def test_a_long_message_is_cut_into_few_short_pieces(question: str) -> None:
    question = question[:MOST_CHARACTERS]
    whole, *pieces = split_question(question, fold(question).split())
    assert len(whole) <= 300
    assert len(pieces) <= 12
    assert all(len(piece) <= MOST_TOKENS_APART for piece in pieces)


@pytest.mark.parametrize(("words", "by_whole"), [(MOST_TOKENS_WHOLE, True), (MOST_TOKENS_WHOLE + 1, False)])
def test_a_story_is_scored_as_a_whole_until_its_question_would_drown_in_it(
    matcher: Matcher, words: int, by_whole: bool
) -> None:
    question, model = fold("when is the next forum").split(), matcher.models["en"]
    whole = [*["house"] * (words - len(question)), *question]
    heard = Heard(model, [whole, question])
    assert np.array_equal(heard.scores, model.score(read_features(whole, "en"))) is by_whole
    # How much of it is known, the sentence known best tells in both.
    assert heard.covered.max() == Heard(model, [question]).covered.max()


@pytest.mark.parametrize("question", ["nxt review forum date", "imta elmontada eljay", "imrf 2030", "", "🙂"])
def test_an_explanation_leads_to_the_same_decision(matcher: Matcher, question: str) -> None:
    found = matcher.explain(question)
    assert found.decision == matcher.decide(question)
    named = {match.entry for reading in found.readings for match in reading.matches} | {one.entry for one in found.same}
    assert {match.entry for match in found.decision.matches} <= named
