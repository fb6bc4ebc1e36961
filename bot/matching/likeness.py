"""Questions that mean the same, told by their words alone: for people who look through many of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from rapidfuzz import fuzz, process

from bot.matching.folding import fold
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.stems import find_stems, is_small, without_prefix

# Of all stems of two questions this share is in both; stems are the same when they are a slip of the finger apart.
SHARED = 0.75
SLIP = 85
# Two texts without one stem in common are the same only when hardly a letter differs.
ALIKE = 90
LOOKED_AT = 10


def find_gist(text: str, locale: str, lexicon: Lexicon = NO_LEXICON) -> str:
    """The stems that matter, in order of the alphabet: dialect and synonyms as the lexicon's words, small words left out
    unless there is nothing else."""
    stems = find_stems(lexicon.standardize(fold(text).split(), locale), locale)
    weighty = [without_prefix(stem, locale) for stem in stems if not is_small(stem, locale)]
    return " ".join(sorted(set(weighty or stems)))


def group_alike(gists: Sequence[str]) -> list[list[int]]:
    """The numbers of gists in groups of alike ones, in the order of their first."""
    groups: dict[str, list[int]] = {}
    having: defaultdict[str, list[str]] = defaultdict(list)
    for number, gist in enumerate(gists):
        first = gist if gist in groups else _find_alike(gist, groups, having)
        if first is None:
            first = gist
            for stem in gist.split():
                having[stem].append(gist)
        groups.setdefault(first, []).append(number)
    return list(groups.values())


def _find_alike(gist: str, firsts: Iterable[str], having: dict[str, list[str]]) -> str | None:
    """The first of a group that a gist belongs to; only those with the most stems in common are looked at closely."""
    stems = gist.split()
    common = Counter(chain.from_iterable(having.get(stem, ()) for stem in stems))
    shares = {other: _share(stems, other.split()) for other, _ in common.most_common(LOOKED_AT)}
    if shares:
        best = max(shares, key=lambda other: shares[other])
        return best if shares[best] >= SHARED else None
    alike = process.extractOne(gist, list(firsts), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return None if alike is None else str(alike[0])


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    left = list(other)
    for stem in one:
        same = stem if stem in left else process.extractOne(stem, left, scorer=fuzz.ratio, score_cutoff=SLIP)
        if same:
            left.remove(same if isinstance(same, str) else same[0])
    return 2 * (len(other) - len(left)) / (len(one) + len(other))
