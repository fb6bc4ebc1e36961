"""The words of a form, for places that show no HTML or little of it."""

from html import unescape

from bot.forms import Form

LABEL_LENGTH = 60


def title(form: Form, locale: str) -> str:
    return next((form.titles[one] for one in (locale, "en", "", *form.titles) if form.titles.get(one)), form.id)


def cut(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"


def plain(html: str) -> str:
    """A label without tags, for a button."""
    text, inside = "", False
    for char in html:
        inside = char == "<" or (inside and char != ">")
        text += "" if inside or char == ">" else char
    return unescape(text).strip()
