"""Arabic in Latin letters and in its own come to the same consonants."""

import pytest

from bot.matching import Matcher, fold
from bot.matching.skeletons import to_skeletons

SAME = [
    ("wa9tach", "وقتاش"),
    ("waqtech", "وقتاش"),
    ("kifach", "كيفاش"),
    ("keefash", "كيفاش"),
    ("elmontada", "المنتدى"),
    ("lmountada", "منتدى"),
    ("tasjeel", "تسجيل"),
    ("tasgil", "تسجيل"),
    ("7o9ou9", "حقوق"),
    ("5abar", "خبر"),
    ("khabar", "خبر"),
    ("3arabi", "عربي"),
    ("shabaka", "شبكة"),
    ("chabaka", "شبكة"),
    ("muhajirin", "مهاجرين"),
]


@pytest.mark.parametrize(("latin", "arabic"), SAME)
def test_both_spellings_share_a_skeleton(latin: str, arabic: str) -> None:
    assert set(to_skeletons([fold(latin)])) & set(to_skeletons([fold(arabic)]))


@pytest.mark.parametrize("token", ["a", "ou", "و", "2030", "ء"])
def test_no_word_becomes_nothing(token: str) -> None:
    assert all(to_skeletons([token]))


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("imta elmontada eljay", "next-forum"),
        ("fou9ach lmontada jay", "next-forum"),
        ("7na mach msajlin kifach ncharko", "unregistered"),
        ("rawatib ghayr madfou3a", "wages"),
    ],
)
def test_arabizi_is_answered_in_arabic(matcher: Matcher, question: str, entry: str) -> None:
    decision = matcher.decide(question)
    assert (decision.locale, decision.matches[0].entry) == ("ar", entry)
