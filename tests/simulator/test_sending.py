"""Messages out, changed and taken away; and the words these methods refuse with."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.simulator import Person, Simulator

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000020000000308060000009d74661a")
JPEG = bytes.fromhex("ffd8ffc0001108000300020301220002110103110100ffd9")
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])


async def test_message_goes_out_and_is_kept(simulator: Simulator, client: Bot, amina: Person) -> None:
    asked = simulator.messages(amina)[0]
    sent = await client.send_message(
        amina.id,
        "  <b>Hello</b> /help\n",
        parse_mode="HTML",
        reply_markup=BUTTONS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(asked.id),
    )
    kept = simulator.messages(amina)[-1]
    assert (sent.message_id, sent.text) == (kept.id, kept.text) == (sent.message_id, "Hello /help")
    assert sent.parse_entities() == {
        MessageEntity("bold", 0, 5): "Hello",
        MessageEntity("bot_command", 6, 5): "/help",
    }
    assert kept.html == "<b>Hello</b> /help"
    assert kept.sender is simulator.bot
    assert kept.reply_to is asked
    assert sent.reply_to_message is not None
    assert sent.reply_markup == BUTTONS
    assert kept.buttons == [[{"text": "Yes", "callback_data": "yes"}]]


async def test_edit_changes_the_message_in_place(simulator: Simulator, client: Bot, amina: Person) -> None:
    sent = await client.send_message(amina.id, "one", reply_markup=BUTTONS)
    edited = await client.edit_message_text("two", amina.id, sent.message_id)
    kept = simulator.messages(amina)[-1]
    assert isinstance(edited, type(sent))
    assert (edited.text, edited.reply_markup, kept.text) == ("two", None, "two")
    assert kept.edited_at is not None
    await client.edit_message_reply_markup(amina.id, sent.message_id, reply_markup=BUTTONS)
    assert kept.buttons[0][0]["text"] == "Yes"
    await client.delete_message(amina.id, sent.message_id)
    assert kept.deleted
    assert kept not in simulator.messages(amina)


async def test_files_go_up_and_come_down(simulator: Simulator, client: Bot, amina: Person) -> None:
    sent = await client.send_document(
        amina.id, b"BEGIN:VCALENDAR", filename="event.ics", caption="The <i>day</i>", parse_mode="HTML"
    )
    kept = simulator.messages(amina)[-1]
    assert kept.document is not None
    assert (kept.document.name, kept.document.content, kept.text) == ("event.ics", b"BEGIN:VCALENDAR", "The day")
    assert sent.document is not None
    assert sent.caption == "The day"
    file = await client.get_file(sent.document.file_id)
    assert await file.download_as_bytearray() == b"BEGIN:VCALENDAR"
    again = await client.send_document(amina.id, sent.document.file_id)
    assert again.document == sent.document


@pytest.mark.parametrize("picture", [PNG, JPEG])
async def test_photos_have_their_size(client: Bot, amina: Person, picture: bytes) -> None:
    sent = await client.send_photo(amina.id, picture)
    assert [(size.width, size.height) for size in sent.photo] == [(2, 3)]


@pytest.mark.parametrize(
    ("method", "params", "refusal"),
    [
        ("send_message", {"chat_id": 5, "text": "x"}, "Chat not found"),
        ("send_message", {"chat_id": "@nobody", "text": "x"}, "Chat not found"),
        ("send_message", {"text": ""}, "Message text is empty"),
        ("send_message", {"text": " \n\u200b"}, "Message text is empty"),
        ("send_message", {"text": "<b> </b>", "parse_mode": "HTML"}, "Message text is empty"),
        ("send_message", {"text": "x" * 4097}, "Message is too long"),
        ("send_message", {"text": "x", "parse_mode": "Wiki"}, "Unsupported parse_mode"),
        (
            "send_message",
            {"text": "<p>", "parse_mode": "HTML"},
            'Can\'t parse entities: unsupported start tag "p" at byte offset 0',
        ),
        ("send_message", {"text": "x", "reply_parameters": ReplyParameters(9)}, "Message to be replied not found"),
        (
            "send_message",
            {"text": "x", "entities": [MessageEntity("bold", 0, 0)]},
            "Can't parse messageentity: offset and length expected",
        ),
        (
            "send_message",
            {"text": "x", "entities": [MessageEntity("text_link", 0, 1)]},
            "Can't parse messageentity: can't find field \"url\"",
        ),
        ("send_document", {"document": b"x", "caption": "x" * 1025}, "Message caption is too long"),
        ("send_document", {"document": "no-such-id"}, "Wrong file identifier/http url specified"),
        ("send_document", {"document": "https://example.org/x.pdf"}, "Failed to get http url content"),
        ("send_document", {"document": b""}, "File must be non-empty"),
        ("send_photo", {"photo": b"no picture"}, "Image_process_failed"),
        ("edit_message_text", {"text": "x", "message_id": 9}, "Message to edit not found"),
        ("edit_message_reply_markup", {"message_id": 9, "reply_markup": BUTTONS}, "Message to edit not found"),
        ("delete_message", {"message_id": 9}, "Message to delete not found"),
        ("send_chat_action", {"action": "dancing"}, "Wrong parameter action in request"),
        ("leave_chat", {}, "Chat member status can't be changed in private chats"),
    ],
)
async def test_chat_methods_refuse(
    client: Bot, amina: Person, method: str, params: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await getattr(client, method)(**{"chat_id": amina.id} | params)
    assert refused.value.message.lower() == refusal.lower()


@pytest.mark.parametrize(
    ("text", "parse_mode"), [("x" * 4096, None), ("<b>" + "x" * 4096 + "</b>", "HTML"), ("&amp;" * 4096, "HTML")]
)
async def test_length_counts_after_parsing(client: Bot, amina: Person, text: str, parse_mode: str | None) -> None:
    assert len((await client.send_message(amina.id, text, parse_mode=parse_mode)).text or "") == 4096


async def test_edit_to_the_same_is_refused(client: Bot, amina: Person) -> None:
    sent = await client.send_message(amina.id, "<b>x</b>", parse_mode="HTML", reply_markup=BUTTONS)
    same = "specified new message content and reply markup are exactly the same as a current content and reply markup"
    for edit in (
        client.edit_message_text(
            "<strong>x</strong>", amina.id, sent.message_id, parse_mode="HTML", reply_markup=BUTTONS
        ),
        client.edit_message_reply_markup(amina.id, sent.message_id, reply_markup=BUTTONS),
    ):
        with pytest.raises(BadRequest, match=f"Message is not modified: {same} of the message"):
            await edit


async def test_only_own_texts_are_edited(simulator: Simulator, client: Bot, amina: Person) -> None:
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await client.edit_message_text("x", amina.id, simulator.messages(amina)[0].id)
    sent = await client.send_document(amina.id, b"x", filename="x.txt")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await client.edit_message_text("x", amina.id, sent.message_id)


async def test_bot_may_not_write_first_nor_to_who_blocked_it(simulator: Simulator, client: Bot, amina: Person) -> None:
    stranger = simulator.add_person("Karim")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await client.send_message(stranger.id, "x")
    simulator.block(amina)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await client.send_message(amina.id, "x")
    simulator.unblock(amina)
    await client.send_message(amina.id, "x")


async def test_bot_gives_its_own_entities(client: Bot, amina: Person) -> None:
    bold = MessageEntity("bold", 0, 1)
    assert (await client.send_message(amina.id, "x", entities=[bold])).entities == (bold,)
