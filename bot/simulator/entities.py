"""What Telegram does with every text: it cleans and trims it, and finds commands, mentions and addresses in it."""

import re

from bot.simulator.chats import Json
from bot.simulator.html import Formatted, utf16_length

# Control characters, and the marks that embed or override a direction (U+202A to U+202E), which Telegram removes; the
# isolates (U+2066 to U+2069) stay.
_REMOVED = re.compile("[\r\u2028-\u202e]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = " \t\n\v\f\r"
_INVISIBLE = _SPACES + "\u00a0\u115f\u1160\u180e\u2000-\u200f\u2060-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
_VISIBLE = re.compile(f"[^{_INVISIBLE}]")

_DOMAINS = "com|org|net|int|info|io|eu|app|dev|me|ar|dz|eg|fr|iq|jo|lb|ly|ma|mr|ps|sa|sd|sy|tn|uk|ye"
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"«»\u2066-\u2069]+"
    rf"|(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:{_DOMAINS})(?![\w@.-]*@)\b(?:/[^\s<>\"«»\u2066-\u2069]*)?)"
    r"|(?P<email>(?<![\w.])[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)
_HINT = re.compile("[@/#.]")
_OPAQUE = frozenset({"code", "pre", "text_link", "custom_emoji"})


def clean_text(text: str) -> str:
    """The text without the characters Telegram removes."""
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", _REMOVED.sub("", text))


def is_visible(text: str) -> bool:
    """Whether Telegram sees anything in it."""
    return _VISIBLE.search(text) is not None


def trim(formatted: Formatted) -> Formatted:
    """Without white space around it; entities are moved and cut accordingly."""
    text = formatted.text.strip(_SPACES)
    if len(text) == len(formatted.text):
        return formatted
    skipped = len(formatted.text) - len(formatted.text.lstrip(_SPACES))
    end = utf16_length(text)
    moved = []
    for entity in formatted.entities:
        begin = max(entity["offset"] - skipped, 0)
        length = min(entity["offset"] + entity["length"] - skipped, end) - begin
        if length > 0:
            moved.append(entity | {"offset": begin, "length": length})
    return Formatted(text, moved)


def add_found(formatted: Formatted) -> Formatted:
    """With the entities Telegram finds by itself: addresses, mentions, commands, hashtags."""
    text, entities = formatted
    if not _HINT.search(text):
        return formatted
    opaque = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] in _OPAQUE]
    found = [_entity(text, match) for match in _FOUND.finditer(text)]
    free = [one for one in found if not any(begin <= one["offset"] < end for begin, end in opaque)]
    if not free:
        return formatted
    return Formatted(text, sorted([*entities, *free], key=lambda one: (one["offset"], -one["length"])))


def _entity(text: str, match: re.Match[str]) -> Json:
    found = match[0].rstrip(".,;:!?)'\"،؛؟") if match.lastgroup == "url" else match[0]
    return {"type": match.lastgroup, "offset": utf16_length(text[: match.start()]), "length": utf16_length(found)}
