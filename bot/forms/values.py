"""Values of expressions, turned into texts, numbers and conditions as ODK does."""

import math
import re
from collections.abc import Iterable

from bot.forms import dates
from bot.forms.trees import Element, read_node

# XPath knows no exponents.
_NUMBER = re.compile(r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")

Value = str | float | bool | list[Element]


def to_text(value: Value) -> str:
    """A value as text; of nodes, that of the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return read_node(value[0]) if value else ""
    return ("true" if value else "false") if isinstance(value, bool) else write_number(value)


def to_number(value: Value) -> float:
    """A value as a number, a date as days since 1970; NaN for what is neither."""
    if isinstance(value, bool | float | int):
        return float(value)
    text = to_text(value).strip()
    if _NUMBER.fullmatch(text):
        # A comma is a decimal sign in many locales (JavaRosa, `toNumeric`).
        return float(text.replace(",", "."))
    days = dates.count_days(text)
    return math.nan if days is None else days


def to_boolean(value: Value) -> bool:
    """Nodes are true when the first has a text."""
    return bool(to_text(value)) if isinstance(value, list | str) else bool(value) and not math.isnan(value)


def write_number(number: float) -> str:
    """Whole numbers without a fraction; others as short as they can be told apart."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(round(number, 12))


def to_texts(values: Iterable[Value]) -> list[str]:
    """Each value as text, each node of a set by itself."""
    return [
        text for value in values for text in (map(read_node, value) if isinstance(value, list) else [to_text(value)])
    ]


def to_numbers(values: Iterable[Value]) -> list[float]:
    """Those that are numbers: an unanswered question takes no part."""
    return [number for text in to_texts(values) if not math.isnan(number := to_number(text))]
