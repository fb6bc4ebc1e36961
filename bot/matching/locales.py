"""Which language a question is asked in: by script, small words, the content's own words, and letters."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.matching.features import ARABIZI
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.words import SMALL_WORDS

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[a-z]")
# Letters and endings of one language and seldom of another, in lower case and before accents are folded away.
_CUES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"th|wh|sh|ck|w\b|ee|\bk|ing\b|ly\b"),
    "fr": re.compile(r"[éèêëàâçùûîïôœ]|\b[ldjcnsmt]'|qu|eau|[ae]ux\b|oi|ez\b"),
}
# 2 3 5 7 9 stand for ء ع خ ح ق in Arabic typed with Latin letters.
_ARABIZI = re.compile(r"[a-z][23579]+[a-z]|\b[379][a-z]{2,}|\b[a-z]{2,}[379]\b")
# Shorter words are words of too many languages.
_LEAST_LETTERS = 3
_CUE_WEIGHT = 0.2
_SMALL_WORD_SHARE = 0.02
_SURE_MARGIN = 0.5
# More tell nothing more.
_MOST_TOKENS_WEIGHED = 24


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest language, `sure` when the question tells it by itself, and those it could be in.

    `arabizi`: it looks like Arabic in Latin letters.
    """

    locale: str
    sure: bool
    possible: frozenset[str]
    arabizi: bool = False


class Tongues:
    """What the languages of the content look like."""

    def __init__(self, counts: Mapping[str, Counter[str]], lexicon: Lexicon = NO_LEXICON) -> None:
        """From how often each language of the content has each folded word."""
        self.counts = counts
        self._sizes = {locale: max(1, counts.total()) for locale, counts in self.counts.items()}
        self._arabic = {locale for locale, counts in self.counts.items() if _is_arabic(counts)}
        latin = {word for locale, counts in self.counts.items() if locale not in self._arabic for word in counts}
        shared = latin.union(*SMALL_WORDS.values())
        # The words that only Arabic in Latin letters has.
        self._arabizi_words = {one for one in lexicon.of(ARABIZI) if len(one) >= _LEAST_LETTERS and one not in shared}

    def guess(self, question: str, tokens: list[str]) -> Guess:
        """Guess the language of a question, given as it was typed and as folded words; never sure for a single word
        that others may share.

        The languages are the content's; without content the guess is empty.
        """
        tokens = tokens[:_MOST_TOKENS_WEIGHED]
        evidence = self._weigh(tokens, question)
        ranked = sorted(evidence, key=lambda locale: -evidence[locale])
        if not ranked:
            return Guess("", sure=False, possible=frozenset())
        lead = evidence[ranked[0]] - max((evidence[locale] for locale in ranked[1:2]), default=0.0)
        arabizi = self._arabizi(tokens, question)
        told = len(tokens) > 1 or any(token in SMALL_WORDS.get(ranked[0], ()) for token in tokens)
        # With a word of Arabic in Latin letters in it, it may be Arabic however much French there is.
        sure = told and lead >= _SURE_MARGIN and not arabizi
        possible = frozenset(evidence) | {locale for locale in self.counts if self._knows(locale, tokens) or arabizi}
        return Guess(ranked[0], sure, possible, arabizi >= 1 and arabizi > evidence[ranked[0]])

    def _weigh(self, tokens: list[str], question: str) -> dict[str, float]:
        """Evidence for each language of the question's script."""
        arabic, latin = _count_scripts(tokens)
        small_latin = sum(any(token in SMALL_WORDS[locale] for locale in ("en", "fr")) for token in tokens)
        in_arabic = arabic > 0 and (small_latin <= arabic or latin <= arabic)
        locales = [one for one in self.counts if not (arabic or latin) or (one in self._arabic) == in_arabic]
        evidence = dict.fromkeys(locales or self.counts, 0.0)
        for token in tokens:
            shares = [self._share(locale, token) for locale in evidence]
            together = sum(shares) or 1.0
            for locale, share in zip(evidence, shares, strict=True):
                evidence[locale] += share / together
        for locale, cue in _CUES.items():
            if locale in evidence:
                evidence[locale] += _CUE_WEIGHT * len(cue.findall(question.casefold().replace("’", "'")))
        return evidence

    def _share(self, locale: str, token: str) -> float:
        """How common a word is in a language."""
        common = _SMALL_WORD_SHARE if token in SMALL_WORDS.get(locale, ()) else 0.0
        return self.counts[locale].get(token, 0) / self._sizes[locale] + common

    def _knows(self, locale: str, tokens: list[str]) -> bool:
        return all(token in self.counts[locale] for token in tokens)

    def _arabizi(self, tokens: list[str], question: str) -> float:
        words = sum(token in self._arabizi_words for token in tokens)
        return float(words + len(_ARABIZI.findall(question.casefold())))


def has_arabic(text: str) -> bool:
    return bool(_ARABIC.search(text))


def _count_scripts(tokens: Iterable[str]) -> tuple[int, int]:
    """How many words are in Arabic and in Latin letters."""
    words = list(tokens)
    return sum(bool(_ARABIC.search(word)) for word in words), sum(bool(_LATIN.search(word)) for word in words)


def _is_arabic(words: Iterable[str]) -> bool:
    arabic, latin = _count_scripts(words)
    return arabic > latin
