"""The order of shuffled choices, the same on all of ODK's programs for the same seed."""

from collections.abc import Sequence
from typing import TypeVar

_MODULUS = 2_147_483_647
_FACTOR = 16_807

T = TypeVar("T")


def shuffle(values: Sequence[T], seed: int) -> list[T]:
    """Fisher-Yates with the minimal standard generator of Park and Miller (ODK XForms specification, `randomize`)."""
    shuffled = list(values)
    state = seed % _MODULUS
    state = state + _MODULUS - 1 if state <= 0 else state
    for last in range(len(shuffled) - 1, 0, -1):
        state = state * _FACTOR % _MODULUS
        place = int((state - 1) / (_MODULUS - 1) * (last + 1))
        shuffled[last], shuffled[place] = shuffled[place], shuffled[last]
    return shuffled
