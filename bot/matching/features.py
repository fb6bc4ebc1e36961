"""What of a text the model sees: stems, pairs of stems, and the letters inside words.

The weights were chosen by measurement (`benchmarks/matching.py`); each block is brought to the same length before it
is weighted, so that a long word does not drown a short one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.matching.skeletons import to_skeletons
from bot.matching.stems import MOST_LETTERS, find_stems

BLOCK_WEIGHTS = (0.5, 0.5, 0.7)
# The language of Arabic written in Latin letters: not one of the content's, but a way of reading one.
ARABIZI = "arabizi"
# What a stem begins with among the features.
STEM = "s"
_PAIR_DISTANCES = (1, 2)
_LETTERS = (2, 3, 4)


class Features(NamedTuple):
    """The features of a text in three blocks; those of the last are the letters of `words`: see `spell`."""

    stems: list[str]
    pairs: list[str]
    words: Sequence[str]


def read_features(tokens: Sequence[str], locale: str) -> Features:
    """The features of folded words, of longer ones than any word is those of their beginning."""
    words = [token[:MOST_LETTERS] for token in tokens]
    stems = _find_stems(words, locale)
    return Features([STEM + stem for stem in stems], list(_pair(stems)), stems if locale == ARABIZI else words)


def read_stems(tokens: Sequence[str], locale: str) -> list[str]:
    """Of the features of folded words the stems alone."""
    return [STEM + stem for stem in _find_stems(tokens, locale)]


def _find_stems(tokens: Sequence[str], locale: str) -> list[str]:
    return to_skeletons(tokens) if locale == ARABIZI else find_stems(tokens, locale)


def _pair(stems: Sequence[str]) -> Iterator[str]:
    return (
        f"p{first} {second}"
        for distance in _PAIR_DISTANCES
        for first, second in zip(stems, stems[distance:], strict=False)
    )


# The same words come again and again, in one question and its pieces and in the models that are asked.
@lru_cache(maxsize=2_048)
def spell(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 letters of a word, with its beginning and end marked."""
    marked = f" {word} "
    return tuple(
        f"c{marked[start : start + length]}" for length in _LETTERS for start in range(len(marked) - length + 1)
    )
