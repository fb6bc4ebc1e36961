"""Handling what was taken in: each update by itself, three tries, then it is put aside and holds nobody up."""

import asyncio
import json
import traceback
from pathlib import Path

import structlog
from telegram import Bot, Update

from bot.messages import Incoming
from bot.services import conversation, intake
from bot.services.app import App
from bot.services.intake import RawUpdate
from bot.services.outgoing import Outgoing
from bot.telegram import metrics
from bot.telegram.lanes import Lanes
from bot.telegram.sending import Sender
from bot.telegram.updates import Address, Translator

log = structlog.get_logger(__name__)

WAIT_BETWEEN_TRIES = 0.2
TYPING_AFTER = 1.0
# The lane of updates that cannot be read, and so have no person.
UNREADABLE = b""


class Worker:
    """Turns accepted updates into jobs of their person's lane."""

    def __init__(self, app: App, bot: Bot, translator: Translator, lanes: Lanes, sender: Sender) -> None:
        self._app = app
        self._bot = bot
        self._translator = translator
        self._lanes = lanes
        self._sender = sender
        self._typing: asyncio.Task[None] | None = None

    def resume(self, outgoing: Outgoing) -> None:
        """Send a reply in the lane of its chat: one an earlier run left unsent, or one to others than who caused it."""
        lane = self._translator.pseudonym_of_number(Address.parse(outgoing.address).chat_id)
        self._lanes.add(lane, lambda: self._deliver(outgoing))

    def take(self, raw: RawUpdate) -> None:
        """Handle an accepted update, after its person's earlier ones."""
        try:
            update = Update.de_json(json.loads(raw.text), self._bot)
            person = self._translator.pseudonym(update)
        except Exception as error:  # noqa: BLE001 - whatever an unreadable update makes the library raise
            problem = _name_problem(error)
            self._lanes.add(UNREADABLE, lambda: self._put_aside(raw.update_id, problem))
            return
        self._lanes.add(person, lambda: self._handle(raw, update, person))

    async def _handle(self, raw: RawUpdate, update: Update, person: bytes) -> None:
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, update)
        try:
            outgoing = await self._try(raw, update, person)
            delivered = self._deliver_all(outgoing, _chat_id(update))
            if update.callback_query is None:
                await delivered
            else:
                await asyncio.gather(delivered, self._sender.answer_press(update.callback_query.id))
        finally:
            typing.cancel()

    async def _try(self, raw: RawUpdate, update: Update, person: bytes) -> list[Outgoing]:
        """Handle an update until it is done or put aside; the replies to send."""
        incoming = None
        for failures in range(raw.tries + 1, intake.MOST_TRIES + 1):
            try:
                async with self._lanes.place:
                    incoming = self._translator.read(update, person)
                    return await self._do(raw.update_id, incoming)
            except Exception as error:  # noqa: BLE001 - one update that fails must not stop the others
                problem = _name_problem(error)
                log.warning("update failed", update_id=raw.update_id, problem=problem, failures=failures)
                await intake.count_failure(self._app, raw.update_id, problem)
                await asyncio.sleep(WAIT_BETWEEN_TRIES * failures)
        await self._put_aside(raw.update_id)
        return [] if incoming is None else [await conversation.apologize(self._app, incoming)]

    async def _do(self, update_id: int, incoming: Incoming | None) -> list[Outgoing]:
        if incoming is None:
            await intake.settle_silently(self._app, update_id)
            metrics.updates.labels("not for the bot").inc()
            return []
        outgoing = await conversation.handle(self._app, update_id, incoming)
        metrics.updates.labels("handled").inc()
        return outgoing

    async def _put_aside(self, update_id: int, problem: str | None = None) -> None:
        await intake.put_aside(self._app, update_id, problem)
        metrics.updates.labels("put aside").inc()
        log.error("update put aside", update_id=update_id, remedy="see `hiwar inbox list`")

    async def _deliver_all(self, outgoing: list[Outgoing], chat_id: int | None) -> None:
        """What answers the update is sent now; what goes to other chats must not hold this person up."""
        for one in outgoing:
            if Address.parse(one.address).chat_id == chat_id:
                await self._deliver(one)
            else:
                self.resume(one)

    async def _deliver(self, outgoing: Outgoing) -> None:
        for one in await self._sender.deliver(outgoing):
            self.resume(one)

    def _show_typing(self, update: Update) -> None:
        # To show a crowd that it waits would take as long as to answer it.
        if update.message and update.effective_chat and not self._lanes.is_crowded:
            self._typing = asyncio.create_task(self._sender.show_typing(update.effective_chat.id))


def _chat_id(update: Update) -> int | None:
    """Where what answers an update goes."""
    where = update.effective_chat or update.effective_user
    return where.id if where else None


def _name_problem(error: Exception) -> str:
    """The kind of error and where it was raised. Its text may hold what a person wrote, and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
