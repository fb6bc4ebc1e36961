"""Words and their stems: what is compared when two texts are."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import Stemmer

from bot.matching.folding import squeeze
from bot.matching.words import SMALL_WORDS

_ALGORITHMS: Mapping[str, str] = {"ar": "arabic", "en": "english", "fr": "french"}
# What Snowball leaves on: in Arabic what stands before the article, and the plural ات; in French the feminine
# participle, which it knows only by the accent that folding takes off.
_TRIMMED: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "ar": (re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{3})"), re.compile(r"(?<=\w{3})ات$")),
    "fr": (re.compile(r"(?<=\w{3}e)e(?=s?$)"),),
}
_ARABIC_PREFIX = re.compile(r"^[وبلفك](?=\w{3})")
_SMALL_STEMS = {locale: frozenset(map(squeeze, words)) for locale, words in SMALL_WORDS.items()}
# No word of any language asked for is longer, but what people send may be.
MOST_LETTERS = 32


def find_stems(tokens: Iterable[str], locale: str) -> list[str]:
    """The stems of folded words; in a language without a stemmer, or in another script, that is the word."""
    return [_stem(token[:MOST_LETTERS], locale) for token in tokens]


def without_prefix(term: str, locale: str) -> str:
    """An Arabic stem without a leading و ب ل ف ك, which may as well be its first letter; else the stem."""
    return _ARABIC_PREFIX.sub("", term) if locale == "ar" else term


def is_small(term: str, locale: str) -> bool:
    """Whether a stem is one of the language's small words."""
    return term in _SMALL_STEMS.get(locale, ())


@lru_cache(maxsize=16_384)
def _stem(token: str, locale: str) -> str:
    word = token
    foreign = not word.isalpha() or word.isascii() == (locale == "ar")
    if foreign or locale not in _ALGORITHMS or word in SMALL_WORDS[locale]:
        return squeeze(word)
    for trimmed in _TRIMMED.get(locale, ()):
        word = trimmed.sub("", word)
    # A stemmer keeps the word it works on, so threads must not share one; to make one takes less than to use it.
    return squeeze(str(Stemmer.Stemmer(_ALGORITHMS[locale], maxCacheSize=0).stemWord(word)))
