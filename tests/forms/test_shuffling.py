"""Shuffled choices stand as in ODK's other programs, for the same seed."""

import math

import pytest

from bot.forms.shuffling import shuffle


@pytest.mark.parametrize(
    ("seed", "order"),
    [
        (42, "AFCBDE"),
        (-42, "EDAFBC"),
        (1, "BFEACD"),
        (1.1, "BFEACD"),
        (11111111, "ACDBFE"),
        (0, "CBEAFD"),
        (math.nan, "CBEAFD"),
    ],
)
def test_the_order_is_that_of_odk(seed: float, order: str) -> None:
    assert "".join(shuffle("ABCDEF", seed)) == order
