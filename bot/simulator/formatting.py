"""The text of a message as it is kept: parsed, cleaned, trimmed and measured."""

from typing import NamedTuple

from bot.simulator.chats import Json
from bot.simulator.entities import add_found, clean_text, is_visible, trim
from bot.simulator.html import Formatted, parse_html, utf16_length
from bot.simulator.refusals import (
    CAPTION_TOO_LONG,
    PARSE_MODE_UNKNOWN,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    Refusal,
    refuse_strictly,
)

TEXT_MOST = 4096
CAPTION_MOST = 1024
# The kinds of entity a bot may give itself, with the field each needs.
_GIVEN = {
    **dict.fromkeys(("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"), ""),
    **dict.fromkeys(("blockquote", "expandable_blockquote"), ""),
    "text_link": "url",
    "custom_emoji": "custom_emoji_id",
}


class Written(NamedTuple):
    """A text with its entities and the HTML it was written as, empty where it was not HTML."""

    text: str
    entities: list[Json]
    html: str


def read_text(values: Json) -> Written:
    """The `text` of a message: 1 to 4096 characters after parsing. Raises `Refusal`."""
    written = _read(values, "text", "entities")
    if not is_visible(written.text):
        raise Refusal(TEXT_EMPTY)
    if len(written.text) > TEXT_MOST:
        raise Refusal(TEXT_TOO_LONG)
    return written


def read_caption(values: Json) -> Written:
    """The `caption` of a file: up to 1024 characters after parsing. Raises `Refusal`."""
    written = _read(values, "caption", "caption_entities")
    if len(written.text) > CAPTION_MOST:
        raise Refusal(CAPTION_TOO_LONG)
    return written


def _read(values: Json, name: str, entities_name: str) -> Written:
    source = clean_text(values.get(name, ""))
    mode = values.get("parse_mode", "").lower()
    if mode == "html":
        parsed = parse_html(source)
    elif mode in {"markdown", "markdownv2"}:
        raise refuse_strictly("the simulator knows parse_mode HTML only")
    elif mode:
        raise Refusal(PARSE_MODE_UNKNOWN)
    else:
        parsed = Formatted(source, [_check(entity, source) for entity in values.get(entities_name, ())])
    return Written(*add_found(trim(parsed)), source.strip() if mode else "")


def _check(entity: object, text: str) -> Json:
    if not isinstance(entity, dict) or entity.get("type") not in _GIVEN:
        raise refuse_strictly(f"can't parse MessageEntity: the simulator does not know {entity!r}")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise Refusal("can't parse MessageEntity: offset and length expected")
    if offset + length > utf16_length(text):
        raise refuse_strictly("an entity ends behind the text")
    if (needed := _GIVEN[entity["type"]]) and needed not in entity:
        raise Refusal(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    return entity
