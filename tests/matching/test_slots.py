"""What fills a slot: numbers that name an objective or a round table, and countries, however they are said."""

import pytest

from bot.matching import Matcher, Names, Phrasing, Slots, Verdict, fold
from bot.matching.names import MOST_WORDS

WORDS = {
    "objectif": ("objective",),
    fold("الهدف"): ("objective",),
    "table": ("round", "table"),
    fold("الطاولة"): ("round", "table"),
}
NUMBERED = {f"objective-{number}": {"objective": number} for number in (1, 2, 4, 8, 12, 23)} | {
    f"table-{number}": {"round_table": number} for number in (1, 2, 3, 4)
}
SLOTS = Slots.make(WORDS, NUMBERED)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("objective 8", {"objective": 8}),
        ("what is objective number 12 about", {"objective": 12}),
        ("objective eight", {"objective": 8}),
        ("objective number eight", {"objective": 8}),
        ("objectif numéro vingt trois", {"objective": 23}),
        ("الهدف رقم ثمانية", {"objective": 8}),
        ("the third round table", {"round_table": 3}),
        ("round table three", {"round_table": 3}),
        ("الطاولة الثالثة", {"round_table": 3}),
        ("الهدف الثاني عشر شنو يقصد", {"objective": 12}),
        ("الهدف ٢٣", {"objective": 23}),
        ("objectif vingt trois", {"objective": 23}),
        ("objective 4 which round table", {"objective": 4}),
        ("round table 2 and objective 8", {"round_table": 2, "objective": 8}),
        # How many, not which; another year; too far away.
        ("two objectives", {}),
        ("how are the 23 objectives split", {}),
        ("the 8th objective", {"objective": 8}),
        ("la 3e table ronde", {"round_table": 3}),
        ("how many objectives may one pledge have", {}),
        ("the objective of 2022", {}),
        ("objective of the forum that was held in may 8", {}),
        ("8", {}),
    ],
)
def test_a_number_belongs_to_the_word_beside_it(question: str, read: dict[str, int]) -> None:
    assert SLOTS.read(fold(question).split()) == {slot: (number,) for slot, number in read.items()}


def test_the_very_number_is_answered_and_another_never() -> None:
    phrasings = [Phrasing(entry, "en", f"{entry.replace('-', ' ')} of the compact") for entry in NUMBERED]
    matcher = Matcher.build(phrasings, slots=SLOTS)
    for number in (1, 2, 4, 8, 12, 23):
        decision = matcher.decide(f"what does objective {number} say please")
        assert (decision.verdict, decision.matches[0].entry) == (Verdict.ANSWER, f"objective-{number}")
    assert matcher.decide("what does objective 7 say please").verdict is not Verdict.ANSWER


COUNTRIES = {
    fold(name): code
    for code, names in {"EG": ["Egypt", "مصر", "masr"], "TN": ["Tunis", "تونس"]}.items()
    for name in names
}
CARDS = {"card-eg": {"country": "EG"}, "card-tn": {"country": "TN"}}
GENERAL = dict.fromkeys(CARDS, frozenset({"networks", "join"}))
LANDS = Slots.make({}, CARDS, {"country": COUNTRIES}, GENERAL)
TEXTS = {
    "networks": "which countries have a un network\nis there a network in a country\nlist of un networks",
    "join": "can we join a un network\nbecome a member of the network",
    "card-eg": "un network in egypt",
    "card-tn": "un network in tunis",
    "wages": "my employer does not pay me\nsalary not paid for months",
}
MATCHER = Matcher.build(
    [Phrasing(entry, "en", text) for entry, texts in TEXTS.items() for text in texts.split("\n")], slots=LANDS
)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("a network in Egypt", ("EG",)),
        ("el chabaka fi masr", ("EG",)),
        ("شبكة بتونس", ("TN",)),
        ("from Tunis, now in Egypt, in masr", ("TN", "EG")),
        ("a network", ()),
    ],
)
def test_countries_fill_their_slot(question: str, codes: tuple[str, ...]) -> None:
    assert LANDS.read(fold(question).split()).get("country", ()) == codes


@pytest.mark.parametrize(
    ("question", "first"),
    [
        # What is said of networks in general is said better by the card of the country named, even misspelled.
        ("which countries have a un network, egypt too", "card-eg"),
        ("can we join the un network in tunis", "card-tn"),
        ("is there a network in egipt", "card-eg"),
        ("which countries have a un network", "networks"),
        # A country alone makes nothing of another subject.
        ("my employer in egypt does not pay my salary", "wages"),
    ],
)
def test_the_entry_of_the_country_asked_for_goes_before_the_general_one(question: str, first: str) -> None:
    assert MATCHER.decide(question, "en").considered[0].entry == first


def test_who_names_two_countries_may_mean_either() -> None:
    decision = MATCHER.decide("i am from tunis, is there a un network in egypt", "en")
    scores = {match.entry: match.score for match in decision.considered}
    assert decision.verdict is not Verdict.ANSWER
    assert scores["card-eg"] == scores["card-tn"] == max(scores.values())


def test_a_second_country_is_read_though_it_is_misspelled() -> None:
    decision = MATCHER.decide("is there a un network in egipt or tunis", "en")
    assert {match.entry for match in decision.considered[:2]} == set(CARDS)


def test_the_work_of_finding_names_grows_with_the_message_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Names._read
    calls: list[str] = []

    def count(names: Names, name: str) -> str:
        calls.append(name)
        return read(names, name)

    monkeypatch.setattr(Names, "_read", count)
    tokens = ["مصر", "ا", "egypt"] * 500
    values, left = Names(COUNTRIES).find(tokens)
    assert (values, left) == (("EG",), ["ا"] * 500)
    assert len(calls) <= MOST_WORDS * len(tokens)


def test_another_country_is_no_answer() -> None:
    considered = {match.entry: match.score for match in MATCHER.decide("un network in egypt please", "en").considered}
    assert considered.get("card-tn", 0.0) < 0.1 < considered["card-eg"]


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("un network in egypt please", True),
        ("egypt", True),
        ("what about egypt", True),
        ("weather forecast cairo egypt tomorrow", False),
        # One name does not vouch for another.
        ("weather masr egypt", False),
        ("iphone price egypt", False),
    ],
)
def test_a_country_is_not_enough_where_the_rest_of_a_question_is_strange(question: str, offered: bool) -> None:
    assert any(match.entry == "card-eg" for match in MATCHER.decide(question, "en").matches) is offered


def test_a_number_is_not_enough_where_the_rest_of_a_question_is_strange() -> None:
    numbered = {f"objective-{number}": {"objective": number} for number in range(1, 13)}
    texts = {entry: f"what does {entry.replace('-', ' ')} say" for entry in numbered}
    matcher = Matcher.build(
        [Phrasing(entry, "en", text) for entry, text in texts.items()],
        slots=Slots.make({"objective": ["objective"]}, numbered),
    )
    assert matcher.decide("and what does objective 5 say").verdict is Verdict.ANSWER
    assert matcher.decide("the fifth objective please").matches[0].score > 0.5
    assert matcher.decide("fitness objective 5 kilos weight loss within months").verdict is not Verdict.ANSWER


def test_a_year_that_the_entry_of_a_country_does_not_know_counts_all_the_same() -> None:
    known, strange = (
        MATCHER.decide(f"un network in egypt {more}".strip(), "en").considered[0] for more in ("", "1998")
    )
    assert (known.entry, strange.entry) == ("card-eg", "card-eg")
    assert strange.score < known.score / 2
