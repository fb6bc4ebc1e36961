"""Webhook, health and metrics: what Hiwar serves over HTTP."""

import hmac
import json
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.telegram.polling import Accept, read_raw_update

WEBHOOK_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (Bot API, setWebhook)
LARGEST_UPDATE = 1024 * 1024

Check = Callable[[], Awaitable[dict[str, int]]]


def make_web_app(
    check: Check, make_feed: Callable[[str], bytes | None], accept: Accept | None = None, secret: str = ""
) -> web.Application:
    """The HTTP application: `/health`, `/metrics`, `/events/<locale>.ics`, and the webhook where `accept` is given."""
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_get("/health", _make_health(check))
    app.router.add_get("/metrics", _show_metrics)
    app.router.add_get("/events/{locale}.ics", _make_feed(make_feed))
    if accept is not None:
        app.router.add_post(WEBHOOK_PATH, _make_webhook(accept, secret))
    return app


def _make_webhook(accept: Accept, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            raw = read_raw_update(json.loads(await request.read()))
        except ValueError:
            return web.Response(status=400)
        # What has no number can never be handled; 200 keeps Telegram from sending it for ever.
        if raw is not None:
            await accept([raw])
        return web.Response()

    return take


def _make_health(check: Check) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def show(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", **await check()})

    return show


def _make_feed(make_feed: Callable[[str], bytes | None]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def show(request: web.Request) -> web.Response:
        feed = make_feed(request.match_info["locale"])
        if feed is None:
            raise web.HTTPNotFound
        return web.Response(body=feed, content_type="text/calendar", charset="utf-8")

    return show


async def _show_metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
