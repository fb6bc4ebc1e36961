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

from bot.telegram.failures import MOST_ATTEMPTS, Remedy, Verdict, decide_remedy, is_gone


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
