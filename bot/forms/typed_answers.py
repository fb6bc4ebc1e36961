"""Answers that are words and numbers."""

import re
from decimal import Decimal

from bot.forms.asking import Asking, Refusal, expect_text
from bot.forms.incoming import Incoming
from bot.forms.plain import clean, latinize_digits
from bot.forms.reasons import Reason
from bot.forms.typed_numbers import is_whole, read_number, write_whole
from bot.forms.words import means_yes

# As on the keyboard of numbers: telephone numbers, too.
_DIGITS = re.compile(r"[+-]?[0-9][0-9.,-]*")


def read_text(incoming: Incoming, asking: Asking) -> str:
    text = clean(expect_text(incoming, Reason.NOT_TEXT)).strip()
    if len(text) > asking.longest:
        raise Refusal(Reason.TEXT_LONG)
    if "numbers" in asking.appearance.split():
        text = latinize_digits(text).replace(" ", "")
        if text and not _DIGITS.fullmatch(text):
            raise Refusal(Reason.NOT_NUMBER, "25")
    return text


def read_integer(incoming: Incoming, asking: Asking) -> str:
    number = read_number(expect_text(incoming, Reason.NOT_NUMBER, "25"), asking.locale)
    if number is None:
        raise Refusal(Reason.NOT_NUMBER, "25")
    if not is_whole(number):
        raise Refusal(Reason.NOT_WHOLE, write_whole(number))
    return write_whole(number)


def read_decimal(incoming: Incoming, asking: Asking) -> str:
    number = read_number(expect_text(incoming, Reason.NOT_NUMBER, "12.5"), asking.locale)
    if number is None:
        raise Refusal(Reason.NOT_NUMBER, "12.5")
    return number


def read_range(incoming: Incoming, asking: Asking) -> str:
    number = Decimal(read_decimal(incoming, asking))
    start, end, step = (Decimal(one) for one in (asking.range.start, asking.range.end, asking.range.step))
    if not min(start, end) <= number <= max(start, end):
        raise Refusal(Reason.OUT_OF_RANGE, str(start if abs(number - start) < abs(number - end) else end))
    if step and (number - start) % step:
        nearest = start + round((number - start) / step) * step
        raise Refusal(Reason.NOT_ON_STEP, str(nearest))
    return f"{number.normalize():f}"


def read_acknowledge(incoming: Incoming, _asking: Asking) -> str:
    """Stored as `OK`, the only answer there is."""
    if not means_yes(expect_text(incoming, Reason.NOT_AGREED)):
        raise Refusal(Reason.NOT_AGREED)
    return "OK"
