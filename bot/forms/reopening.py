"""A submission opened again: a session with its answers, at the summary."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.forms.kinds import KINDS
from bot.forms.model import Form, Question
from bot.forms.sessions import Session
from bot.forms.steps import RULES, Step
from bot.forms.turns import Rules, Turn

_NUMBER = re.compile(r"\[(\d+)\]")


def reopen(
    form: Form, begun: Session, answers: Mapping[str, str], revises: str, now: datetime, rules: Rules = RULES
) -> Step:
    """The session as it was begun, with the answers of the submission `revises` instead of its own.

    What that left unanswered is asked only where it is due. Defaults are not given again: somebody may have taken them
    out.
    """
    known = {ref: value for ref, value in answers.items() if isinstance(form.parts.get(_part(ref)), Question)}
    session = replace(
        begun,
        answers=known,
        counts=_count_repeats(known),
        hidden=(),
        # As of no day yet: everything is worked out anew.
        day="",
        settled=(),
        revises=revises,
    )
    turn = Turn(form, session, now, rules)
    turn.settled = dict.fromkeys(stop.ref for stop in turn.stops)
    return turn.go_on()


def fits(form: Form, sent_with: Form, answers: Mapping[str, str]) -> bool:
    """Whether every answer that was asked for has its question in another version of the form."""
    asked = {part for ref in answers if _kind(sent_with, part := _part(ref)) in _ASKED}
    return all(_kind(form, part) == _kind(sent_with, part) for part in asked)


_ASKED = frozenset(kind.name for kind in KINDS.values() if kind.asks)


def _part(ref: str) -> str:
    return _NUMBER.sub("", ref)


def _kind(form: Form, ref: str) -> str:
    part = form.parts.get(ref)
    return part.kind if isinstance(part, Question) else ""


def _count_repeats(answers: Mapping[str, str]) -> dict[str, int]:
    """How often each repeat stands, by its path: as often as something in it was answered."""
    counts: dict[str, int] = {}
    for ref in answers:
        for found in _NUMBER.finditer(ref):
            path = ref[: found.start()]
            counts[path] = max(counts.get(path, 0), int(found[1]))
    return counts
