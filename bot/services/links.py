"""Links that open an answer in the chat with the bot (Bot API, "Deep linking")."""

import re
from urllib.parse import quote

from bot.messages import Button
from bot.services.app import App

# At most 64 characters of A-Z, a-z, 0-9, _ and -: an id, which has no underscore, and perhaps a language.
PAYLOAD = re.compile(r"([a-z0-9-]{1,40})(?:_([a-z]{2,3}))?")


def make_link(bot_name: str, entry_id: str, locale: str) -> str:
    """The address that opens an answer in the chat with the bot."""
    return f"https://t.me/{bot_name}?start={entry_id}_{locale}"


def read_payload(app: App, payload: str) -> tuple[str, str]:
    """What a link opens and its language; each empty where the link does not say, or says nothing that can be."""
    found = PAYLOAD.fullmatch(payload)
    if found is None:
        return "", ""
    return found[1], found[2] if found[2] in app.languages else ""


def share_row(app: App, linked_id: str, title: str, locale: str) -> tuple[Button, ...]:
    """A button that lets the person send the link of an answer or a form to somebody; none before the bot knows its
    name."""
    if not app.bot_name:
        return ()
    link = make_link(app.bot_name, linked_id, locale)
    address = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(title, safe='')}"
    return (Button(app.languages.say(locale, "share.button"), url=address),)
