"""Which regular expressions a form may have, and what they match."""

import pytest

from bot.forms.ambiguity import measure
from bot.forms.patterns import find_fault, matches_whole

EMAIL = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$"
SLOW = [
    r"(a+)+",
    r"(a*)*b",
    r"(.*)*x",
    r"(\d+\s?)+",
    r"(\w+\s?)*$",
    r"([a-z]*)*",
    r"(x{1,100}){1,100}",
    r"(a|b|ab)+c",
    r"^([a-z]+)+@x$",
    r"(a)\1",
    r".*.*.*.*",
    r"(?=(a+)+b)a",
    "a?" * 200,
]
FINE = [
    r"^[0-9]{8}$",
    EMAIL,
    r"([a-z]+ )*[a-z]+",
    r"^[\w.-]+@([\w-]+\.)+[\w]{2,4}$",
    r"^(?!0)\d+$",
    r".*a.*b.*",
    r"(\+?\d{1,3}[- ]?)?\d{3}[- ]?\d{4}",
    r"(0[1-9]|[12][0-9]|3[01])/(0[1-9]|1[0-2])/[0-9]{4}",
    r"\d{100}",
    r"^[A-Z]{2}-\d{4}(-[a-z])?$",
]


@pytest.mark.parametrize("pattern", SLOW)
def test_what_could_take_for_ever_is_refused(pattern: str) -> None:
    assert find_fault(pattern, 500) == "form-pattern-slow"
    assert not matches_whole(pattern, "a" * 40)


@pytest.mark.parametrize("pattern", FINE)
def test_what_real_forms_use_is_taken(pattern: str) -> None:
    assert find_fault(pattern, 500) is None


@pytest.mark.parametrize("pattern", [r"[a", r"(a", r"a**", r"\p{Nothing}", r"[[a]", r"[a-z&&[^b]]"])
def test_what_is_no_expression_is_refused(pattern: str) -> None:
    assert find_fault(pattern, 500) == "form-pattern"
    assert not matches_whole(pattern, "a")


@pytest.mark.parametrize(
    ("pattern", "power"), [(r"a+b+", 1), (r"a*a*", 2), (r".*a.*b.*", 3), (r"(a|ab)(c|bcd)*", 1), (r"(ab|a)+", 1)]
)
def test_the_power_of_the_length_is_told(pattern: str, power: int) -> None:
    assert measure(pattern) == power


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"[A-Z]", "A", True),
        (r"[A-Z]", "AB", False),
        (r"^[\p{L} ]+$", "خباز élan", True),
        (r"\p{IsArabic}+", "خباز", True),
        (r"\p{IsArabic}+", "baker", False),
        (r"\P{L}+", "12-3", True),
        (r"[^\p{Lu}]+", "abc", True),
        (r"\p{Digit}{3}", "١٢٣", True),
        (EMAIL, "name@example.org", True),
        (EMAIL, "name@example", False),
        (r".*a.*b.*", "x" * 4_000, False),
    ],
)
def test_the_whole_text_must_match(pattern: str, text: str, matches: bool) -> None:
    assert matches_whole(pattern, text) is matches


def test_a_text_longer_than_the_pattern_can_bear_does_not_match() -> None:
    assert matches_whole(r".*.*", "x" * 1_000)
    assert not matches_whole(r".*.*", "x" * 3_000)
    assert matches_whole(r".*", "x" * 3_000)


def test_a_pattern_has_a_longest_length() -> None:
    assert find_fault("a" * 501, 500) == "form-pattern-slow"
