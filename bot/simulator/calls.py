"""Calls to the API: read from a request, carried out, remembered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.simulator.chats import Json
from bot.simulator.methods import METHODS
from bot.simulator.refusals import Refusal
from bot.simulator.values import Upload

CALLS_KEPT = 20_000
# Telegram takes method names in any case.
_METHODS = {method.lower(): method for method in METHODS}


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the parameters as they came, and the whole answer (`ok`, `result` or `error_code` …)."""

    method: str
    params: Mapping[str, Any]
    at: datetime
    answer: Json


def remember(calls: list[Call], call: Call) -> None:
    """Add a call, and forget the older half of very many."""
    calls.append(call)
    if len(calls) > CALLS_KEPT:
        del calls[: CALLS_KEPT // 2]


def find_method(name: str) -> str | None:
    return name if name in METHODS else _METHODS.get(name.lower())


async def read_parameters(request: web.Request) -> Json:
    """The parameters of a GET or POST with a JSON, form or multipart body. Raises `Refusal`."""
    given: Json = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return given
    if request.content_type == "application/json":
        return given | _read_json(await request.read())
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        for name, value in (await request.post()).items():
            given[name] = _read_upload(value) if isinstance(value, web.FileField) else value
        return given
    raise Refusal(f"unsupported content type {request.content_type}")


def _read_json(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refusal("can't parse JSON object") from None
    if not isinstance(given, dict):
        raise Refusal("can't parse JSON object: Object expected")
    return given


def _read_upload(field: web.FileField) -> Upload:
    return Upload(field.filename, field.content_type, field.file.read())
