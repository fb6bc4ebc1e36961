"""Questions that mean the same, told by their words alone: for people who look through many of them."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.matching.folding import fold
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.stems import is_small, pair_stems, without_prefix

# Of the stems that matter, in any order and a few letters apart: the same question for whoever writes the answer.
ALIKE = 80


def find_gist(text: str, locale: str, lexicon: Lexicon = NO_LEXICON) -> str:
    """The stems that matter, in order of the alphabet: dialect and synonyms as the lexicon's words, small words left out
    unless there is nothing else."""
    stems = [stem for _, stem in pair_stems(lexicon.standardize(fold(text).split(), locale), locale)]
    weighty = [without_prefix(stem, locale) for stem in stems if not is_small(stem, locale)]
    return " ".join(sorted(set(weighty or stems)))


def group_alike(gists: Sequence[str]) -> list[list[int]]:
    """The numbers of gists in groups of alike ones, in the order of their first."""
    firsts: dict[str, list[int]] = {}
    for number, gist in enumerate(gists):
        same = firsts.get(gist)
        if same is None:
            alike = process.extractOne(gist, firsts.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            same = firsts[alike[0]] if alike else firsts.setdefault(gist, [])
        same.append(number)
    return list(firsts.values())
