"""Inline mode: answers to share in other chats."""

import re
from html import unescape

from bot.content.library import Entry
from bot.messages import Button, Offer, Reply, Searched
from bot.services.answers import answer, find_entries
from bot.services.app import App
from bot.services.asking import Asking, Response
from bot.services.links import make_link

MOST_OFFERS = 8
DESCRIPTION_LENGTH = 120
TAG = re.compile(r"<[^>]*>")
# Every space but the one that no line breaks at.
SPACES = re.compile(r"[^\S\u00a0]+")


def offer_answers(app: App, asking: Asking, searched: Searched) -> Response:
    """Answers to share in another chat, in the language of the words, or of the person where there are none."""
    locale = asking.locale or "en"
    if searched.text.strip():
        found = find_entries(app, searched.text, asking.locale)
        locale, entries = found.locale, found.entries
    else:
        firsts = (app.library.entries_of(topic.id)[:1] for topic in app.library.topics)
        entries = tuple(entry for first in firsts for entry in first)
    offers = tuple(_offer(app, entry, locale) for entry in entries[:MOST_OFFERS] if entry.is_valid_on(app.today()))
    return Response((Reply(app.languages.say(locale, "inline.private"), locale, offers=offers),))


def _offer(app: App, entry: Entry, locale: str) -> Offer:
    reply = answer(app, entry, locale)
    plain = SPACES.sub(" ", unescape(TAG.sub("", entry.text(locale).html))).strip()
    more = Button(app.languages.say(locale, "inline.more"), url=make_link(app.bot_name, entry.id, locale))
    return Offer(entry.id, entry.title(locale), plain[:DESCRIPTION_LENGTH], reply.html, more)
