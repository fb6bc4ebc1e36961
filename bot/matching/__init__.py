"""A question in, ranked entries or "I don't know" out. Pure: no clock, no randomness, no input or output."""

from bot.matching.folding import fold
from bot.matching.matcher import Matcher
from bot.matching.matches import Decision, Match, Phrasing, Verdict
from bot.matching.packing import FORM as MODEL_FORM
from bot.matching.words import NEXT_WORDS, SMALL_WORDS

__all__ = ["MODEL_FORM", "NEXT_WORDS", "SMALL_WORDS", "Decision", "Match", "Matcher", "Phrasing", "Verdict", "fold"]
