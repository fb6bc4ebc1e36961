"""Methods that send nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.simulator import Person, Simulator
from bot.simulator.handlers import answer_callback_query
from bot.simulator.refusals import Refusal
from bot.simulator.sending import send_message

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


@pytest.mark.parametrize(
    ("method", "params", "refusal"),
    [
        (
            "answer_callback_query",
            {"callback_query_id": "5"},
            "Query is too old and response timeout expired or query id is invalid",
        ),
        ("get_file", {"file_id": "5"}, "Invalid file_id"),
        ("set_my_commands", {"commands": [("Start", "x")]}, "Bot_command_invalid"),
        ("set_my_commands", {"commands": [("x" * 33, "x")]}, "Bot_command_invalid"),
        ("set_my_commands", {"commands": [("بداية", "x")]}, "Bot_command_invalid"),
        ("set_my_commands", {"commands": [("start", "")]}, "Bot_command_description_invalid"),
        ("set_my_commands", {"commands": [("start", "x" * 257)]}, "Bot_command_description_invalid"),
        ("set_my_commands", {"commands": [(f"c{n}", "x") for n in range(101)]}, "Bot_commands_too_much"),
        ("set_my_commands", {"commands": [], "language_code": "arabic"}, "Invalid language code specified"),
        ("set_my_description", {"description": "x" * 513}, "Description must have at most 512 characters"),
        (
            "set_my_short_description",
            {"short_description": "x" * 121},
            "short_description must have at most 120 characters",
        ),
        ("set_my_name", {"name": "x" * 65}, "Name must have at most 64 characters"),
        ("set_webhook", {"url": "http://example.org"}, "Bad webhook: an https url must be provided for webhook"),
        (
            "set_webhook",
            {"url": "https://example.org", "secret_token": "no spaces"},
            "Secret token contains unallowed characters or is too long",
        ),
    ],
)
async def test_other_methods_refuse(client: Bot, method: str, params: dict[str, Any], refusal: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await getattr(client, method)(**params)
    assert refused.value.message.lower() == refusal.lower()


async def test_bot_leaves_a_group(simulator: Simulator, client: Bot, amina: Person) -> None:
    group = simulator.add_group("Network", [amina])
    before = simulator.say(amina, "x", chat=group)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await client.delete_message(group.id, before.id)
    await client.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await client.send_message(group.id, "x")


async def test_press_is_answered_once(simulator: Simulator, client: Bot, amina: Person) -> None:
    await client.send_message(amina.id, "x", reply_markup=BUTTONS)
    query = simulator.press(amina, simulator.messages(amina)[-1], "Yes")
    await client.answer_callback_query(query, "Noted")
    with pytest.raises(BadRequest, match="Query is too old"):
        await client.answer_callback_query(query)


async def test_profile_by_language_and_scope(simulator: Simulator, client: Bot, amina: Person) -> None:
    francois = simulator.add_person("François", "fr-CA")
    commands = {language: [BotCommand("help", f"Help {language}")] for language in ("", "ar")}
    for language, menu in commands.items():
        await client.set_my_commands(menu, language_code=language)
    assert list(await client.get_my_commands(language_code="ar")) == commands["ar"]
    assert simulator.command_menu(amina)[0]["description"] == "Help ar"
    assert simulator.command_menu(francois)[0]["description"] == "Help "
    await client.set_my_commands([BotCommand("fr", "Privé")], BotCommandScopeAllPrivateChats(), "fr")
    assert [one["command"] for one in simulator.command_menu(francois)] == ["fr"]
    await client.set_my_commands([BotCommand("mine", "Mine")], BotCommandScopeChat(amina.id))
    assert [one["command"] for one in simulator.command_menu(amina)] == ["mine"]
    await client.delete_my_commands(BotCommandScopeChat(amina.id))
    assert simulator.command_menu(amina)[0]["description"] == "Help ar"
    group = simulator.add_group("Network", [amina])
    assert simulator.command_menu(amina, group)[0]["description"] == "Help ar"


async def test_texts_by_language(simulator: Simulator, client: Bot, amina: Person) -> None:
    await client.set_my_description("For all")
    await client.set_my_description("للجميع", language_code="ar")
    await client.set_my_short_description("Short")
    await client.set_my_name("حوار", language_code="ar")
    assert (await client.get_my_description("ar")).description == simulator.description(amina) == "للجميع"
    assert (await client.get_my_description("fr")).description == "For all"
    assert (await client.get_my_short_description()).short_description == "Short"
    assert (await client.get_my_name("ar")).name == simulator.bot_name(amina) == "حوار"
    assert (await client.get_my_name()).name == "Hiwar"


async def test_log_out_and_close(client: Bot) -> None:
    assert await client.close()
    assert await client.log_out()
    with pytest.raises(TelegramError, match="Logged out"):
        await client.get_me()


async def test_old_press_cannot_be_answered() -> None:
    clock = [datetime(2026, 11, 20, 12, tzinfo=UTC)]
    simulator = Simulator(now=lambda: clock[0])
    amina = simulator.add_person("Amina")
    simulator.say(amina, "/start")
    world = simulator._world
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    send_message(world, {"chat_id": amina.id, "text": "x", "reply_markup": markup})
    query = simulator.press(amina, simulator.messages(amina)[-1], "Yes")
    clock[0] += timedelta(minutes=2)
    with pytest.raises(Refusal, match="query is too old"):
        answer_callback_query(world, {"callback_query_id": query})
