"""Links that open an answer in the chat with the bot (Bot API, "Deep linking")."""

import re
from urllib.parse import quote

from bot.content.library import Entry
from bot.messages import Button
from bot.services.app import App

# At most 64 characters of A-Z, a-z, 0-9, _ and -: an id, which has no underscore, and perhaps a language.
PAYLOAD = re.compile(r"([a-z0-9-]{1,40})(?:_([a-z]{2,3}))?")


def make_link(bot_name: str, entry_id: str, locale: str) -> str:
    """The address that opens an answer in the chat with the bot."""
    return f"https://t.me/{bot_name}?start={entry_id}_{locale}"


def read_payload(app: App, payload: str) -> tuple[Entry, str] | None:
    """The entry a link opens and its language, empty where the link does not say; None where it opens none."""
    found = PAYLOAD.fullmatch(payload)
    entry = app.library.entry(found[1]) if found else None
    if found is None or entry is None or not entry.is_valid_on(app.today()):
        return None
    return entry, found[2] if found[2] in app.languages else ""


def share_button(app: App, entry: Entry, locale: str) -> Button:
    """A button that lets the person send the answer's link to somebody."""
    link = make_link(app.bot_name, entry.id, locale)
    address = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(entry.title(locale), safe='')}"
    return Button(app.languages.say(locale, "share.button"), url=address)
