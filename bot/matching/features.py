"""What of a text the model sees: stems, pairs of stems, and the letters inside words.

The weights were chosen by measurement (`benchmarks/matching.py`); each block is brought to the same length before it
is weighted, so that a long word does not drown a short one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from bot.matching.skeletons import to_skeletons
from bot.matching.stems import find_stems

Blocks = tuple[Counter[str], ...]
BLOCK_WEIGHTS = (0.5, 0.5, 0.7)
# The language of Arabic written in Latin letters: not one of the content's, but a way of reading one.
ARABIZI = "arabizi"
_PAIR_DISTANCES = (1, 2)
_LETTERS = (2, 3, 4)


def read_features(tokens: Sequence[str], locale: str) -> Blocks:
    """The features of folded words, counted, in three blocks."""
    stems = to_skeletons(tokens) if locale == ARABIZI else find_stems(tokens, locale)
    words = stems if locale == ARABIZI else tokens
    return Counter(f"s{stem}" for stem in stems), Counter(_pair(stems)), Counter(_spell(words))


def _pair(stems: Sequence[str]) -> Iterable[str]:
    return (
        f"p{first} {second}"
        for distance in _PAIR_DISTANCES
        for first, second in zip(stems, stems[distance:], strict=False)
    )


def _spell(words: Iterable[str]) -> Iterable[str]:
    return chain.from_iterable(map(_spell_word, words))


# The same words come again and again, in one question and its pieces and in the models that are asked.
@lru_cache(maxsize=2_048)
def _spell_word(word: str) -> tuple[str, ...]:
    """The runs of 2 to 4 letters of a word, with its beginning and end marked."""
    marked = f" {word} "
    return tuple(
        f"c{marked[start : start + length]}" for length in _LETTERS for start in range(len(marked) - length + 1)
    )
