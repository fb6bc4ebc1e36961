"""Choices as people type them, without any knowledge of languages: the chat brings a better finder of its own."""

import re
from collections.abc import Callable, Sequence

from bot.forms.events import Offer
from bot.forms.plain import simplify

# Which choices a typed text may mean, by their values: one where it is clear, none, or several to choose from.
# `bot.services` gives one that folds and forgives as questions are matched; rooms of one floor know nothing of each other.
FindChoices = Callable[[str, Sequence[Offer]], Sequence[str]]
_SEPARATORS = re.compile(r"[,;\n+]")


def find_choices(text: str, offers: Sequence[Offer]) -> Sequence[str]:
    """The label or the value as it stands, the place in the list where no label is a number, or the label's beginning."""
    wanted = simplify(text)
    exact = [one.value for one in offers if wanted in {simplify(one.label), simplify(one.value)}]
    if exact or not wanted:
        return exact[:1]
    if wanted.isdecimal():
        numbered = any(simplify(one.label).isdecimal() or one.value.isdecimal() for one in offers)
        return [offers[int(wanted) - 1].value] if not numbered and 1 <= int(wanted) <= len(offers) else []
    return [one.value for one in offers if simplify(one.label).startswith(wanted)]


def split_choices(text: str) -> list[str]:
    """The parts of a list typed in one message."""
    return [part for one in _SEPARATORS.split(text.replace("،", ",").replace("؛", ";")) if (part := one.strip())]
