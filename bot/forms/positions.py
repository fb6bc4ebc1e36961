"""A regular expression as the positions of its characters, and which may follow which (Glushkov)."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

# The standard library's own parser of expressions; it has no public door.
_PARSER: Any = import_module("re._parser")
_LEAST_OF_EVERY_KIND = "aZzé٣0اء_ \t\n-.@!€中\U0001f600"
_MOST_COPIES = 12
MOST_POSITIONS = 150


class TooComplex(ValueError):
    """The expression cannot be judged: it refers back to what it matched, or is too large."""


@dataclass(slots=True)
class Piece:
    """A part of an expression: whether it can be empty, and the positions it can begin and end with."""

    empty: bool = True
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


@dataclass(slots=True)
class Positions:
    """The characters each position takes, as bits of an alphabet of samples, and the positions that may follow it."""

    alphabet: Sequence[int]
    takes: list[int] = field(default_factory=list)
    follows: list[set[int]] = field(default_factory=list)
    # Steps there are two reasons for: in `(a+)+` one `a` follows another by either loop.
    doubled: set[tuple[int, int]] = field(default_factory=set)
    # What is looked for ahead or behind is matched by itself.
    apart: "list[Positions]" = field(default_factory=list)

    def add(self, holds: Callable[[int], bool]) -> Piece:
        if len(self.takes) >= MOST_POSITIONS:
            raise TooComplex
        self.takes.append(sum(1 << bit for bit, code in enumerate(self.alphabet) if holds(code)))
        self.follows.append(set())
        place = frozenset({len(self.takes) - 1})
        return Piece(empty=False, first=place, last=place)

    def join(self, one: Piece, other: Piece) -> Piece:
        self._connect(one.last, other.first)
        first = one.first | other.first if one.empty else one.first
        last = one.last | other.last if other.empty else other.last
        return Piece(one.empty and other.empty, first, last)

    def loop(self, piece: Piece) -> Piece:
        self._connect(piece.last, piece.first)
        return piece

    def _connect(self, ends: Iterable[int], beginnings: frozenset[int]) -> None:
        for end in ends:
            self.doubled |= {(end, one) for one in self.follows[end] & beginnings}
            self.follows[end] |= beginnings


def parse_positions(pattern: str) -> Positions:
    """Raises `re.error` for what is no expression, and `TooComplex`."""
    parsed = _PARSER.parse(pattern)
    return read_positions(parsed, sorted(set(_sample(parsed))))


def read_positions(parsed: Iterable[Any], alphabet: Sequence[int]) -> Positions:
    """The positions of what Python's own parser gives."""
    positions = Positions(alphabet)
    _build(parsed, positions)
    return positions


def _build(parsed: Iterable[Any], positions: Positions) -> Piece:
    piece = Piece()
    for operation, argument in parsed:
        piece = positions.join(piece, _build_one(str(operation), argument, positions))
    return piece


def _build_one(operation: str, argument: Any, positions: Positions) -> Piece:  # noqa: ANN401 - the parser's own
    match operation:
        case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN" | "CATEGORY":
            return positions.add(_membership(operation, argument))
        case "SUBPATTERN":
            return _build(argument[3], positions)
        case "ATOMIC_GROUP":
            return _build(argument, positions)
        case "BRANCH":
            branches = [_build(one, positions) for one in argument[1]]
            return Piece(
                any(one.empty for one in branches),
                frozenset().union(*(one.first for one in branches)),
                frozenset().union(*(one.last for one in branches)),
            )
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = argument
            return _build_repeat(int(least), int(most), inner, positions)
        case "AT" | "ASSERT" | "ASSERT_NOT":
            if operation != "AT":
                positions.apart.append(read_positions(argument[1], positions.alphabet))
            return Piece()
    raise TooComplex


def _build_repeat(least: int, most: int, inner: Any, positions: Positions) -> Piece:  # noqa: ANN401
    """Few copies are written out; many are as good as a loop."""
    if most > _MOST_COPIES and not (least == most and len(inner) == 1):
        piece = positions.loop(_build(inner, positions))
        return Piece(piece.empty or least == 0, piece.first, piece.last)
    whole = Piece()
    for number in range(min(most, 64)):
        copy = _build(inner, positions)
        whole = positions.join(whole, Piece(copy.empty or number >= least, copy.first, copy.last))
    return whole


def _membership(operation: str, argument: Any) -> Callable[[int], bool]:  # noqa: ANN401
    match operation:
        case "LITERAL":
            return lambda code: code == argument
        case "NOT_LITERAL":
            return lambda code: code != argument
        case "ANY":
            return lambda _code: True
        case "CATEGORY":
            return lambda code: _in_category(str(argument), chr(code))
        case "RANGE":
            return lambda code: argument[0] <= code <= argument[1]
        case "IN":
            negated = str(argument[0][0]) == "NEGATE"
            tests = [_membership(str(one), value) for one, value in argument[negated:]]
            return lambda code: any(test(code) for test in tests) != negated
    raise TooComplex


def _in_category(name: str, char: str) -> bool:
    found = (
        unicodedata.category(char) == "Nd"
        if "DIGIT" in name
        else char.isspace()
        if "SPACE" in name
        else char.isalnum() or char == "_"
    )
    return found != ("NOT" in name)


def _sample(parsed: Any) -> Iterator[int]:  # noqa: ANN401
    """Characters of which one at least is in any two classes that overlap: the ends of all ranges, and some of each
    category."""
    yield from map(ord, _LEAST_OF_EVERY_KIND)
    for code in _codes(parsed):
        yield from (one for one in {code - 1, code, code + 1} if 0 <= one <= 0x10FFFF)


def _codes(parsed: Any) -> Iterator[int]:  # noqa: ANN401
    if isinstance(parsed, int) and not isinstance(parsed, bool):
        if 0 <= parsed <= 0x10FFFF:
            yield int(parsed)
    elif isinstance(parsed, list | tuple) or hasattr(parsed, "data"):
        for one in parsed:
            yield from _codes(one)
