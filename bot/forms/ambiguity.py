"""How long a regular expression may take: told from the expression, before it meets any text.

A backtracking matcher takes exponential time where some text can be read in two ways around the same loop, and
polynomial time where loops that can read the same text follow each other (Weber and Seidl, "On the degree of ambiguity
of finite automata", 1991). Both are seen on the expression's positions and which may follow which (Glushkov).
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any

# The standard library's own parser of expressions; it has no public door.
_PARSER: Any = import_module("re._parser")
_LEAST_OF_EVERY_KIND = "aZzé٣0اء_ \t\n-.@!€中\U0001f600"
_MOST_COPIES = 12
_MOST_PAIRS = 400
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


def measure(pattern: str) -> int:
    """The power of the text's length that matching may take; 0 where it is exponential. Raises `TooComplex`.

    Raises `re.error` for what is no expression.
    """
    parsed = _PARSER.parse(pattern)
    positions = Positions(sorted(_sample(parsed)))
    _build(parsed, positions)
    loops = _find_loops(positions.follows)
    if any(_reads_twice(loop, positions) for loop in loops):
        return 0
    return max(1, _longest_chain(loops, positions))


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
            if operation != "AT" and measure_parsed(argument[1], positions.alphabet) != 1:
                raise TooComplex
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


def measure_parsed(parsed: Any, alphabet: Sequence[int]) -> int:  # noqa: ANN401
    """The same for a part that stands by itself, such as a lookahead."""
    positions = Positions(alphabet)
    _build(parsed, positions)
    loops = _find_loops(positions.follows)
    return 0 if any(_reads_twice(loop, positions) for loop in loops) else max(1, _longest_chain(loops, positions))


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


def _find_loops(follows: Sequence[set[int]]) -> list[frozenset[int]]:
    """The sets of positions that lead around to each other, in an order in which none leads to an earlier one."""
    reach = _reach(follows)
    loops = {
        frozenset(other for other in reach[one] if one in reach[other])
        for one in range(len(follows))
        if one in reach[one]
    }
    return sorted(loops, key=lambda loop: -len(reach[min(loop)]))


def _reach(follows: Sequence[set[int]]) -> list[set[int]]:
    """The positions one can come to from each."""
    found = []
    for start in range(len(follows)):
        seen: set[int] = set()
        open_ = list(follows[start])
        while open_:
            one = open_.pop()
            if one not in seen:
                seen.add(one)
                open_.extend(follows[one])
        found.append(seen)
    return found


def _reads_twice(loop: frozenset[int], positions: Positions) -> bool:
    """Whether two different ways around the loop, from one position to itself, can read the same text."""
    if any(one in loop and other in loop for one, other in positions.doubled):
        return True
    pairs = [(a, b) for a, b in product(loop, loop) if positions.takes[a] & positions.takes[b]]
    index = {pair: number for number, pair in enumerate(pairs)}
    follows = [
        {index[two] for two in product(positions.follows[a], positions.follows[b]) if two in index} for a, b in pairs
    ]
    backwards: list[set[int]] = [set() for _ in pairs]
    for number, following in enumerate(follows):
        for one in following:
            backwards[one].add(number)
    diagonal = {number for number, (a, b) in enumerate(pairs) if a == b}
    apart = _closure(diagonal, follows) & _closure(diagonal, backwards) - diagonal
    return bool(apart)


def _closure(starts: set[int], follows: Sequence[set[int]]) -> set[int]:
    seen: set[int] = set()
    open_ = list(starts)
    while open_:
        for one in follows[open_.pop()]:
            if one not in seen:
                seen.add(one)
                open_.append(one)
    return seen


def _longest_chain(loops: Sequence[frozenset[int]], positions: Positions) -> int:
    """How many loops may follow each other so that each two next to each other can share a text in many ways."""
    reach = _reach(positions.follows)
    longest: list[int] = []
    for number, loop in enumerate(loops):
        before = [
            longest[other]
            for other in range(number)
            if loop <= reach[min(loops[other])] and _share(loops[other], loop, positions)
        ]
        longest.append(1 + max(before, default=0))
    return max(longest, default=1)


def _share(one: frozenset[int], other: frozenset[int], positions: Positions) -> bool:
    """Whether a text read around `one`, and around `other`, can also be read on the way from `one` to `other`."""
    if len(one) * len(other) > _MOST_PAIRS:
        return True
    return any(_reads_across((a, a, b), (a, b, b), one, other, positions) for a, b in product(one, other))


def _reads_across(
    start: tuple[int, int, int],
    end: tuple[int, int, int],
    one: frozenset[int],
    other: frozenset[int],
    positions: Positions,
) -> bool:
    seen = set()
    open_ = [start]
    takes, follows = positions.takes, positions.follows
    while open_:
        a, between, b = open_.pop()
        for step in product(follows[a] & one, follows[between], follows[b] & other):
            if step not in seen and takes[step[0]] & takes[step[1]] & takes[step[2]]:
                if step == end:
                    return True
                seen.add(step)
                open_.append(step)
    return False
