"""Replies out: at least once, each settled when Telegram has it or never will."""

import asyncio
from dataclasses import replace

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.services import intake
from bot.services.app import App
from bot.services.outgoing import Outgoing
from bot.services.profiles import describe_menu
from bot.telegram import metrics
from bot.telegram.failures import Remedy, decide_remedy
from bot.telegram.lanes import Lanes, Pacer
from bot.telegram.rendering import render_menu, render_reply
from bot.telegram.request import call_raw
from bot.telegram.updates import Address

log = structlog.get_logger(__name__)


class Sender:
    """Sends replies and settles them in the outbox."""

    def __init__(self, app: App, bot: Bot, lanes: Lanes, pacer: Pacer) -> None:
        self._app = app
        self._bot = bot
        self._lanes = lanes
        self._pacer = pacer

    async def deliver(self, outgoing: Outgoing) -> None:
        """Send one reply, as often as it takes. Does not raise for what Telegram refuses."""
        attempt = 1
        while True:
            try:
                async with self._lanes.place:
                    await self._pacer.wait()
                    await self._send(outgoing)
                metrics.replies.labels("sent").inc()
                break
            except TelegramError as error:
                verdict = decide_remedy(error, attempt)
                metrics.replies.labels(verdict.remedy.name.lower()).inc()
                log.warning("reply not sent", remedy=verdict.remedy.name, error=type(error).__name__, attempt=attempt)
            if verdict.remedy is Remedy.SEND_AGAIN:
                await asyncio.sleep(verdict.wait)
            elif verdict.remedy is Remedy.SEND_TO:
                outgoing = replace(outgoing, address=str(Address(verdict.chat_id)))
            elif verdict.remedy is Remedy.SEND_NEW and outgoing.reply.html:
                outgoing = replace(outgoing, reply=replace(outgoing.reply, replaces=None))
            else:
                break
            attempt += 1
        await intake.settle_reply(self._app, outgoing.number)

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

    async def _send(self, outgoing: Outgoing) -> None:
        reply, address = outgoing.reply, Address.parse(outgoing.address)
        if reply.menu is not None:
            commands = describe_menu(self._app, reply.locale, reply.menu)
            await call_raw(self._bot, self._bot.request, *render_menu(commands, address))
        await call_raw(self._bot, self._bot.request, *render_reply(reply, address, self._app.languages))
