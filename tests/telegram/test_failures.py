"""Every kind of failed send and its remedy."""

import pytest
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
from bot.telegram.failures import (
    MOST_ATTEMPTS,
    MOST_SERVER_ERRORS,
    Fate,
    Remedy,
    Verdict,
    decide_fate,
    decide_remedy,
    is_gone,
)
from bot.telegram.request import LineCut, NotSent


@pytest.mark.parametrize(
    ("error", "attempt", "verdict"),
    [
        (RetryAfter(7), 1, Verdict(Remedy.SEND_AGAIN, 7)),
        (RetryAfter(7), 999, Verdict(Remedy.SEND_AGAIN, 7)),
        (TimedOut(), 1, Verdict(Remedy.SEND_AGAIN, 1)),
        (NetworkError("Bad Gateway"), 3, Verdict(Remedy.SEND_AGAIN, 4)),
        (NetworkError("reset"), 30, Verdict(Remedy.SEND_AGAIN, 60)),
        (NetworkError("reset"), MOST_ATTEMPTS, Verdict(Remedy.GIVE_UP)),
        (ChatMigrated(-100), 1, Verdict(Remedy.SEND_TO, chat_id=-100)),
        (Forbidden("Forbidden: bot was blocked by the user"), 1, Verdict(Remedy.GIVE_UP)),
        (InvalidToken("Not Found"), 1, Verdict(Remedy.GIVE_UP)),
        (BadRequest("Message is not modified: specified new message content"), 1, Verdict(Remedy.SETTLE)),
        (BadRequest("Message to edit not found"), 1, Verdict(Remedy.SEND_NEW)),
        (BadRequest("Message thread not found"), 1, Verdict(Remedy.SEND_OUTSIDE)),
        (BadRequest("Topic_closed"), 1, Verdict(Remedy.SEND_OUTSIDE)),
        (BadRequest("Chat not found"), 1, Verdict(Remedy.GIVE_UP)),
        (TelegramError("Telegram's answer is not JSON"), 1, Verdict(Remedy.GIVE_UP)),
    ],
)
def test_each_failure_has_its_remedy(error: TelegramError, attempt: int, verdict: Verdict) -> None:
    assert decide_remedy(error, attempt) == verdict


@pytest.mark.parametrize(
    ("error", "attempt", "fate"),
    [
        (RetryAfter(7), 1, Fate(DeliveryState.PLANNED, "asked to wait", 7)),
        (NotSent(), 3, Fate(DeliveryState.PLANNED, "not reached", 4)),
        (NotSent(), 99, Fate(DeliveryState.PLANNED, "not reached", 32)),
        (Forbidden("bot was blocked by the user"), 1, Fate(DeliveryState.BLOCKED, "bot was blocked by the user")),
        (Forbidden("user is deactivated"), 1, Fate(DeliveryState.BLOCKED, "user is deactivated")),
        (BadRequest("Chat not found"), 1, Fate(DeliveryState.BLOCKED, "Chat not found")),
        (BadRequest("Message is not modified: …"), 1, Fate(DeliveryState.SENT, "Message is not modified: …")),
        (BadRequest("Message to edit not found"), 1, Fate(DeliveryState.REFUSED, "Message to edit not found")),
        (ChatMigrated(-100), 1, Fate(DeliveryState.REFUSED, "ChatMigrated")),
        (InvalidToken("Not Found"), 1, Fate(DeliveryState.REFUSED, "InvalidToken")),
        (TimedOut(), 1, Fate(DeliveryState.UNKNOWN, "TimedOut")),
        (LineCut("ServerDisconnectedError"), 1, Fate(DeliveryState.UNKNOWN, "LineCut")),
        (TelegramError("Telegram's answer is not JSON"), 1, Fate(DeliveryState.UNKNOWN, "TelegramError")),
        (NetworkError("Bad Gateway"), 1, Fate(DeliveryState.SENDING, "Bad Gateway", 1, in_place=True)),
        (NetworkError("Bad Gateway"), 3, Fate(DeliveryState.SENDING, "Bad Gateway", 4, in_place=True)),
        (NetworkError("Bad Gateway"), MOST_SERVER_ERRORS, Fate(DeliveryState.REFUSED, "Bad Gateway")),
    ],
)
def test_each_failed_delivery_has_its_fate(error: TelegramError, attempt: int, fate: Fate) -> None:
    assert decide_fate(error, attempt) == fate


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (Forbidden("Forbidden: bot was kicked from the group chat"), True),
        (BadRequest("Chat not found"), True),
        (BadRequest("Message is too long"), False),
        (NetworkError("reset"), False),
    ],
)
def test_where_nobody_is_any_more(error: TelegramError, gone: bool) -> None:
    assert is_gone(error) is gone
