"""What people do, as the bot gets to know it through the real client."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.messages import Attachment
from bot.simulator import Changed, Person, Simulator

LINK = InlineKeyboardButton("Site", url="https://example.org")
YES = InlineKeyboardButton("Yes", callback_data="answer:yes")


async def only_update(client: Bot) -> Update:
    (update,) = await client.get_updates()
    return update


async def test_saying(simulator: Simulator, client: Bot, amina: Person) -> None:
    first = simulator.messages(amina)[0]
    said = simulator.say(amina, "/ask@hiwar_simulated_bot من؟", reply_to=first)
    message = (await only_update(client)).message
    assert message is not None
    assert message.from_user is not None
    assert (message.message_id, message.text) == (said.id, said.text)
    assert (message.from_user.id, message.from_user.language_code) == (amina.id, "ar")
    assert [one.type for one in message.entities] == ["bot_command"]
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == first.id


async def test_forwarding(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.say(amina, "x", forwarded=True)
    message = (await only_update(client)).message
    assert message is not None
    assert message.forward_origin is not None


@pytest.mark.parametrize("kind", list(Attachment))
async def test_sending(simulator: Simulator, client: Bot, amina: Person, kind: Attachment) -> None:
    simulator.send(amina, kind)
    message = (await only_update(client)).message
    assert message is not None
    assert getattr(message, "dice" if kind is Attachment.OTHER else kind.value)


async def test_bot_downloads_what_was_sent(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.send(amina, "document", caption="see un.org", content=b"# en: x", name="entry.md")
    message = (await only_update(client)).message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.caption) == ("entry.md", "see un.org")
    assert [one.type for one in message.caption_entities] == ["url"]
    assert await (await message.document.get_file()).download_as_bytearray() == b"# en: x"


async def test_editing(simulator: Simulator, client: Bot, amina: Person) -> None:
    said = simulator.say(amina, "helo")
    simulator.edit(amina, said, "hello")
    _, update = await client.get_updates()
    assert update.edited_message is not None
    assert (update.edited_message.text, said.text) == ("hello", "hello")
    assert update.edited_message.edit_date is not None


@pytest.mark.parametrize("button", ["Yes", "answer:yes"])
async def test_pressing(simulator: Simulator, client: Bot, amina: Person, button: str) -> None:
    sent = await client.send_message(amina.id, "?", reply_markup=InlineKeyboardMarkup([[YES, LINK]]))
    query_id = simulator.press(amina, simulator.messages(amina)[-1], button)
    query = (await only_update(client)).callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (query_id, "answer:yes", amina.id)
    assert query.message is not None
    assert query.message.message_id == sent.message_id


@pytest.mark.parametrize("button", ["No", "Site", ""])
async def test_pressing_what_is_not_there(simulator: Simulator, client: Bot, amina: Person, button: str) -> None:
    await client.send_message(amina.id, "?", reply_markup=InlineKeyboardMarkup([[YES, LINK]]))
    with pytest.raises(ValueError, match="button"):
        simulator.press(amina, simulator.messages(amina)[-1], button)


async def test_blocking_and_coming_back(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.block(amina)
    simulator.unblock(amina)
    left, back, start = await client.get_updates()
    assert left.my_chat_member is not None
    assert left.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"
    assert start.message is not None
    assert start.message.text == "/start"


async def test_group(simulator: Simulator, client: Bot, amina: Person) -> None:
    karim = simulator.add_person("Karim")
    group = simulator.add_group("Network", [amina, karim])
    simulator.say(karim, "@hiwar_simulated_bot hello", chat=group)
    joined, created, said = await client.get_updates()
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.chat.title == "Network"
    assert joined.my_chat_member.old_chat_member.status == "left"
    assert created.message is not None
    assert created.message.group_chat_created
    assert said.message is not None
    assert said.message.chat.id == group.id < 0
    assert [one.type for one in said.message.entities] == ["mention"]
    await client.send_message(group.id, "hello")
    assert simulator.messages(group)[-1].text == "hello"


def test_acts_no_app_offers_are_refused(simulator: Simulator, amina: Person) -> None:
    karim = simulator.add_person("Karim")
    group = simulator.add_group("Network", [amina])
    said = simulator.say(amina, "x")
    simulator.block(karim)
    for act in (
        lambda: simulator.say(amina, " \n"),
        lambda: simulator.say(karim, "x"),
        lambda: simulator.say(karim, "x", chat=group),
        lambda: simulator.edit(karim, said, "y"),
        lambda: simulator.send(amina, "sticker", caption="x"),
        lambda: simulator.send(amina, "elephant"),
        lambda: simulator.block(karim),
        lambda: simulator.add_group("Empty", []),
    ):
        with pytest.raises(ValueError, match=r".+"):
            act()


async def test_waiting_for_a_reply(simulator: Simulator, client: Bot, amina: Person) -> None:
    said = simulator.say(amina, "?")
    waiting = asyncio.create_task(simulator.wait_for_reply(amina))
    for text in ("one", "two"):
        await client.send_message(amina.id, text)
    one = await waiting
    assert one.text == "one"
    assert await simulator.wait_for_reply(amina, after=said) is one
    assert (await simulator.wait_for_reply(amina, after=one)).text == "two"


async def test_waiting_in_vain_tells_what_is_there(simulator: Simulator, amina: Person) -> None:
    simulator.say(amina, "is anybody there")
    with pytest.raises(TimeoutError, match="Amina: is anybody there"):
        await simulator.wait_for_reply(amina, seconds=0.01)
    with pytest.raises(TimeoutError, match="Amina: is anybody there"):
        await simulator.wait_until(lambda: False, seconds=0.01)


async def test_watching(simulator: Simulator, client: Bot, amina: Person) -> None:
    watch = simulator.watch()
    simulator.say(amina, "?")
    await client.send_chat_action(amina.id, "typing")
    sent = await client.send_message(amina.id, "x", reply_markup=InlineKeyboardMarkup([[YES]]))
    await client.answer_callback_query(
        simulator.press(amina, simulator.messages(amina)[-1], "Yes"), "ok", show_alert=True
    )
    await client.edit_message_text("y", amina.id, sent.message_id)
    await client.delete_message(amina.id, sent.message_id)
    await client.set_my_commands([("help", "Help")])
    simulator.block(amina)
    simulator.add_person("Karim")
    seen = [await anext(watch) for _ in range(10)]
    assert [change.what for change in seen] == [
        Changed.MESSAGE_ADDED,
        Changed.ACTION,
        Changed.MESSAGE_ADDED,
        Changed.PRESS_ANSWERED,
        Changed.MESSAGE_EDITED,
        Changed.MESSAGE_DELETED,
        Changed.MENU,
        Changed.BLOCKED,
        Changed.CHAT_ADDED,
        Changed.PERSON_ADDED,
    ]
    assert (seen[1].text, seen[3].text, seen[3].alert) == ("typing", "ok", True)
