"""What to do about a send that failed: a pure decision, told by a table in the tests."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
MOST_ATTEMPTS = 100


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


def decide_remedy(error: TelegramError, attempt: int) -> Verdict:
    """The remedy for the failure of the `attempt`-th try, counted from 1.

    The texts are those of the Bot API server; there are no finer codes.
    """
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Verdict(Remedy.SEND_AGAIN, wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, ChatMigrated):
        return Verdict(Remedy.SEND_TO, chat_id=error.new_chat_id)
    if isinstance(error, BadRequest):
        return Verdict(_remedy_for_refusal(error.message.lower()))
    if isinstance(error, Forbidden | InvalidToken):
        return Verdict(Remedy.GIVE_UP)
    if isinstance(error, NetworkError) and attempt < MOST_ATTEMPTS:
        return Verdict(Remedy.SEND_AGAIN, min(FIRST_WAIT_SECONDS * 2 ** (attempt - 1), LONGEST_WAIT_SECONDS))
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
