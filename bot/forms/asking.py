"""What an answer is read against, and how it is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.forms.choosing import FindChoices
from bot.forms.events import Offer
from bot.forms.incoming import Chosen, Incoming
from bot.forms.model import Range
from bot.forms.reasons import Reason

NO_RANGE = Range("0", "0", "0")


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer is read against: the question's choices and bounds, the person's clock and language."""

    now: datetime
    locale: str
    find: FindChoices
    longest: int
    offers: Sequence[Offer] = ()
    range: Range = NO_RANGE
    appearance: str = ""


class Refusal(Exception):
    """What was sent is no answer: `example` would be one, `candidates` may have been meant."""

    def __init__(self, reason: Reason, example: str = "", candidates: Sequence[Offer] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.example = example
        self.candidates = tuple(candidates)


# Gives the answer as ODK stores it, or raises `Refusal`.
Read = Callable[[Incoming, Asking], str]


def expect_text(incoming: Incoming, wanted: Reason, example: str = "") -> str:
    """What was typed, or pressed as the only choice."""
    if isinstance(incoming, Chosen) and len(incoming.values) == 1:
        return incoming.values[0]
    if not isinstance(incoming, str):
        raise Refusal(wanted, example)
    return incoming
