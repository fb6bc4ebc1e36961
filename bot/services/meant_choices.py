"""Choices as people type them: found with the folding and forgiveness of questions."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.forms import Offer
from bot.matching import fold

# As likely as one slip in a word of six letters.
LIKELY = 80
MOST_MEANT = 5


@lru_cache(maxsize=8_192)
def _fold_choice(text: str) -> str:
    """The lists are the same for everybody, and to fold one of countries takes longer than all the rest."""
    return fold(text)


def find_meant(text: str, offers: Sequence[Offer]) -> list[str]:
    """The choices a typed text may mean, by their values."""
    wanted = fold(text)
    labels = {offer.value: _fold_choice(offer.label) for offer in offers}
    exact = [value for value, label in labels.items() if wanted in (label, _fold_choice(value))]
    if exact or not wanted:
        return exact[:1]
    starting = [value for value, label in labels.items() if label.startswith(wanted)]
    if starting:
        return starting[:MOST_MEANT]
    alike = process.extract(wanted, labels, scorer=fuzz.WRatio, score_cutoff=LIKELY, limit=MOST_MEANT)
    best = [value for _, score, value in alike if score == alike[0][1]] if alike else []
    return best[:1] if len(best) == 1 else [value for _, _, value in alike]
