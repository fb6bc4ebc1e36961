"""The functions of ODK's XPath (https://getodk.github.io/xforms-spec/#xpath-functions) and what each returns.

Those of XPath 1.0 are libxml2's own; some are rewritten into paths (`bot.forms.calls`); the others are the functions
here, registered with lxml under `PREFIX`. None raises: what makes no sense gives '' or NaN, as in ODK's programs.
"""

import base64
import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from uuid import UUID

from bot.forms import dates
from bot.forms.distances import enclosed_area, path_length
from bot.forms.patterns import matches_whole
from bot.forms.trees import Element, read_node

PREFIX = "odk"
NAMESPACE = "urn:hiwar:odk"
MANY = 99
# XPath knows no exponents.
_NUMBER = re.compile(r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")

Value = str | float | bool | list[Element]
Body = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function with how many arguments it takes; `body` None where libxml2 has it or it is rewritten."""

    least: int
    most: int
    returns: str
    body: Body | None = None


FUNCTIONS: dict[str, Function] = {
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
# Bodies of those that are rewritten into a call of another form.
_BODIES: dict[str, Body] = {}


def own(name: str, least: int, most: int, returns: str) -> Callable[[Body], Body]:
    """Register a function of ODK."""

    def register(body: Body) -> Body:
        FUNCTIONS[name] = Function(least, most, returns, body)
        return body

    return register


def inner(name: str) -> Callable[[Body], Body]:
    """Register what a rewritten call comes to."""

    def register(body: Body) -> Body:
        _BODIES[name] = body
        return body

    return register


def extensions() -> Mapping[tuple[str, str], Callable[..., Value]]:
    """All, as lxml takes them."""
    bodies = {name: function.body for name, function in FUNCTIONS.items() if function.body is not None} | _BODIES
    return {(NAMESPACE, name): _without_context(body) for name, body in bodies.items()}


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


def _without_context(body: Body) -> Body:
    return lambda _context, *arguments: body(*arguments)


def _texts(values: Iterable[Value]) -> list[str]:
    """Each value as text, each node of a set by itself."""
    return [
        text for value in values for text in (map(read_node, value) if isinstance(value, list) else [to_text(value)])
    ]


def _numbers(values: Iterable[Value]) -> list[float]:
    """Those that are numbers: an unanswered question takes no part."""
    return [number for text in _texts(values) if not math.isnan(number := to_number(text))]


@inner("number")
def number(value: Value) -> float:
    return to_number(value)


@inner("if")
def choose(condition: bool, first: Value, second: Value) -> Value:
    return first if condition else second


@inner("place")
def place(value: float) -> float:
    return float(int(value)) if value >= 1 else 1.0


@inner("random")
def random(seed: str, key: str) -> float:
    return int.from_bytes(_draw(seed, key)[:6]) / 2**48


@inner("uuid")
def uuid(seed: str, key: str, length: float | None = None) -> str:
    drawn = _draw(seed, key)
    if length is None or math.isnan(length):
        return str(UUID(bytes=drawn[:16], version=4))
    return (base64.b32encode(drawn).decode().rstrip("=") * 8)[: max(0, int(length))]


@inner("format-date")
def format_date(value: Value, pattern: Value, locale: str) -> str:
    text = dates.date_from_days(value) if isinstance(value, float) and not math.isnan(value) else to_text(value)
    return dates.format_moment(text, to_text(pattern), locale)


def _draw(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}/{key}".encode()).digest()


@own("coalesce", 2, MANY, "any")
def coalesce(*values: Value) -> str:
    return next((text for value in values if (text := to_text(value)) not in {"", "NaN"}), "")


@own("selected", 2, 2, "boolean")
def selected(value: Value, choice: Value) -> bool:
    return to_text(choice).strip() in to_text(value).split()


@own("selected-at", 2, 2, "text")
def selected_at(value: Value, index: Value) -> str:
    chosen, at = to_text(value).split(), to_number(index)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


@own("count-selected", 1, 1, "number")
def count_selected(value: Value) -> float:
    return float(len(to_text(value).split()))


@own("count-non-empty", 1, 1, "number")
def count_non_empty(values: Value) -> float:
    return float(sum(1 for text in _texts([values]) if text))


@own("sum", 1, 1, "number")
def sum_(values: Value) -> float:
    return math.fsum(_numbers([values]))


@own("min", 1, MANY, "number")
def min_(*values: Value) -> float:
    return min(_numbers(values), default=math.nan)


@own("max", 1, MANY, "number")
def max_(*values: Value) -> float:
    return max(_numbers(values), default=math.nan)


@own("int", 1, 1, "number")
def int_(value: Value) -> float:
    found = to_number(value)
    return float(math.trunc(found)) if math.isfinite(found) else found


@own("round", 1, 2, "number")
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


@own("concat", 1, MANY, "text")
def concat(*values: Value) -> str:
    return "".join(_texts(values))


@own("join", 1, MANY, "text")
def join(separator: Value, *values: Value) -> str:
    return to_text(separator).join(_texts(values))


@own("substr", 2, 3, "text")
def substr(value: Value, start: Value, end: Value = math.inf) -> str:
    """From `start`, counted from 0, to before `end`; negative ones count from the end (JavaRosa, `substring`)."""
    text = to_text(value)
    first, last = (_to_index(one, len(text)) for one in (start, end))
    return text[first:last]


def _to_index(value: Value, length: int) -> int:
    at = to_number(value)
    if math.isnan(at) or math.isinf(at):
        return length
    return max(0, min(length, int(at) + (length if at < 0 else 0)))


@own("ends-with", 2, 2, "boolean")
def ends_with(value: Value, ending: Value) -> bool:
    return to_text(value).endswith(to_text(ending))


@own("regex", 2, 2, "boolean")
def regex(value: Value, pattern: Value) -> bool:
    return matches_whole(to_text(pattern), to_text(value))


@own("boolean-from-string", 1, 1, "boolean")
def boolean_from_string(value: Value) -> bool:
    return to_text(value).lower() in {"true", "1"}


@own("date", 1, 1, "date")
def date(value: Value) -> str:
    if isinstance(value, float):
        return dates.date_from_days(math.floor(value)) if math.isfinite(value) else ""
    moment = dates.read_moment(to_text(value))
    return "" if moment is None else moment.date().isoformat()


@own("date-time", 1, 1, "date")
def date_time(value: Value) -> str:
    if isinstance(value, float):
        moment = dates.moment_from_days(value) if math.isfinite(value) else None
        return "" if moment is None else dates.write_moment(moment)
    text = to_text(value)
    return text if dates.read_moment(text) is not None else ""


@own("decimal-date-time", 1, 1, "number")
def decimal_date_time(value: Value) -> float:
    return to_number(value)


@own("decimal-time", 1, 1, "number")
def decimal_time(value: Value) -> float:
    return to_number(value) % 1


@own("checklist", 3, MANY, "boolean")
def checklist(least: Value, most: Value, *values: Value) -> bool:
    return _within(sum(1 for text in _texts(values) if text == "yes"), to_number(least), to_number(most))


@own("weighted-checklist", 4, MANY, "boolean")
def weighted_checklist(least: Value, most: Value, *values: Value) -> bool:
    answers, weights = _texts(values[::2]), _texts(values[1::2])
    total = math.fsum(to_number(weight) for answer, weight in zip(answers, weights, strict=False) if answer == "yes")
    return _within(total, to_number(least), to_number(most))


def _within(total: float, least: float, most: float) -> bool:
    """-1 sets no bound."""
    return (least == -1 or total >= least) and (most == -1 or total <= most)


@own("digest", 2, 3, "text")
def digest(value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = to_text(algorithm).replace("-", "").lower()
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return ""
    found = hashlib.new(name, to_text(value).encode(), usedforsecurity=False)
    return found.hexdigest() if to_text(encoding) == "hex" else base64.b64encode(found.digest()).decode()


@own("base64-decode", 1, 1, "text")
def base64_decode(value: Value) -> str:
    try:
        return base64.b64decode(to_text(value), validate=True).decode()
    except ValueError:
        return ""


@own("distance", 1, MANY, "number")
def distance(*values: Value) -> float:
    return path_length(_texts(values))


@own("area", 1, 1, "number")
def area(value: Value) -> float:
    return enclosed_area(_texts([value]))


def _plain(compute: Callable[..., float]) -> Body:
    """A function of numbers, NaN outside where it is defined."""

    def body(*values: Value) -> float:
        try:
            return compute(*map(to_number, values))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return body


for _name, _count, _compute in (
    ("abs", 1, abs), ("acos", 1, math.acos), ("asin", 1, math.asin), ("atan", 1, math.atan), ("cos", 1, math.cos),
    ("sin", 1, math.sin), ("tan", 1, math.tan), ("sqrt", 1, math.sqrt), ("exp", 1, math.exp), ("log", 1, math.log),
    ("log10", 1, math.log10), ("exp10", 1, lambda value: math.pow(10, value)), ("pow", 2, math.pow),
    ("atan2", 2, math.atan2), ("pi", 0, lambda: math.pi),
):  # fmt: skip
    FUNCTIONS[_name] = Function(_count, _count, "number", _plain(_compute))
