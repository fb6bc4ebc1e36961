"""The way in: a question and what is known of the person's language, and a Decision out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.matching.deciding import judge
from bot.matching.features import ARABIZI
from bot.matching.folding import fold, squeeze
from bot.matching.learning import learn
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.locales import Guess, Tongues, has_arabic
from bot.matching.matches import Decision, Match, Phrasing, Verdict
from bot.matching.models import Model
from bot.matching.packing import unpack_model
from bot.matching.ranking import Heard, rank
from bot.matching.slots import NO_SLOTS, Asked, Slots
from bot.matching.spelling import Spelling
from bot.matching.thresholds import THRESHOLDS

# As long as a Telegram message may be (Bot API, sendMessage).
MOST_CHARACTERS = 4_096
# A longer message is a story: its sentences are read apart, too.
MOST_TOKENS = 25
MOST_TOKENS_APART = 24
_CLEARLY_SURER = 0.15
# A single word is read in the language of the person.
_LEAST_TOKENS_TOLD = 2
_LEAST_TOKENS_APART = 3
_MOST_TOKENS_READ = 300
# Of a long story, the beginning and the end: that is where people ask.
_MOST_PIECES_EACH_END = 6
_SENTENCE_END = re.compile(r"[.!?؟;؛…\n]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read as one language: the model asked, the language of the reply, what was found, the words as the model
    took them, and the score of `NOTHING`, where it knows questions that nothing answers."""

    model: str
    locale: str
    matches: tuple[Match, ...]
    words: tuple[str, ...] = ()
    nothing: float | None = None

    @property
    def surety(self) -> float:
        return self.matches[0].score if self.matches else 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A question's folded words, the guess of its language, the phrasings that say the same word for word, what
    it fills slots with, how it was read, and what was decided."""

    folded: str
    guess: Guess
    same: tuple[Phrasing, ...]
    asked: Asked
    readings: tuple[Reading, ...]
    decision: Decision


class Matcher:
    """All phrasings, ready to be asked. Never changes once built, so any number of threads may share it."""

    def __init__(
        self,
        phrasings: Iterable[Phrasing],
        models: Mapping[str, Model],
        lexicon: Lexicon = NO_LEXICON,
        slots: Slots = NO_SLOTS,
        outside: Iterable[Phrasing] = (),
    ) -> None:
        self.lexicon, self.slots = lexicon, slots
        self.models = models
        counts: dict[str, Counter[str]] = {}
        self._verbatim: dict[str, list[Phrasing]] = {}
        for phrasing in phrasings:
            folded = fold(phrasing.text)
            counts.setdefault(phrasing.locale, Counter()).update(folded.split())
            if key := squeeze(folded):
                self._verbatim.setdefault(key, []).append(phrasing)
        self._outside = frozenset((one.locale, squeeze(fold(one.text))) for one in outside)
        self._tongues = Tongues(counts, lexicon)
        self._spelling = {locale: Spelling(locale, counted, lexicon.of(locale)) for locale, counted in counts.items()}

    def with_phrasings(self, phrasings: Iterable[Phrasing], outside: Iterable[Phrasing] = ()) -> "Matcher":
        """Other ways of asking and questions that nothing answers, known word for word at once; what was learned stays as
        it was."""
        return Matcher(phrasings, self.models, self.lexicon, self.slots, outside)

    @classmethod
    def unpack(
        cls,
        phrasings: Iterable[Phrasing],
        packed: Mapping[str, bytes],
        lexicon: Lexicon = NO_LEXICON,
        slots: Slots = NO_SLOTS,
        outside: Iterable[Phrasing] = (),
    ) -> "Matcher":
        """What `pack_models` made of the same phrasings. Raises ValueError or KeyError where it is something else."""
        known = tuple(phrasings)
        arabic = next((one.locale for one in known if has_arabic(one.text)), "")
        locales = {name: arabic if name == ARABIZI else name for name in packed}
        return cls(
            known,
            {
                name: unpack_model(body, name, (one for one in known if one.locale == locales[name]))
                for name, body in packed.items()
            },
            lexicon,
            slots,
            outside,
        )

    @classmethod
    def build(
        cls,
        phrasings: Iterable[Phrasing],
        passages: Iterable[Phrasing] = (),
        outside: Iterable[Phrasing] = (),
        earlier: "Matcher | None" = None,
        lexicon: Lexicon = NO_LEXICON,
        slots: Slots = NO_SLOTS,
    ) -> "Matcher":
        """A matcher from plain phrasings in one call: see `learn`."""
        known, beyond = tuple(phrasings), tuple(outside)
        models = learn(known, passages, beyond, earlier.models if earlier else None, lexicon)
        return cls(known, models, lexicon, slots, beyond)

    def prepare(self) -> None:
        """Work out now what the first question in each language would else wait for, a tenth of a second."""
        for model in self.models.values():
            model.prepare()

    def decide(self, question: str, locale: str | None = None) -> Decision:
        """What to do with a question.

        `locale` is the person's last language, used only where the question itself does not tell its own. Any text is
        taken; beyond a message's length it is not read.
        """
        question = question[:MOST_CHARACTERS]
        folded = fold(question)
        tokens = folded.split()
        key = squeeze(folded)
        same = self._verbatim.get(key, ())
        guess = self._tongues.guess(question, tokens)
        spoken = self._choose_locale(guess, locale, same)
        own = [phrasing for phrasing in same if phrasing.locale == spoken]
        if same:
            return judge(spoken, _match_verbatim(own or same))
        reading = self._read(question, tokens, guess, spoken)
        if (spoken, key) in self._outside:
            return Decision(Verdict.UNKNOWN, spoken, (), reading.matches)
        model = self.models.get(reading.model)
        return judge(reading.locale, reading.matches, model.trust.limits if model else THRESHOLDS)

    def is_outside(self, question: str, locale: str) -> bool:
        """Whether a question is word for word one that nothing answers."""
        return (locale, squeeze(fold(question))) in self._outside

    def explain(self, question: str, locale: str | None = None) -> "Explanation":
        """Why a question is decided as it is, for people who mend phrasings."""
        question = question[:MOST_CHARACTERS]
        tokens = fold(question).split()
        guess = self._tongues.guess(question, tokens)
        same = self._verbatim.get(squeeze(fold(question)), ())
        spoken = self._choose_locale(guess, locale, same)
        pieces = split_question(question, tokens)
        readings = tuple(map(self._show_nearest, self._read_all(tokens, pieces, guess, spoken)))
        decision = self.decide(question, locale)
        asked = self.slots.read(tokens[:_MOST_TOKENS_READ])
        return Explanation(" ".join(tokens), guess, tuple(same), asked, readings, decision)

    def _show_nearest(self, reading: Reading) -> Reading:
        rows = self.models[reading.model].rows
        shown = (replace(one, phrasing=rows.find_nearest(one.entry, reading.words)) for one in reading.matches)
        return replace(reading, matches=tuple(shown))

    def _choose_locale(self, guess: Guess, locale: str | None, same: Sequence[Phrasing]) -> str:
        """The question's own language; where it does not tell, the person's; else that of the `same` phrasing."""
        if guess.arabizi and not same and ARABIZI in self.models:
            return self._arabizi_locale
        if locale and not guess.sure and locale in guess.possible:
            return locale
        locales = dict.fromkeys(phrasing.locale for phrasing in same)
        return guess.locale if guess.locale in locales else next(iter(locales), guess.locale)

    def _read(self, question: str, tokens: list[str], guess: Guess, spoken: str) -> Reading:
        """The surest reading of a question; another language than the one spoken must be clearly surer."""
        pieces = split_question(question, tokens)
        readings = list(self._read_all(tokens, pieces, guess, spoken))
        first, *others = readings or [Reading("", spoken, ())]
        best = max(others, key=lambda reading: reading.surety, default=first)
        return best if best.surety > first.surety + _CLEARLY_SURER else first

    def _read_all(self, tokens: list[str], pieces: list[list[str]], guess: Guess, spoken: str) -> Iterator[Reading]:
        heard: dict[str, Heard] = {}
        for name, locale in self._find_readings(tokens, guess, spoken):
            matches = self._rank(name, pieces, heard)
            yield Reading(name, locale, matches, tuple(heard[name].pieces[0]), heard[name].nothing)

    def _find_readings(self, tokens: list[str], guess: Guess, spoken: str) -> Iterator[tuple[str, str]]:
        """The models to ask and the language each replies in, the language spoken first."""
        # The models of other languages are heard in Arabic in Latin letters anyway.
        told = guess.sure or (guess.arabizi and ARABIZI in self.models)
        others = () if told or len(tokens) < _LEAST_TOKENS_TOLD else sorted(guess.possible)
        locales = dict.fromkeys((spoken, *others))
        in_latin = not any(map(has_arabic, tokens))
        for locale in locales:
            name = ARABIZI if in_latin and ARABIZI in self.models and locale == self._arabizi_locale else locale
            if name in self.models:
                yield name, locale

    @cached_property
    def _arabizi_locale(self) -> str:
        return next((phrasing.locale for phrasing in self.models[ARABIZI].rows.phrasings), "")

    def _read_words(self, name: str, tokens: Sequence[str]) -> list[str]:
        """A question's folded words as the model of a language knows them: slips mended, standard words for others."""
        spelling = self._spelling.get(name)
        return self.lexicon.standardize(spelling.correct(tokens) if spelling else tokens, name)

    def _rank(self, name: str, pieces: Sequence[Sequence[str]], heard: dict[str, Heard]) -> tuple[Match, ...]:
        """What the model of a language finds; Arabic in Latin letters is full of French and English, so these models
        are heard, too. What has been heard already is taken from there."""
        names = [name, *(other for other in self.models if self._is_latin(other))] if name == ARABIZI else [name]
        for one in names:
            if one not in heard:
                heard[one] = Heard(self.models[one], [self._read_words(one, piece) for piece in pieces])
        typed, mended = pieces[0], heard[name].pieces[0]
        # As typed, and with its slips mended ("comros").
        asked = self.slots.read(typed, mended)
        return tuple(rank([heard[one] for one in names], self.slots, asked))

    def _is_latin(self, name: str) -> bool:
        return name not in (ARABIZI, self._arabizi_locale)


def _match_verbatim(same: Iterable[Phrasing]) -> list[Match]:
    entries = {phrasing.entry: phrasing for phrasing in same}
    return [Match(entry, phrasing.locale, 1.0, phrasing.text) for entry, phrasing in entries.items()]


def split_question(question: str, tokens: list[str]) -> list[list[str]]:
    """A question's folded words, given as `tokens`, too; then, where it is long, sentence by sentence, none longer than
    `MOST_TOKENS_APART`."""
    if len(tokens) <= MOST_TOKENS:
        return [tokens]
    pieces = list(_cut_sentences(question))
    ends = pieces[:_MOST_PIECES_EACH_END] + pieces[_MOST_PIECES_EACH_END:][-_MOST_PIECES_EACH_END:]
    return [tokens[:_MOST_TOKENS_READ], *ends]


def _cut_sentences(question: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE_END.split(question):
        tokens = fold(sentence).split()
        for start in range(0, len(tokens), MOST_TOKENS_APART):
            piece = tokens[start : start + MOST_TOKENS_APART]
            if len(piece) >= _LEAST_TOKENS_APART:
                yield piece
