"""Broadcasts out: claimed a few at a time, sent behind the replies, settled as what is known of each (design §5.3, §5.4)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.services import parcels, reports
from bot.services.app import App
from bot.services.outgoing import Outgoing
from bot.services.parcels import Outcome, Parcel
from bot.storage.deliveries import DeliveryState
from bot.telegram import metrics
from bot.telegram.failures import Fate, decide_fate, read_wait
from bot.telegram.lanes import Pacer
from bot.telegram.rendering import render_reply
from bot.telegram.request import call_raw
from bot.telegram.updates import Address

log = structlog.get_logger(__name__)

IDLE_SECONDS = 1.0
# As many are under way at once; what is under way when the bot dies is unknown, so this is kept small.
MOST_UNDER_WAY = 64
# Claimed at a time: what the limit lets go in this time, so that nothing claimed waits.
CLAIMED_AHEAD_SECONDS = 0.1
PROGRESS_SECONDS = 3.0
# So many chats in a row that ask to wait mean that it is the bot that is to wait.
FLOODS_IN_A_ROW = 3
SECONDS_TO_FINISH = 5.0


class Broadcaster:
    """The one sender of broadcasts of this bot: the database is held by one process."""

    def __init__(self, app: App, bot: Bot, pacer: Pacer, show: Callable[[Outgoing], None]) -> None:
        self._app = app
        self._bot = bot
        self._pacer = pacer
        self._show = show
        self._outcomes: list[Outcome] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._drawn: parcels.Drawn = {}
        self._shown: dict[int, str] = {}
        self._changed = asyncio.Event()
        self._floods = 0
        self._paused_until = 0.0
        self._told_at = 0.0

    async def run(self) -> None:
        """Send what is due, for ever; on being cancelled, what is under way ends first, and is settled."""
        try:
            while True:
                try:
                    await self._take_turn()
                except Exception as error:  # noqa: BLE001 - the disk may be full for a while; nothing is lost by it
                    log.error("broadcast stalled", error=type(error).__name__, again_in_seconds=IDLE_SECONDS)
                    await asyncio.sleep(IDLE_SECONDS)
        finally:
            await self._finish()

    async def recover(self) -> None:
        """Note what an earlier run left under way."""
        if unknown := await parcels.recover(self._app):
            log.warning("deliveries unknown", count=unknown, remedy="see `hiwar broadcast list`")

    async def _take_turn(self) -> None:
        self._changed.clear()
        if not self._outcomes and not self._tasks and not await parcels.has_work(self._app):
            await self._rest(IDLE_SECONDS)
            return
        room = min(self._most_at_once(), MOST_UNDER_WAY - len(self._tasks))
        if self._paused_until > self._now():
            room = 0
        outcomes, self._outcomes = self._outcomes, []
        try:
            found = await parcels.take_turn(self._app, outcomes, room, self._drawn)
        except BaseException:
            self._outcomes = [*outcomes, *self._outcomes]
            raise
        await self._tell_progress(ended=not found and not self._tasks)
        for parcel in found:
            await self._pacer.wait_behind()
            task = asyncio.create_task(self._deliver(parcel))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if not found:
            await self._rest(0.05 if self._tasks else 0.2)

    async def _rest(self, seconds: float) -> None:
        """Until something was sent, or for so long."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    async def _deliver(self, parcel: Parcel) -> None:
        attempt = 1
        while True:
            try:
                sent = await self._send(parcel)
            except TelegramError as error:
                fate = decide_fate(error, attempt)
                self._count_flood(error)
                if fate.in_place:
                    await asyncio.sleep(fate.wait or 0)
                    attempt += 1
                    continue
                outcome = self._settle(parcel, fate)
            else:
                self._floods = 0
                outcome = Outcome(parcel, DeliveryState.SENT, sent.get("message_id"), file=_find_file(sent))
            break
        metrics.deliveries.labels(outcome.state.value).inc()
        self._outcomes.append(outcome)
        self._changed.set()

    async def _send(self, parcel: Parcel) -> dict[str, Any]:
        method, parameters = render_reply(parcel.reply, Address.parse(parcel.address), self._app.languages)
        sent = await call_raw(self._bot, self._bot.request, method, parameters)
        return sent if isinstance(sent, dict) else {}

    def _settle(self, parcel: Parcel, fate: Fate) -> Outcome:
        due_at = None if fate.wait is None else self._app.clock() + timedelta(seconds=fate.wait)
        return Outcome(parcel, fate.state, reason=fate.reason, due_at=due_at)

    def _count_flood(self, error: TelegramError) -> None:
        """Telegram does not say whether it means one chat or the bot: several in a row mean the bot."""
        if not isinstance(error, RetryAfter):
            return
        self._floods += 1
        if self._floods >= FLOODS_IN_A_ROW:
            self._paused_until = max(self._paused_until, self._now() + read_wait(error))

    async def _tell_progress(self, *, ended: bool) -> None:
        if not ended and self._now() < self._told_at + PROGRESS_SECONDS:
            return
        self._told_at = self._now()
        for outgoing in await reports.plan_progress(self._app, self._shown):
            self._show(outgoing)

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=SECONDS_TO_FINISH)
        outcomes, self._outcomes = self._outcomes, []
        if outcomes:
            await parcels.take_turn(self._app, outcomes, 0, self._drawn)

    def _most_at_once(self) -> int:
        if not self._pacer.per_second:
            return MOST_UNDER_WAY // 2
        return max(1, round(self._pacer.per_second * CLAIMED_AHEAD_SECONDS))

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _find_file(sent: dict[str, Any]) -> str:
    """The name Telegram gave to what a message carries."""
    files = [*sent.get("photo", ())[-1:], *([sent["document"]] if "document" in sent else ())]
    return next((str(file["file_id"]) for file in files), "")
