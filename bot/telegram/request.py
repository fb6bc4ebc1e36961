"""python-telegram-bot's HTTP, carried by aiohttp: several times cheaper than its default client."""

import json
from typing import Any

import aiohttp
from telegram import Bot
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0


class NotSent(NetworkError):
    """Telegram was not reached: it knows nothing of the call."""

    def __init__(self) -> None:
        super().__init__("not reached")


class LineCut(NetworkError):
    """The connection broke: nobody can know whether Telegram took the call."""


class AiohttpRequest(BaseRequest):
    """A `BaseRequest` over one aiohttp session, which `initialize` opens.

    Unlike the default client it never writes what Telegram sent, or the token in the address, to a log.
    """

    def __init__(self, connections: int = 64, read_timeout: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        del write_timeout, pool_timeout  # aiohttp has no such limits; the one on reading covers both
        timeout = aiohttp.ClientTimeout(
            connect=_seconds(connect_timeout, CONNECT_SECONDS), sock_read=_seconds(read_timeout, self._read_timeout)
        )
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                return response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise NotSent from error
        except aiohttp.ConnectionTimeoutError as error:
            raise NotSent from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # The error's own text may hold the address, and so the token.
            raise LineCut(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:  # noqa: ANN401 - any JSON
        try:
            return json.loads(payload)
        except ValueError as error:
            raise TelegramError("Telegram's answer is not JSON") from error


async def call_raw(
    bot: Bot, request: BaseRequest, method: str, parameters: dict[str, Any], read_timeout: float | None = None
) -> Any:  # noqa: ANN401 - any JSON
    """Call a method and get its result as plain JSON, with python-telegram-bot's errors.

    For the two calls that happen all the time: building the library's objects of each answer costs as much as all the
    rest of a reply, and one update it cannot build would fail the whole batch.
    """
    given = RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])
    waiting = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
    return await request.post(f"{bot.base_url}/{method}", given, read_timeout=waiting)


def _seconds(given: ODVInput[float], default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"json": request_data.parameters}
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (file_name, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return {"data": form}
