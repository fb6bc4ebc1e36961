"""A question in, ranked entries or "I don't know" out. Pure: no clock, no randomness, no input or output."""

from bot.matching.folding import fold
from bot.matching.matcher import Matcher
from bot.matching.matches import Decision, Match, Phrasing, Verdict

__all__ = ["Decision", "Match", "Matcher", "Phrasing", "Verdict", "fold"]
