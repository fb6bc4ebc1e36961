"""A `Reply` as Telegram wants it."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.languages import Languages
from bot.messages import Button, Rows


def render_buttons(rows: Rows, languages: Languages, locale: str) -> InlineKeyboardMarkup | None:
    """The keyboard; Telegram lays a row out from left to right, so that for right-to-left languages it is reversed."""
    if not rows:
        return None
    mirrored = languages.is_rtl(locale)
    return InlineKeyboardMarkup(
        [[_render_button(button) for button in (reversed(row) if mirrored else row)] for row in rows]
    )


def _render_button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.action)
