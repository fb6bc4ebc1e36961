"""The functions of ODK's XPath (https://getodk.github.io/xforms-spec/#xpath-functions).

Those of XPath 1.0 are libxml2's own; some are rewritten into paths (`bot.forms.calls`); the others are registered with
lxml under `PREFIX`. None raises: what makes no sense gives an empty text or NaN, as in ODK's programs.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.forms import functions_of_dates as dates
from bot.forms import functions_of_numbers as numbers
from bot.forms import functions_of_texts as texts
from bot.forms.values import Value, to_number

PREFIX = "odk"
NAMESPACE = "urn:hiwar:odk"
MANY = 99

Body = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function with how many arguments it takes; `body` None where libxml2 has it or it is rewritten."""

    least: int
    most: int
    returns: str
    body: Body | None = None


_ELSEWHERE: Mapping[str, Function] = {
    name: Function(least, most, returns)
    for names, least, most, returns in (
        ("string", 0, 1, "text"), ("contains starts-with", 2, 2, "boolean"), ("substring", 2, 3, "text"),
        ("substring-before substring-after", 2, 2, "text"), ("string-length", 0, 1, "number"),
        ("normalize-space name local-name", 0, 1, "text"), ("translate", 3, 3, "text"), ("true false", 0, 0, "boolean"),
        ("floor ceiling count", 1, 1, "number"), ("last", 0, 0, "number"), ("not boolean", 1, 1, "boolean"),
        ("number position", 0, 1, "number"), ("today now", 0, 0, "date"), ("version", 0, 0, "text"), ("if", 3, 3, "any"),
        ("once", 1, 1, "any"), ("indexed-repeat", 3, 11, "any"), ("jr:choice-name", 2, 2, "text"),
        ("pulldata", 4, 4, "any"), ("random", 0, 0, "number"), ("uuid", 0, 1, "text"), ("instance", 1, 1, "any"),
        ("current", 0, 0, "any"), ("format-date format-date-time", 2, 2, "text"),
    )
    for name in names.split()
}  # fmt: skip
_OWN: Mapping[str, Function] = {
    "coalesce": Function(2, MANY, "any", texts.coalesce),
    "selected": Function(2, 2, "boolean", texts.selected),
    "selected-at": Function(2, 2, "text", texts.selected_at),
    "count-selected": Function(1, 1, "number", texts.count_selected),
    "count-non-empty": Function(1, 1, "number", texts.count_non_empty),
    "sum": Function(1, 1, "number", numbers.sum_),
    "min": Function(1, MANY, "number", numbers.min_),
    "max": Function(1, MANY, "number", numbers.max_),
    "int": Function(1, 1, "number", numbers.int_),
    "round": Function(1, 2, "number", numbers.round_),
    "concat": Function(1, MANY, "text", texts.concat),
    "join": Function(1, MANY, "text", texts.join),
    "substr": Function(2, 3, "text", texts.substr),
    "ends-with": Function(2, 2, "boolean", texts.ends_with),
    "regex": Function(2, 2, "boolean", texts.regex),
    "boolean-from-string": Function(1, 1, "boolean", texts.boolean_from_string),
    "date": Function(1, 1, "date", dates.date),
    "date-time": Function(1, 1, "date", dates.date_time),
    "decimal-date-time": Function(1, 1, "number", dates.decimal_date_time),
    "decimal-time": Function(1, 1, "number", dates.decimal_time),
    "checklist": Function(3, MANY, "boolean", numbers.checklist),
    "weighted-checklist": Function(4, MANY, "boolean", numbers.weighted_checklist),
    "digest": Function(2, 3, "text", texts.digest),
    "base64-decode": Function(1, 1, "text", texts.base64_decode),
    "distance": Function(1, MANY, "number", numbers.distance),
    "area": Function(1, 1, "number", numbers.area),
}
# Of numbers alone: NaN where they are not defined.
_MATHEMATICS: Mapping[str, Function] = {
    name: Function(count, count, "number", numbers.on_numbers(compute))
    for name, count, compute in (
        ("abs", 1, abs), ("acos", 1, math.acos), ("asin", 1, math.asin), ("atan", 1, math.atan), ("cos", 1, math.cos),
        ("sin", 1, math.sin), ("tan", 1, math.tan), ("sqrt", 1, math.sqrt), ("exp", 1, math.exp), ("log", 1, math.log),
        ("log10", 1, math.log10), ("exp10", 1, lambda value: math.pow(10, value)), ("pow", 2, math.pow),
        ("atan2", 2, math.atan2), ("pi", 0, lambda: math.pi),
    )
}  # fmt: skip
FUNCTIONS: Mapping[str, Function] = {**_ELSEWHERE, **_OWN, **_MATHEMATICS}
# What rewritten calls come to.
_INNER: Mapping[str, Body] = {
    "number": to_number,
    "if": numbers.choose,
    "place": numbers.place,
    "random": numbers.random,
    "uuid": texts.uuid,
    "format-date": dates.format_date,
}


def extensions() -> Mapping[tuple[str, str], Callable[..., Value]]:
    """All, as lxml takes them."""
    bodies = {name: function.body for name, function in FUNCTIONS.items() if function.body is not None} | dict(_INNER)
    return {(NAMESPACE, name): _without_context(body) for name, body in bodies.items()}


def _without_context(body: Body) -> Body:
    return lambda _context, *arguments: body(*arguments)
