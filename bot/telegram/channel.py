"""The Telegram channel as one thing: start it, let it run, stop it."""

import asyncio
import itertools
from collections.abc import Sequence
from functools import partial

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.errors import AddressTaken, TokenRefused
from bot.services import intake
from bot.services.app import App
from bot.services.calendars import make_feed
from bot.services.intake import RawUpdate
from bot.services.profiles import keep_bot_name
from bot.services.ringing import ring_alarms
from bot.telegram import metrics
from bot.telegram.broadcasting import Broadcaster
from bot.telegram.files import fetch_file
from bot.telegram.lanes import Lanes, Pacer
from bot.telegram.polling import ALLOWED_UPDATES, WAITS_SECONDS, Accept, poll
from bot.telegram.profile import publish_profile
from bot.telegram.request import AiohttpRequest
from bot.telegram.sending import Sender
from bot.telegram.updates import Translator
from bot.telegram.webhook import WEBHOOK_PATH, make_web_app
from bot.telegram.worker import Worker

log = structlog.get_logger(__name__)

SECONDS_TO_FINISH = 8.0


class TelegramChannel:
    """Takes updates in, has them handled, sends the replies."""

    def __init__(self, app: App, settings: Settings, token: str, api_url: str) -> None:
        self._app = app
        self._settings = settings
        self._lanes = Lanes(settings.people_at_once)
        self._poll_request = AiohttpRequest(connections=2)
        base = api_url.rstrip("/")
        self._bot = Bot(
            token,
            f"{base}/bot",
            f"{base}/file/bot",
            request=AiohttpRequest(connections=settings.people_at_once + 8),
            get_updates_request=self._poll_request,
        )
        self._runner: web.AppRunner | None = None

    async def run(self) -> None:
        """Serve until cancelled, then finish what is under way. Raises `TokenRefused` or `AddressTaken`."""
        try:
            await self._connect()
            pacer = Pacer(self._settings.messages_per_second)
            worker = self._make_worker(pacer)
            broadcaster = Broadcaster(self._app, self._bot, pacer, worker.resume)
            accept = partial(self._accept, worker)
            self._app.fetch_file = partial(fetch_file, self._bot)
            await keep_bot_name(self._app, self._bot.username or "")
            await self._resume(worker)
            await broadcaster.recover()
            await self._serve_http(accept)
            await publish_profile(self._app, self._bot)
            log.info("ready", bot=self._bot.username)
            by_itself = (
                asyncio.create_task(ring_alarms(self._app, worker.resume)),
                asyncio.create_task(broadcaster.run()),
            )
            try:
                await self._take_updates(accept)
            finally:
                for task in by_itself:
                    task.cancel()
                await asyncio.gather(*by_itself, return_exceptions=True)
        except InvalidToken as error:
            raise TokenRefused from error
        finally:
            await self._stop()

    async def _connect(self) -> None:
        """Reach Telegram, however long that takes: a server may start before its network."""
        for attempt in itertools.count():
            try:
                await self._bot.initialize()
            except InvalidToken:
                raise
            except TelegramError as error:
                wait = WAITS_SECONDS[min(attempt, len(WAITS_SECONDS) - 1)]
                log.warning("Telegram not reached", error=type(error).__name__, again_in_seconds=wait)
                await asyncio.sleep(wait)
            else:
                return

    def _make_worker(self, pacer: Pacer) -> Worker:
        sender = Sender(self._app, self._bot, self._lanes, pacer)
        return Worker(self._app, self._bot, Translator(self._bot.bot, self._app.cipher), self._lanes, sender)

    async def _resume(self, worker: Worker) -> None:
        """Queue what an earlier run left: first the replies, which answer older updates, then the updates."""
        for outgoing in await intake.find_unsent(self._app):
            worker.resume(outgoing)
        for raw in await intake.find_waiting(self._app):
            worker.take(raw)

    async def _accept(self, worker: Worker, updates: Sequence[RawUpdate]) -> None:
        """Make updates durable and queue those that are new. What cannot be made durable is not confirmed."""
        for raw in await intake.accept_updates(self._app, updates):
            worker.take(raw)
        metrics.waiting.set(self._lanes.waiting)
        await self._lanes.wait_for_room()

    async def _serve_http(self, accept: Accept) -> None:
        if self._settings.telegram_token is None:
            return
        webhook = accept if self._settings.webhook_url else None
        self._runner = web.AppRunner(
            make_web_app(self._check, self._make_feed, webhook, self._secret()), access_log=None
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._settings.http_host, self._settings.http_port).start()
        except OSError as error:
            raise AddressTaken(
                f"HIWAR_HTTP_PORT={self._settings.http_port} on {self._settings.http_host} cannot be used "
                f"({error.strerror}): stop the program that uses it, or choose another port."
            ) from error

    async def _take_updates(self, accept: Accept) -> None:
        if self._settings.webhook_url is None:
            await self._bot.delete_webhook()
            await poll(self._bot, self._poll_request, accept)
        url = str(self._settings.webhook_url).rstrip("/") + WEBHOOK_PATH
        await self._bot.set_webhook(url, allowed_updates=ALLOWED_UPDATES, secret_token=self._secret())
        await asyncio.Event().wait()

    def _secret(self) -> str:
        return self._app.cipher.make_secret("webhook")

    async def _check(self) -> dict[str, int]:
        return {"waiting": self._lanes.waiting, **await intake.count_open(self._app)}

    def _make_feed(self, locale: str) -> bytes | None:
        return make_feed(self._app.library, self._app.languages, locale) if locale in self._app.languages else None

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        await self._lanes.finish(SECONDS_TO_FINISH)
        await self._bot.shutdown()
