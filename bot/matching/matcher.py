"""The way in: a question and what is known of the person's language, and a Decision out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.matching.candidates import Index
from bot.matching.deciding import judge
from bot.matching.folding import fold, squeeze
from bot.matching.locales import Tongues
from bot.matching.matches import Decision, Match, Phrasing
from bot.matching.ranking import rank_entries

# As long as a Telegram message may be (Bot API, sendMessage).
MOST_CHARACTERS = 4_096
# A longer message is a story: its sentences are scored apart, or its question would drown in it.
MOST_TOKENS = 24
_LEAST_TOKENS_APART = 3
# Of a long story, the beginning and the end: that is where people ask.
_MOST_PIECES_EACH_END = 6
_SENTENCE_END = re.compile(r"[.!?؟;؛…\n]+")


class Matcher:
    """All phrasings, ready to be asked. Never changes once built, so any number of threads may share it."""

    def __init__(self, phrasings: Iterable[Phrasing]) -> None:
        known = tuple(phrasings)
        self._tongues = Tongues(known)
        locales = dict.fromkeys(phrasing.locale for phrasing in known)
        self._indexes = {locale: Index((one for one in known if one.locale == locale), locale) for locale in locales}
        self._verbatim: dict[str, list[Phrasing]] = {}
        for phrasing in known:
            if key := squeeze(fold(phrasing.text)):
                self._verbatim.setdefault(key, []).append(phrasing)

    @classmethod
    def build(cls, phrasings: Iterable[Phrasing]) -> "Matcher":
        """Build from all ways of asking, titles included."""
        return cls(phrasings)

    def decide(self, question: str, locale: str | None = None) -> Decision:
        """What to do with a question.

        `locale` is the person's last language, used only where the question itself does not tell its own. Any text is
        taken; beyond a message's length it is not read.
        """
        question = question[:MOST_CHARACTERS]
        same = self._verbatim.get(squeeze(fold(question)), ())
        spoken = self._choose_locale(question, locale, same)
        own = [phrasing for phrasing in same if phrasing.locale == spoken]
        return judge(spoken, _match_verbatim(own or same) or self._find_similar(question, spoken))

    def _choose_locale(self, question: str, locale: str | None, same: Sequence[Phrasing]) -> str:
        """The question's own language; where it does not tell, the person's; else that of the `same` phrasing."""
        guess = self._tongues.guess(question)
        if locale and not guess.sure and locale in guess.possible:
            return locale
        locales = dict.fromkeys(phrasing.locale for phrasing in same)
        return guess.locale if guess.locale in locales else next(iter(locales), guess.locale)

    def _find_similar(self, question: str, locale: str) -> list[Match]:
        """The entries that fit best, by the piece of the question that fits best."""
        if locale not in self._indexes:
            return []
        ranked = (rank_entries(self._indexes[locale], piece) for piece in split_question(question))
        return max(ranked, key=lambda matches: matches[0].score if matches else 0.0, default=[])


def _match_verbatim(same: Iterable[Phrasing]) -> list[Match]:
    entries = {phrasing.entry: phrasing for phrasing in same}
    return [Match(entry, phrasing.locale, 1.0, phrasing.text) for entry, phrasing in entries.items()]


def split_question(question: str) -> list[list[str]]:
    """A question's folded words: in one piece, or sentence by sentence when it is long, never more than
    `MOST_TOKENS` together."""
    tokens = fold(question).split()
    if len(tokens) <= MOST_TOKENS:
        return [tokens]
    pieces = list(_cut_sentences(question))
    return pieces[:_MOST_PIECES_EACH_END] + pieces[_MOST_PIECES_EACH_END:][-_MOST_PIECES_EACH_END:]


def _cut_sentences(question: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE_END.split(question):
        tokens = fold(sentence).split()
        for start in range(0, len(tokens), MOST_TOKENS):
            piece = tokens[start : start + MOST_TOKENS]
            if len(piece) >= _LEAST_TOKENS_APART:
                yield piece
