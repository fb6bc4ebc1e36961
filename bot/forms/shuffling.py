"""The order of shuffled choices, the same in all of ODK's programs for the same seed."""

import math
from collections.abc import Sequence
from typing import TypeVar

_MODULUS = 2_147_483_647
_FACTOR = 16_807

T = TypeVar("T")


def shuffle(values: Sequence[T], seed: float) -> list[T]:
    """Fisher and Yates from the inside out, drawing from Park and Miller's minimal standard generator."""
    # The sign of the remainder is that of the seed, as in the programs this must agree with.
    state = int(math.fmod(seed, _MODULUS)) if math.isfinite(seed) else 0
    state = state + _MODULUS - 1 if state <= 0 else state
    shuffled: list[T] = []
    for value in values:
        state = state * _FACTOR % _MODULUS
        place = int((state - 1) / (_MODULUS - 1) * (len(shuffled) + 1))
        shuffled.append(value)
        shuffled[place], shuffled[-1] = value, shuffled[place]
    return shuffled
