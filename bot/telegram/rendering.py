"""A `Reply` as a call of the Bot API: the method and its parameters, as the Bot API page names them."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from telegram import InputFile

from bot.languages import Languages
from bot.messages import Attachment, Button, Document, Offer, Reply, Rows
from bot.telegram.updates import Address

# People of different languages get different answers, and content changes.
CACHE_SECONDS = 60
# Bot API, "createForumTopic".
TOPIC_TITLE = 128

Call = tuple[str, dict[str, Any]]


def render_reply(reply: Reply, address: Address, languages: Languages) -> Call:
    """sendMessage or one that sends a file, or for a reply that replaces a message editMessageText or
    editMessageReplyMarkup; createForumTopic for one that opens a thread."""
    if address.query_id:
        return "answerInlineQuery", _render_offers(reply, address)
    if reply.opens_thread:
        return "createForumTopic", {"chat_id": address.chat_id, "name": reply.opens_thread[:TOPIC_TITLE]}
    parameters: dict[str, Any] = {"chat_id": address.chat_id}
    keyboard = _render_keyboard(reply, languages)
    if keyboard:
        parameters["reply_markup"] = keyboard
    if reply.document is not None or reply.picture is not None or reply.carries is not None:
        return _render_file(reply, address, parameters)
    if reply.html:
        parameters |= {"text": reply.html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if reply.replaces is None:
        return "sendMessage", _with_place(parameters, reply, address)
    parameters["message_id"] = reply.replaces
    return ("editMessageText" if reply.html else "editMessageReplyMarkup"), parameters


def _render_file(reply: Reply, address: Address, parameters: dict[str, Any]) -> Call:
    """The method that sends a file, with the text as its caption; of one that is there already only that changes."""
    parameters |= {"caption": reply.html, "parse_mode": "HTML"}
    if reply.replaces is not None:
        return "editMessageCaption", parameters | {"message_id": reply.replaces}
    kind, file = _find_file(reply)
    return f"send{kind.value.capitalize()}", _with_place(parameters | {kind.value: file}, reply, address)


def _find_file(reply: Reply) -> tuple[Attachment, InputFile | str]:
    if reply.carries is not None:
        return reply.carries.attachment, reply.carries.file
    if reply.picture is not None:
        return Attachment.PHOTO, InputFile(reply.picture.content, "picture", attach=False)
    document = reply.document or Document("", b"")
    return Attachment.DOCUMENT, InputFile(document.content, document.name, attach=False)


def render_menu(commands: Iterable[tuple[str, str]], address: Address) -> Call:
    """The chat's own menu of commands (Bot API, "BotCommandScopeChat")."""
    shown = [{"command": name, "description": description} for name, description in commands]
    return "setMyCommands", {"commands": shown, "scope": {"type": "chat", "chat_id": address.chat_id}}


def _render_keyboard(reply: Reply, languages: Languages) -> dict[str, Any] | None:
    if reply.place_button is None:
        return render_buttons(reply.buttons, languages, reply.locale)
    if not reply.place_button:
        return {"remove_keyboard": True}
    return {"keyboard": [[{"text": reply.place_button, "request_location": True}]], "resize_keyboard": True}


def _render_offers(reply: Reply, address: Address) -> dict[str, Any]:
    """The answer to an inline query; the one button Telegram shows above the results leads to the private chat."""
    parameters: dict[str, Any] = {
        "inline_query_id": address.query_id,
        "results": [_render_offer(offer) for offer in reply.offers],
        "cache_time": CACHE_SECONDS,
        "is_personal": True,
    }
    if reply.html:
        parameters["button"] = {"text": unescape(reply.html), "start_parameter": "inline"}
    return parameters


def _render_offer(offer: Offer) -> dict[str, Any]:
    shared = {"message_text": offer.html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    rendered: dict[str, Any] = {
        "type": "article",
        "id": offer.id,
        "title": offer.title,
        "description": offer.description,
        "input_message_content": shared,
    }
    if offer.more.url:
        rendered["reply_markup"] = {"inline_keyboard": [[_render_button(offer.more)]]}
    return rendered


def _with_place(parameters: dict[str, Any], reply: Reply, address: Address) -> dict[str, Any]:
    thread = reply.thread or address.thread
    if thread:
        parameters["message_thread_id"] = thread
    if address.reply_to is not None:
        parameters["reply_parameters"] = {"message_id": address.reply_to, "allow_sending_without_reply": True}
    return parameters


def render_buttons(rows: Rows, languages: Languages, locale: str) -> dict[str, Any] | None:
    """The keyboard; Telegram lays a row out from left to right, so that for right-to-left languages it is reversed."""
    if not rows:
        return None
    mirrored = languages.is_rtl(locale)
    return {
        "inline_keyboard": [[_render_button(button) for button in (reversed(row) if mirrored else row)] for row in rows]
    }


def _render_button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.action}
