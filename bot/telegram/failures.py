"""What to do about a send that failed: a pure decision, told by a table in the tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.storage.deliveries import DeliveryState
from bot.telegram.request import LineCut, NotSent

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
MOST_ATTEMPTS = 100
MOST_SERVER_ERRORS = 5


class Remedy(Enum):
    """What becomes of the reply."""

    SEND_AGAIN = auto()  # after `wait` seconds
    SEND_TO = auto()  # to the chat `chat_id`, which the group has become
    SEND_OUTSIDE = auto()  # to the same chat, since the topic it was meant for is gone
    SEND_NEW = auto()  # as a new message: the one to be changed is gone
    SETTLE = auto()  # it is as it should be
    GIVE_UP = auto()  # it can never be delivered


@dataclass(frozen=True, slots=True)
class Verdict:
    """A remedy and what it needs."""

    remedy: Remedy
    wait: float = 0.0
    chat_id: int = 0


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a delivery that failed: a state, why, and where it is to be tried again after how many seconds.

    `in_place`: tried again by the same hand, because the trouble is the server's; else planned anew.
    """

    state: DeliveryState
    reason: str
    wait: float | None = None
    in_place: bool = False


# Errors that leave no choice, the narrower before the wider ones.
_FATES: Sequence[tuple[type[TelegramError] | tuple[type[TelegramError], ...], DeliveryState]] = (
    (Forbidden, DeliveryState.BLOCKED),
    ((InvalidToken, ChatMigrated), DeliveryState.REFUSED),
    # Time-outs, a line that broke, an answer that cannot be read: Telegram may have taken it.
    (TelegramError, DeliveryState.UNKNOWN),
)


def decide_fate(error: TelegramError, attempt: int) -> Fate:
    """The fate of a delivery after the failure of its `attempt`-th try, counted from 1."""
    if isinstance(error, RetryAfter):
        return Fate(DeliveryState.PLANNED, "asked to wait", read_wait(error))
    if isinstance(error, NotSent):
        return Fate(DeliveryState.PLANNED, "not reached", _wait_longer(min(attempt, 6)))
    if isinstance(error, BadRequest):
        return Fate(_fate_of_refusal(error.message.lower()), error.message)
    if isinstance(error, NetworkError) and not isinstance(error, TimedOut | LineCut):
        # A server error (5xx): Telegram says itself that it did not do it.
        again = attempt < MOST_SERVER_ERRORS
        state = DeliveryState.SENDING if again else DeliveryState.REFUSED
        return Fate(state, error.message, _wait_longer(attempt) if again else None, in_place=again)
    state = next(state for kinds, state in _FATES if isinstance(error, kinds))
    return Fate(state, error.message if state is DeliveryState.BLOCKED else type(error).__name__)


def read_wait(error: RetryAfter) -> float:
    """The seconds Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _wait_longer(attempt: int) -> float:
    return min(FIRST_WAIT_SECONDS * 2.0 ** (attempt - 1), LONGEST_WAIT_SECONDS)


def _fate_of_refusal(message: str) -> DeliveryState:
    if "message is not modified" in message:
        return DeliveryState.SENT
    return DeliveryState.BLOCKED if "chat not found" in message else DeliveryState.REFUSED


def decide_remedy(error: TelegramError, attempt: int) -> Verdict:
    """The remedy for the failure of the `attempt`-th try, counted from 1.

    The texts are those of the Bot API server; there are no finer codes.
    """
    if isinstance(error, RetryAfter):
        return Verdict(Remedy.SEND_AGAIN, read_wait(error))
    if isinstance(error, ChatMigrated):
        return Verdict(Remedy.SEND_TO, chat_id=error.new_chat_id)
    if isinstance(error, BadRequest):
        return Verdict(_remedy_for_refusal(error.message.lower()))
    if isinstance(error, Forbidden | InvalidToken):
        return Verdict(Remedy.GIVE_UP)
    if isinstance(error, NetworkError) and attempt < MOST_ATTEMPTS:
        return Verdict(Remedy.SEND_AGAIN, _wait_longer(attempt))
    return Verdict(Remedy.GIVE_UP)


def _remedy_for_refusal(message: str) -> Remedy:
    if "message is not modified" in message:
        return Remedy.SETTLE
    if any(words in message for words in ("message thread not found", "topic_closed", "topic_deleted")):
        return Remedy.SEND_OUTSIDE
    if "message to edit not found" in message or "message can't be edited" in message:
        return Remedy.SEND_NEW
    return Remedy.GIVE_UP


def is_gone(error: TelegramError) -> bool:
    """Whether nobody is there any more: the person blocked the bot, the group put it out or is no more."""
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and "chat not found" in error.message.lower())
