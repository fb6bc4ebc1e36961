"""Keyboards, as the Bot API page limits them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from bot.messages import Attachment
from bot.simulator import Person, Simulator
from bot.simulator.refusals import STRICTER

Post = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ش" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (
            {"text": "x", "url": "ftp://example.org"},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        ({"text": "x", "url": "https://"}, "inline keyboard button URL 'https://' is invalid: URL host is empty"),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ("x", "can't parse inline keyboard button: Object expected"),
        ({"text": 5}, 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        ({"text": "x", "url": "x", "pay": True}, "inline keyboard button must have exactly one of url, pay" + STRICTER),
        ({"text": "x", "pay": True}, 'inline keyboard button: the simulator does not know the field "pay"' + STRICTER),
    ],
)
async def test_buttons_are_checked(post: Post, amina: Person, button: object, refusal: str) -> None:
    status, answer = await post("sendMessage", chat_id=amina.id, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert (status, answer["description"]) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    "rows", [[[{"text": "x", "callback_data": "x"}]] * 101, [[{"text": "x" * 200, "callback_data": "x"}]] * 60]
)
async def test_keyboards_have_a_size(post: Post, amina: Person, rows: list[list[dict[str, str]]]) -> None:
    status, answer = await post("sendMessage", chat_id=amina.id, text="x", reply_markup={"inline_keyboard": rows})
    assert (status, answer["description"]) == (400, "Bad Request: reply markup is too long")


@pytest.mark.parametrize("data", ["x", "ش" * 32])
async def test_callback_data_fill_64_bytes(client: Bot, amina: Person, data: str) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])
    assert (await client.send_message(amina.id, "x", reply_markup=markup)).reply_markup == markup


async def test_reply_keyboards_are_taken_but_not_by_edits(client: Bot, amina: Person) -> None:
    sent = await client.send_message(amina.id, "x", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await client.edit_message_text("y", amina.id, sent.message_id, reply_markup=ReplyKeyboardMarkup([["Yes"]]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ({"inline_keyboard": 5}, "can't parse reply keyboard markup JSON object"),
        (
            {"inline_keyboard": [5]},
            "can't parse reply keyboard markup JSON object: an Array of Array of buttons expected",
        ),
        ({"force_reply": True, "x": 1}, 'the simulator does not know the field "x" of a keyboard' + STRICTER),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
    ],
)
async def test_markups_are_checked(post: Post, amina: Person, markup: dict[str, Any], refusal: str) -> None:
    status, answer = await post("sendMessage", chat_id=amina.id, text="x", reply_markup=markup)
    assert (status, answer["description"]) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    "url", ["https://un.org", "un.org/en?x=1", "http://[::1]:80/", "tg://user?id=5", "example.org:8080"]
)
async def test_links_are_taken(post: Post, amina: Person, url: str) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "url": url}]]}
    assert (await post("sendMessage", chat_id=amina.id, text="x", reply_markup=markup))[0] == 200


@pytest.mark.parametrize("url", ["mailto:a@un.org", "https://a b.org", "http://x.org:port", "//"])
async def test_links_are_refused(post: Post, amina: Person, url: str) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "url": url}]]}
    assert (await post("sendMessage", chat_id=amina.id, text="x", reply_markup=markup))[0] == 400


LOCATION = {"keyboard": [[{"text": "Here", "request_location": True}], ["Not now"]], "resize_keyboard": True}


async def test_a_key_sends_what_it_asks_for_until_it_is_taken_away(
    simulator: Simulator, client: Bot, post: Post, amina: Person
) -> None:
    assert (await post("sendMessage", chat_id=amina.id, text="Where?", reply_markup=LOCATION))[0] == 200
    assert simulator.press_key(amina, "Here").attachment is Attachment.LOCATION
    assert simulator.press_key(amina, "Not now").text == "Not now"
    with pytest.raises(ValueError, match="There is no key 'Elsewhere'"):
        simulator.press_key(amina, "Elsewhere")
    (place, text) = await client.get_updates()
    assert place.message is not None
    assert place.message.location is not None
    assert text.message is not None
    assert text.message.text == "Not now"
    await post("sendMessage", chat_id=amina.id, text="Thanks", reply_markup={"remove_keyboard": True})
    with pytest.raises(ValueError, match="There is no key"):
        simulator.press_key(amina, "Here")


async def test_a_location_is_not_asked_for_in_a_group(simulator: Simulator, post: Post, amina: Person) -> None:
    group = simulator.add_group("Horizon", [amina])
    status, answer = await post("sendMessage", chat_id=group.id, text="Where?", reply_markup=LOCATION)
    assert (status, answer["description"]) == (400, "Bad Request: location can be requested in private chats only")
