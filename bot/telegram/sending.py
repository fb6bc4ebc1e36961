"""Replies out: at least once, each settled when Telegram has it or never will."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.messages import Receipt
from bot.services import intake
from bot.services.app import App
from bot.services.outgoing import Outgoing
from bot.services.profiles import describe_menu
from bot.services.receipts import settle_tracked
from bot.telegram import metrics
from bot.telegram.failures import Remedy, decide_remedy, is_gone
from bot.telegram.lanes import Lanes, Pacer
from bot.telegram.rendering import render_menu, render_reply
from bot.telegram.request import call_raw
from bot.telegram.updates import Address

log = structlog.get_logger(__name__)

NOT_DELIVERED = Receipt("")


class Sender:
    """Sends replies and settles them in the outbox."""

    def __init__(self, app: App, bot: Bot, lanes: Lanes, pacer: Pacer) -> None:
        self._app = app
        self._bot = bot
        self._lanes = lanes
        self._pacer = pacer

    async def deliver(self, outgoing: Outgoing) -> Sequence[Outgoing]:
        """Send one reply, as often as it takes; what its end makes to be said to others. Does not raise for what
        Telegram refuses."""
        attempt, meant_for, receipt = 1, Address.parse(outgoing.address).chat_id, NOT_DELIVERED
        while True:
            try:
                async with self._lanes.place:
                    await self._pacer.wait()
                    receipt = await self._send(outgoing)
                metrics.replies.labels("sent").inc()
                break
            except TelegramError as error:
                verdict = decide_remedy(error, attempt)
                metrics.replies.labels(verdict.remedy.name.lower()).inc()
                receipt = replace(NOT_DELIVERED, gone=is_gone(error))
                log.warning("reply not sent", remedy=verdict.remedy.name, error=type(error).__name__, attempt=attempt)
            if verdict.remedy is Remedy.SEND_AGAIN:
                await asyncio.sleep(verdict.wait)
            elif verdict.remedy is Remedy.SEND_TO:
                outgoing = replace(outgoing, address=str(Address(verdict.chat_id)))
            elif verdict.remedy is Remedy.SEND_OUTSIDE:
                outgoing = _take_outside(outgoing)
            elif verdict.remedy is Remedy.SEND_NEW and outgoing.reply.html:
                outgoing = replace(outgoing, reply=replace(outgoing.reply, replaces=None))
            else:
                break
            attempt += 1
        if not outgoing.reply.tracked:
            await intake.settle_reply(self._app, outgoing.number)
            return ()
        chat_id = Address.parse(outgoing.address).chat_id
        receipt = replace(receipt, place=str(Address(chat_id)), moved=chat_id != meant_for)
        return await settle_tracked(self._app, outgoing, receipt)

    async def answer_press(self, query_id: str) -> None:
        """Stop the little clock on the pressed button. Nothing is lost when it comes too late."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("press not answered", error=type(error).__name__)

    async def show_typing(self, chat_id: int) -> None:
        """Show that an answer is being written. Nothing is lost when it fails."""
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            log.info("typing not shown", error=type(error).__name__)

    async def _send(self, outgoing: Outgoing) -> Receipt:
        reply, address = outgoing.reply, Address.parse(outgoing.address)
        if reply.menu is not None:
            commands = describe_menu(self._app, reply.locale, reply.menu)
            await call_raw(self._bot, self._bot.request, *render_menu(commands, address))
        sent = await call_raw(self._bot, self._bot.request, *render_reply(reply, address, self._app.languages))
        return _read_receipt(sent) if reply.tracked else NOT_DELIVERED


def _read_receipt(sent: Any) -> Receipt:  # noqa: ANN401 - any JSON
    """From the message that was sent, or the topic that was begun."""
    return Receipt("", sent.get("message_id", 0), sent.get("message_thread_id", 0))


def _take_outside(outgoing: Outgoing) -> Outgoing:
    """The same to no topic."""
    address = replace(Address.parse(outgoing.address), thread=0)
    return replace(outgoing, address=str(address), reply=replace(outgoing.reply, thread=0))
