"""Numbers that name an objective or a round table, however they are said."""

import pytest

from bot.matching import Matcher, Phrasing, Slots, Verdict, fold

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
    assert SLOTS.read(fold(question).split()) == read


def test_the_very_number_is_answered_and_another_never() -> None:
    phrasings = [Phrasing(entry, "en", f"{entry.replace('-', ' ')} of the compact") for entry in NUMBERED]
    matcher = Matcher.build(phrasings, slots=SLOTS)
    for number in (1, 2, 4, 8, 12, 23):
        decision = matcher.decide(f"what does objective {number} say please")
        assert (decision.verdict, decision.matches[0].entry) == (Verdict.ANSWER, f"objective-{number}")
    assert matcher.decide("what does objective 7 say please").verdict is not Verdict.ANSWER
