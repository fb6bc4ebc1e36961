"""Numbers as people type them."""

import re

from bot.forms.plain import simplify

_NUMBER = re.compile(r"[+-]?\d[\d.,' ]*|[+-]?[.,]\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?P<sign>[,.' ])\d{3}(?:(?P=sign)\d{3})*")
_LONGEST = 15
# A number may stand among a few words (“25 years”), not in a sentence.
_MOST_WORDS = 3


def read_number(text: str, locale: str = "en") -> str | None:
    """The one number of a text, as `-1234.5`; None where there is none, or more than one.

    Digits of any script, signs and separators as they are usual: `1,234` is a thousand and more, in French 1.234.
    """
    plain = simplify(text)
    found = [one.strip() for one in _NUMBER.findall(plain)]
    words = _NUMBER.sub(" ", plain).split()
    if (
        len(found) != 1
        or len(words) > _MOST_WORDS
        or not all(word.strip(".?!%").isalpha() or not word.strip(".?!%") for word in words)
    ):
        return None
    number = _write_plainly(found[0].rstrip(".,' "), locale)
    digits = number.strip("+-").replace(".", "")
    return number.removeprefix("+") if digits.isdigit() and len(digits) <= _LONGEST else None


def is_whole(number: str) -> bool:
    """Whether a number has no fraction but zeros."""
    return not number.partition(".")[2].strip("0")


def write_whole(number: str) -> str:
    return str(int(number.partition(".")[0]))


def _write_plainly(number: str, locale: str) -> str:
    number = number.replace(" ", "").replace("'", "")
    if "," in number and "." in number:
        decimal = max(",.", key=number.rindex)
        grouping = "," if decimal == "." else "."
        return number.replace(grouping, "").replace(decimal, ".")
    grouped = _GROUPED.fullmatch(number)
    if grouped is not None and (number.count(grouped["sign"]) > 1 or (grouped["sign"] == ",") == (locale != "fr")):
        return number.replace(grouped["sign"], "")
    return number.replace(",", ".")
