"""The simulator: people's side of Telegram as methods, the bot's side as a Bot API server on this machine."""

import asyncio
import ipaddress
import json
import socket
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web

from bot.simulator.acts import Acts
from bot.simulator.answering import Answering
from bot.simulator.calls import Call, find_method, read_parameters, remember
from bot.simulator.chats import Json, Person
from bot.simulator.faults import Fails, Fault, Faults
from bot.simulator.refusals import BLOCKED, CHAT_NOT_FOUND, Refusal, refuse_flood
from bot.simulator.values import find_chat_id
from bot.simulator.world import World

log = structlog.get_logger(__name__)

DEFAULT_TOKEN = "1234567890:AAsimulated-token-of-no-real-bot-xx"  # noqa: S105 - opens nothing
BODY_BYTES_MOST = 60 * 1024 * 1024
SHUTDOWN_SECONDS = 0.5
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Simulator(Acts):
    """A strict Telegram on this machine.

    A bot uses `url` as its API server (for python-telegram-bot, `base_url` is `f"{url}/bot"`). It is strict where
    Telegram is lenient: unknown parameters, values of a wrong type and sloppy HTML are refused, not passed over.
    `calls` holds every call with its answer, `refused` those answered with an error, both bounded. Routes may be
    added to `app` before `start`.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        first_update_id: int | None = None,
        seed: int = 0,
    ) -> None:
        """`seed` makes the chances among the faults; update ids begin at the clock unless told otherwise."""
        bot = Person(int(token.partition(":")[0]), "Hiwar", username="hiwar_simulated_bot", is_bot=True)
        super().__init__(World(bot, now, first_update_id))
        self.token = token
        self.url = ""
        self.faults = Faults(seed)
        self.calls: list[Call] = []
        self.refused: list[Call] = []
        self._answering = Answering(self._world, self.faults)
        self.app = web.Application(client_max_size=BODY_BYTES_MOST)
        self.app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen. Raises OSError when the port is taken, ValueError for a host that others could reach."""
        if not _is_loopback(host):
            raise ValueError(f"The simulator listens on this machine only: use 127.0.0.1, not {host}.")
        runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening; calls under way are cut off. Chats and updates stay."""
        await self._answering.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        name, given = request.match_info["method"], {}
        try:
            method = self._check_address(request)
            given = await read_parameters(request)
            struck = self.faults.strike(method, find_chat_id(given))
            for fault in struck:
                if (response := await self._befall(request, fault)) is not None:
                    self._remember(method, given, {"ok": False, "description": f"fault: {fault.fails.name}"})
                    return response
            answer: Json = {"ok": True, "result": await self._answering.answer(method, given)}
        except Refusal as refusal:
            answer, struck = refusal.answer, ()
        self._remember(find_method(name) or name, given, answer)
        if any(fault.fails is Fails.RESET_AFTER for fault in struck):
            return _reset(request)
        status = answer.get("error_code", 200)
        return web.Response(body=_encode(answer).encode(), status=status, content_type="application/json")

    def _check_address(self, request: web.Request) -> str:
        name = request.match_info["method"]
        if request.match_info["token"] != self.token:
            raise Refusal("", 401)
        method = find_method(name)
        if method is None:
            log.error("the simulator does not know this method", method=name)
            raise Refusal("", 404)
        return method

    async def _befall(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        """What a fault does before the call is handled: refuse, answer, or let it go on."""
        match fault.fails:
            case Fails.FLOOD:
                raise refuse_flood(fault.retry_after)
            case Fails.BLOCKED:
                raise Refusal(BLOCKED, 403)
            case Fails.CHAT_NOT_FOUND:
                raise Refusal(CHAT_NOT_FOUND)
            case Fails.GATEWAY:
                body = f"<html><head><title>{fault.status} Bad Gateway</title></head><body>nginx</body></html>"
                return web.Response(status=fault.status, text=body, content_type="text/html")
            case Fails.RESET:
                return _reset(request)
            case Fails.SLOW:
                await asyncio.sleep(fault.seconds)
        return None

    def _remember(self, method: str, given: Json, answer: Json) -> None:
        call = Call(method, given, self._world.now(), answer)
        remember(self.calls, call)
        if not answer["ok"]:
            remember(self.refused, call)

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            raise web.HTTPUnauthorized
        path = request.match_info["path"]
        file = next((file for file in self._world.files.values() if file.path == path), None)
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type="application/octet-stream")


def _reset(request: web.Request) -> web.Response:
    """Break the connection off, so that the client gets a reset instead of an answer."""
    if request.transport is not None:
        connection: Any = request.transport.get_extra_info("socket")
        # Without lingering, closing sends RST.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
