"""Delivery of updates to a webhook (Bot API, "setWebhook"): posted until the bot answers 2xx."""

import asyncio
import zlib
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.simulator.chats import Json
from bot.simulator.refusals import Refusal
from bot.simulator.updates import Updates

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LANES = 40  # Telegram's own default of `max_connections`
FIRST_RETRY_SECONDS = 0.05
LONGEST_RETRY_SECONDS = 5.0
ANSWER_SECONDS = 60.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check_url(url: str) -> None:
    """Raise `Refusal` for an address Telegram would not post to. To this machine plain http will do."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Refusal("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise Refusal("bad webhook: URL host is empty")


class Webhook:
    """Posts updates, each chat's in order, different chats' side by side, until `close`."""

    def __init__(
        self,
        url: str,
        *,
        secret: str,
        lanes: int,
        updates: Updates,
        now: Callable[[], datetime],
        twice: Callable[[], bool],
    ) -> None:
        self.url = url
        self.lanes = lanes
        self.last_error: Json = {}
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._updates = updates
        self._now = now
        self._twice = twice
        self._session = ClientSession(timeout=ClientTimeout(total=ANSWER_SECONDS), cookie_jar=DummyCookieJar())
        self._queues: list[asyncio.Queue[Json]] = [asyncio.Queue() for _ in range(lanes)]
        self._tasks = [asyncio.create_task(self._post_all(queue)) for queue in self._queues]

    def post(self, update: Json) -> None:
        self._queues[_lane(update) % self.lanes].put_nowait(update)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    async def _post_all(self, queue: asyncio.Queue[Json]) -> None:
        while True:
            update = await queue.get()
            for _ in range(2 if self._twice() else 1):
                await self._post_until_taken(update)
            self._updates.confirm(update["update_id"])

    async def _post_until_taken(self, update: Json) -> None:
        wait = FIRST_RETRY_SECONDS
        while (problem := await self._post_once(update)) is not None:
            self.last_error = {"last_error_date": int(self._now().timestamp()), "last_error_message": problem}
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_RETRY_SECONDS)

    async def _post_once(self, update: Json) -> str | None:
        """What went wrong, or None."""
        try:
            async with self._session.post(self.url, json=update, headers=self._headers) as response:
                if response.content_type == "application/json" and b'"method"' in await response.read():
                    log.error("the simulator does not carry out methods given in the answer to a webhook")
                if response.ok and response.status < 300:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except ClientError as error:
            return f"Connection failed: {type(error).__name__}"


def _lane(update: Json) -> int:
    """A number that is the same for all updates of one chat."""
    for content in update.values():
        if isinstance(content, dict):
            about = content.get("message", content)
            return zlib.crc32(repr(about.get("chat") if isinstance(about, dict) else about).encode())
    return 0
