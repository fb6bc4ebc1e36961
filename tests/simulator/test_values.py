"""Parameters: their names, types and presence."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
)
from telegram.error import InvalidToken

from bot.simulator import Person, Simulator

Post = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.mark.parametrize(
    ("method", "params", "part"),
    [
        ("sendMessage", {"text": "x", "txet": "y"}, 'knows no parameter "txet" of sendMessage'),
        ("sendMessage", {"text": "x", "reply_to_message_id": 1}, 'knows no parameter "reply_to_message_id"'),
        ("sendMessage", {"text": 5}, 'parameter "text" must be a string'),
        (
            "sendMessage",
            {"text": "x", "disable_notification": "maybe"},
            'parameter "disable_notification" must be true or false',
        ),
        ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}, "knows parse_mode HTML only"),
        (
            "sendMessage",
            {"text": "x", "link_preview_options": {"off": True}},
            'the field "off" of link_preview_options',
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 5}]},
            "an entity ends behind the text",
        ),
        ("sendMessage", {"text": "x", "reply_parameters": {"quote": "x"}}, 'the field "quote" of reply_parameters'),
        ("sendMessage", {"text": "x", "reply_parameters": {"chat_id": 5}}, "does not know replies across chats"),
        ("sendMessage", {"text": "x", "entities": [{"type": "url"}]}, "can't parse MessageEntity"),
        ("sendMessage", {"text": "x", "chat_id": True}, 'parameter "chat_id" must be an integer or a string'),
        ("getUpdates", {"chat_id": None, "limit": 0}, 'parameter "limit" must be at least 1 and at most 100'),
        ("getUpdates", {"chat_id": None, "offset": "five"}, 'parameter "offset" must be an integer'),
    ],
)
async def test_is_stricter_than_telegram(
    post: Post, amina: Person, method: str, params: dict[str, Any], part: str
) -> None:
    given = {"chat_id": amina.id} | params
    status, answer = await post(method, **{name: value for name, value in given.items() if value is not None})
    assert status == 400
    assert part in answer["description"]
    assert answer["description"].endswith("(Telegram would let this pass in silence; the simulator does not)")


@pytest.mark.parametrize(
    ("method", "params", "refusal"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1_000_001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1_000_001, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
        (
            "sendMessage",
            {
                "chat_id": 1_000_001,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "\ud83d", "callback_data": "x"}]]},
            },
            "strings must be encoded in UTF-8",
        ),
        (
            "sendMessage",
            {"chat_id": 1_000_001, "text": "x", "reply_markup": "{"},
            "can't parse reply_markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1_000_001, "text": "x", "reply_markup": {"keys": []}},
            "object expected as reply markup",
        ),
        ("editMessageText", {"chat_id": 1_000_001, "text": "x"}, "message identifier is not specified"),
        ("sendDocument", {"chat_id": 1_000_001}, "there is no document in the request"),
        (
            "setMyCommands",
            {"commands": [{"command": "start"}]},
            "can't parse BotCommand: Can't find field \"description\"",
        ),
        (
            "sendMessage",
            {"chat_id": 1_000_001, "text": "x", "reply_markup": []},
            "can't parse reply_markup: Object expected",
        ),
        ("setMyCommands", {"commands": {}}, "can't parse commands: Array expected"),
        ("setMyCommands", {"commands": ["start"]}, "can't parse BotCommand: expected an Object"),
        ("getMyCommands", {"scope": {"type": "all"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ("sendDocument", {"chat_id": 1_000_001, "document": "attach://none"}, "there is no document in the request"),
        ("leaveChat", {"chat_id": 5}, "chat not found"),
        ("setWebhook", {"url": "https://"}, "bad webhook: URL host is empty"),
        ("getMyCommands", {"scope": {"type": "chat"}}, "can't parse BotCommandScope: fields type, chat_id expected"),
    ],
)
async def test_refuses_what_libraries_do_not_send(
    post: Post, amina: Person, method: str, params: dict[str, Any], refusal: str
) -> None:
    assert amina.id == 1_000_001
    status, answer = await post(method, **params)
    assert (status, answer["description"]) == (400, f"Bad Request: {refusal}")


async def test_unknown_method_is_loud(simulator: Simulator, client: Bot, post: Post) -> None:
    with pytest.raises(InvalidToken):  # python-telegram-bot takes every 404 for that
        await client.send_dice(1)
    assert simulator.refused[-1].method == "sendDice"
    assert await post("sendMesage") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_wrong_token_is_refused(post: Post) -> None:
    assert await post("getMe", "1:wrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
