"""Long polling: fetch, make durable, only then confirm (design §5.1)."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NoReturn

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.services.intake import RawUpdate
from bot.telegram.request import call_raw

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "inline_query"]
POLL_SECONDS = 30
WAITS_SECONDS = (1, 2, 5, 10, 30)

Accept = Callable[[Sequence[RawUpdate]], Awaitable[None]]


async def poll(bot: Bot, request: BaseRequest, accept: Accept) -> NoReturn:
    """Fetch updates for ever, handing each batch to `accept` and confirming it only when that has returned.

    The raw answer is read, because python-telegram-bot's `get_updates` fails as a whole, and for ever, on one update it
    cannot parse. Raises InvalidToken when Telegram takes the token back; anything else is tried again.
    """
    offset, failures = None, 0
    while True:
        try:
            fetched = await _fetch(bot, request, offset)
            failures = 0
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = WAITS_SECONDS[min(failures, len(WAITS_SECONDS) - 1)]
            failures += 1
            log.warning("updates not fetched", error=type(error).__name__, again_in_seconds=wait, remedy=_remedy(error))
            await asyncio.sleep(wait)
            continue
        updates = [raw for raw in map(read_raw_update, fetched) if raw is not None]
        if updates:
            await accept(updates)
            offset = max(raw.update_id for raw in updates) + 1


async def _fetch(bot: Bot, request: BaseRequest, offset: int | None) -> list[Any]:
    parameters = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
    fetched = await call_raw(bot, request, "getUpdates", parameters, POLL_SECONDS + 15)
    if not isinstance(fetched, list):
        raise TelegramError("getUpdates did not give a list")
    return fetched


def read_raw_update(update: object) -> RawUpdate | None:
    """The number and text of an update as Telegram sent it, or None where it has no number to be known by."""
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        log.error("update without a number ignored")
        return None
    return RawUpdate(update["update_id"], json.dumps(update, ensure_ascii=False, separators=(",", ":")))


def _remedy(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return "another program polls with this token: stop it"
    if isinstance(error, RetryAfter):
        return "Telegram asks to wait"
    return "check the network and HIWAR_TELEGRAM_API_URL"
