"""How long a regular expression may take: told from the expression, before it meets any text.

A backtracking matcher takes exponential time where some text can be read in two ways around the same loop, and
polynomial time where loops that can read the same text follow each other (Weber and Seidl, "On the degree of ambiguity
of finite automata", 1991). Both are seen on the expression's positions.
"""

from collections.abc import Sequence
from itertools import product

from bot.forms.positions import Positions, parse_positions

_MOST_PAIRS = 400


def measure(pattern: str) -> int:
    """The power of the text's length that matching may take; 0 where it is exponential.

    Raises `re.error` for what is no expression, and `TooComplex`.
    """
    return _measure(parse_positions(pattern))


def _measure(positions: Positions) -> int:
    if any(_measure(one) != 1 for one in positions.apart):
        return 0
    loops = _find_loops(positions.follows)
    if any(_reads_twice(loop, positions) for loop in loops):
        return 0
    return _longest_chain(loops, positions)


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
