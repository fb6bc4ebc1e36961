"""ODK's functions of numbers and conditions."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

from bot.forms.distances import enclosed_area, path_length
from bot.forms.drawing import draw
from bot.forms.values import Value, to_number, to_numbers, to_texts


def choose(condition: bool, first: Value, second: Value) -> Value:
    return first if condition else second


def place(value: float) -> float:
    return float(int(value)) if value >= 1 else 1.0


def random(seed: str, key: str) -> float:
    return int.from_bytes(draw(seed, key)[:6]) / 2**48


def sum_(values: Value) -> float:
    return math.fsum(to_numbers([values]))


def min_(*values: Value) -> float:
    return min(to_numbers(values), default=math.nan)


def max_(*values: Value) -> float:
    return max(to_numbers(values), default=math.nan)


def int_(value: Value) -> float:
    found = to_number(value)
    return float(math.trunc(found)) if math.isfinite(found) else found


def round_(value: Value, places: Value = 0.0) -> float:
    """Half up, halves of negative numbers towards zero (JavaRosa, `round`)."""
    # libxml2 reads 2.345 as 2.3449999999999998.
    found, digits = round(to_number(value), 12), to_number(places)
    if not math.isfinite(found) or not abs(digits) <= 30:
        return found if not math.isfinite(found) else math.nan
    try:
        unit = Decimal(1).scaleb(-int(digits))
        rounding = ROUND_HALF_UP if found >= 0 else ROUND_HALF_DOWN
        return float((Decimal(repr(found)) / unit).quantize(Decimal(1), rounding) * unit)
    except InvalidOperation:
        return math.nan


def checklist(least: Value, most: Value, *values: Value) -> bool:
    return _within(sum(1 for text in to_texts(values) if text == "yes"), to_number(least), to_number(most))


def weighted_checklist(least: Value, most: Value, *values: Value) -> bool:
    answers, weights = to_texts(values[::2]), to_texts(values[1::2])
    total = math.fsum(to_number(weight) for answer, weight in zip(answers, weights, strict=False) if answer == "yes")
    return _within(total, to_number(least), to_number(most))


def _within(total: float, least: float, most: float) -> bool:
    """-1 sets no bound."""
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def distance(*values: Value) -> float:
    return path_length(to_texts(values))


def area(value: Value) -> float:
    return enclosed_area(to_texts([value]))


def on_numbers(compute: Callable[..., float]) -> Callable[..., float]:
    """A function of numbers, NaN outside where it is defined."""

    def body(*values: Value) -> float:
        try:
            return compute(*map(to_number, values))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return body
