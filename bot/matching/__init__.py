"""A question in, ranked entries or "I don't know" out. Pure: no clock, no randomness, no input or output."""

from bot.matching.deciding import MOST_SUGGESTIONS
from bot.matching.features import ARABIZI
from bot.matching.folding import fold
from bot.matching.learning import learn
from bot.matching.lexicon import NO_LEXICON, Lexicon
from bot.matching.likeness import find_gist, group_alike
from bot.matching.locales import has_arabic
from bot.matching.matcher import Matcher, Reading
from bot.matching.matches import NOTHING, Decision, Match, Phrasing, Verdict
from bot.matching.names import Names
from bot.matching.packing import pack_models
from bot.matching.slots import NO_SLOTS, Slots
from bot.matching.splitting import split_questions
from bot.matching.words import NEXT_WORDS, SMALL_WORDS

__all__ = [
    "ARABIZI",
    "MOST_SUGGESTIONS",
    "NEXT_WORDS",
    "NOTHING",
    "NO_LEXICON",
    "NO_SLOTS",
    "SMALL_WORDS",
    "Decision",
    "Lexicon",
    "Match",
    "Matcher",
    "Names",
    "Phrasing",
    "Reading",
    "Slots",
    "Verdict",
    "find_gist",
    "fold",
    "group_alike",
    "has_arabic",
    "learn",
    "pack_models",
    "split_questions",
]
