"""A `Reply` as a call of the Bot API: the method and its parameters, as the Bot API page names them."""

from typing import Any

from telegram import InputFile

from bot.languages import Languages
from bot.messages import Button, Reply, Rows
from bot.telegram.updates import Address

Call = tuple[str, dict[str, Any]]


def render_reply(reply: Reply, address: Address, languages: Languages) -> Call:
    """sendMessage or sendDocument, or for a reply that replaces a message editMessageText or editMessageReplyMarkup."""
    parameters: dict[str, Any] = {"chat_id": address.chat_id}
    keyboard = render_buttons(reply.buttons, languages, reply.locale)
    if keyboard:
        parameters["reply_markup"] = keyboard
    if reply.document is not None:
        file = InputFile(reply.document.content, reply.document.name, attach=False)
        parameters |= {"document": file, "caption": reply.html, "parse_mode": "HTML"}
        return "sendDocument", _with_reply_to(parameters, address)
    if reply.html:
        parameters |= {"text": reply.html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if reply.replaces is None:
        return "sendMessage", _with_reply_to(parameters, address)
    parameters["message_id"] = reply.replaces
    return ("editMessageText" if reply.html else "editMessageReplyMarkup"), parameters


def _with_reply_to(parameters: dict[str, Any], address: Address) -> dict[str, Any]:
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
