"""What an answer would come to, before it is given."""

from collections.abc import Iterable
from datetime import datetime

from bot.forms.events import Prompt
from bot.forms.model import Form
from bot.forms.sessions import Session
from bot.forms.steps import RULES
from bot.forms.turns import Rules, Turn


def find_asked(form: Form, session: Session, now: datetime, rules: Rules = RULES) -> Prompt | None:
    """The question the session waits at, as its answers left it; None where it waits at none."""
    turn = Turn(form, session, now, rules)
    stop = turn.find_stop(session.at)
    return None if stop is None else turn.prompt(stop, session.drafts)


def find_allowed(
    form: Form, session: Session, values: Iterable[str], now: datetime, rules: Rules = RULES
) -> frozenset[str]:
    """Those of the values (as ODK stores them) that the constraint of the question asked takes."""
    turn = Turn(form, session, now, rules)
    stop = turn.find_stop(session.at)
    if stop is None or stop.group is not None:
        return frozenset(values)
    return frozenset(value for value in values if turn.allows(stop.node, value))
