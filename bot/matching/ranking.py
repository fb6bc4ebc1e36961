"""From a question's words to the likeliest entries: what the models of one or several languages say together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bot.matching.evidence import find_candidates
from bot.matching.features import ARABIZI, read_features, read_stems
from bot.matching.matches import Match
from bot.matching.models import Model
from bot.matching.rows import Rows
from bot.matching.slots import NO_SLOTS, Asked, Slots
from bot.matching.stems import find_stems, is_small
from bot.matching.vectors import Floats

# The question of a longer story would drown in it: its sentences are scored, too. In shorter ones that brings nothing
# (measured: `benchmarks/questions.py`).
MOST_TOKENS_WHOLE = 60
# What the surest sentence of a story adds to what the whole of it says (measured: `benchmarks/matching.py`).
PIECE_WEIGHT = 0.5
# An entry that has the very number asked for, and one that has another number or name.
_SAME_SLOT, _OTHER_SLOT = 0.08, 0.1
# What is left of a general entry where a special one has its place.
_GENERAL = 0.5
# A question about 1998 is hardly answered by an entry that knows only 2022.
_STRANGE_NUMBER = 0.3
# What entries with a slot should know of a question besides a name, or "the weather in Algiers" finds Algeria's network;
# more of Arabic in Latin letters, whose consonants alone are known by chance.
_KNOWN_BESIDE, _KNOWN_BESIDE_ARABIZI = 0.4, 0.6
MOST_MATCHES = 4


@dataclass(frozen=True)
class Heard:
    """A question as one model reads it: all of its words, then, where it is long, those of each piece."""

    model: Model
    pieces: Sequence[Sequence[str]]

    @cached_property
    def scores(self) -> Floats:
        """What speaks for each entry, in the whole and, of a long story, in its surest piece."""
        scored = self.pieces if len(self.pieces[0]) > MOST_TOKENS_WHOLE else self.pieces[:1]
        whole, *pieces = (self.model.score(read_features(words, self.model.rows.locale)) for words in scored)
        if not pieces:
            return whole
        surest: Floats = np.max(pieces, axis=0)
        return ((whole + PIECE_WEIGHT * surest) / (1 + PIECE_WEIGHT)).astype(np.float32)

    @property
    def nothing(self) -> float | None:
        """The score of `NOTHING`, where the model knows questions that nothing answers."""
        number = self.model.rows.nothing
        return None if number is None or not any(self.pieces) else float(self.scores[number])

    @cached_property
    def covered(self) -> Floats:
        """How much of the question each entry knows. A story says much besides: the piece known best counts."""
        rows, pieces = self.model.rows, self.pieces[1:] or self.pieces
        covered: Floats = np.max([rows.cover(read_stems(words, rows.locale)) for words in pieces], axis=0)
        return covered


def rank(heard: Sequence[Heard], slots: Slots = NO_SLOTS, asked: Asked | None = None) -> list[Match]:
    """The entries that may answer a question, the likeliest first.

    The first model names the language and its probabilities; what others say (words of French in Arabic written with
    Latin letters) is added to it. `asked` is what the question fills slots with.
    """
    first, asked = heard[0], asked or {}
    entries = first.model.rows.entries
    if not entries or not any(first.pieces):
        return []
    scores = _add_up(heard, [one.scores for one in heard])
    covered = np.minimum(_add_up(heard, [one.covered for one in heard]), 1.0)
    numbers = first.model.rows.numbers
    named = [numbers[entry] for entry in slots.find(asked) if entry in numbers]
    beside = _weigh_rest(heard, slots, asked)
    nothing = first.model.rows.nothing
    digits = [word for word in first.pieces[0] if word.isdigit()]
    matches = []
    for number, evidence in find_candidates(scores, covered, nothing, named):
        if scores[number] <= 0 and number not in named:
            continue
        entry = entries[number]
        fits = slots.fits(entry, asked)
        strange = first.model.rows.find_strange_numbers(digits, number)
        probability = first.model.trust.calibration.estimate(evidence) * _STRANGE_NUMBER ** len(strange)
        if fits is False:
            probability *= _OTHER_SLOT
        elif fits:
            # "Objective 8 of the sustainable development goals" is no objective of ours, whatever its number.
            strange_to_all = nothing is not None and scores[nothing] > scores[number]
            surer = 1 if strange_to_all or slots.is_named(entry, asked) else _SAME_SLOT
            probability = (1 - (1 - probability) * surer) * beside
        matches.append(Match(entry, first.model.rows.locale, round(probability, 4), evidence=evidence))
    ranked = sorted(matches, key=lambda match: -match.score)
    return _put_named_alike(_put_special_first(ranked, slots, asked), slots, asked)[:MOST_MATCHES]


def _weigh_rest(heard: Sequence[Heard], slots: Slots, asked: Asked) -> float:
    """What to make of an entry that has what is asked for: nothing is taken off where the rest of the question is known
    to entries with such slots. Of a story the sentence known best counts, but none that says nothing."""
    if not asked:
        return 1.0
    least = _KNOWN_BESIDE_ARABIZI if heard[0].model.rows.locale == ARABIZI else _KNOWN_BESIDE
    akin = slots.find_akin(asked)
    known = (
        _know_best(one.model.rows, slots.without_values(piece), akin)
        for one in heard
        for piece in one.pieces[1:] or one.pieces
        if not _is_empty(piece, one.model.rows.locale) or slots.read(piece)
    )
    return min(1.0, max(known, default=1.0) / least)


def _know_best(rows: Rows, words: Sequence[str], entries: Iterable[str]) -> float:
    """The share of some words that is known to one of the entries; all of it where none has weight."""
    if _is_empty(words, rows.locale):
        return 1.0
    covered = rows.cover(read_stems(words, rows.locale))
    return max((float(covered[rows.numbers[one]]) for one in entries if one in rows.numbers), default=1.0)


def _is_empty(words: Sequence[str], locale: str) -> bool:
    """Whether no word has any weight."""
    return all(is_small(stem, locale) for stem in find_stems(words, locale))


def _put_special_first(ranked: list[Match], slots: Slots, asked: Asked) -> list[Match]:
    """Where the likeliest entry is on networks in general and the question names Jordan, Jordan's network takes its
    place, no surer than it was."""
    special = next((match for match in ranked if slots.is_named(match.entry, asked)), None)
    if special is None or ranked[0].entry not in slots.general.get(special.entry, ()):
        return ranked
    first = replace(special, score=ranked[0].score)
    others = (match for match in ranked if match is not special)
    general = (replace(one, score=round(one.score * _GENERAL, 4)) for one in others)
    return [first, *sorted(general, key=lambda match: -match.score)]


def _put_named_alike(ranked: list[Match], slots: Slots, asked: Asked) -> list[Match]:
    """Where the question names Jordan and Lebanon, one network is as likely as the other, so that none is answered alone."""
    if not any(len(asked.get(slot, ())) > 1 for slot in slots.names):
        return ranked
    named = [match for match in ranked if slots.is_named(match.entry, asked)]
    score = max((match.score for match in named), default=0.0)
    alike = (replace(match, score=score) if match in named else match for match in ranked)
    return sorted(alike, key=lambda match: -match.score)


def _add_up(heard: Sequence[Heard], values: Sequence[Floats]) -> Floats:
    """The values of all models, by the numbers of the first one's entries."""
    total: Floats = values[0].copy()
    for one, own in zip(heard[1:], values[1:], strict=True):
        to, source = heard[0].model.rows.pair(one.model.rows)
        total[to] += own[source]
    return total
