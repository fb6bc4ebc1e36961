"""The tags of Telegram's HTML, their attributes, and which may stand in which (Bot API, "HTML style")."""

import re
from collections.abc import Mapping

from bot.simulator.refusals import Refusal, refuse_strictly

TAGS: Mapping[str, str] = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));")

_ATTRIBUTES = {"a": "href", "tg-emoji": "emoji-id", "span": "class", "code": "class", "blockquote": "expandable"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# Kinds that hold no other of this set; bold, italic, underline, strikethrough and spoiler go anywhere but into code.
_ALONE = frozenset({"text_link", "custom_emoji", "code", "pre"})
_CODE = frozenset({"code", "pre"})

_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"([^\s=>]*)\s*(=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]*)))?")


def may_hold(outer: str, inner: str) -> bool:
    """Whether an entity of one kind may contain one of another."""
    if outer in _CODE:
        return False
    if outer == "blockquote":
        return inner != "blockquote"
    return outer not in _ALONE or inner not in _ALONE | {"blockquote"}


def decode_reference(reference: re.Match[str]) -> str:
    """The character of a `REFERENCE`. Raises `Refusal` for a number that is none."""
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        where = name_place(reference.string, reference.start())
        raise refuse_strictly(f"can't parse entities: {reference[0]} is no character{where}")
    return chr(code)


def read_attribute(tag: str, source: str, begin: int, at: int) -> tuple[str, int]:
    """The value of the one attribute a tag may have, and where the text goes on behind its `>`.

    The tag begins at `begin`, its attributes at `at`. Raises `Refusal`.
    """
    argument = ""
    place = name_place(source, begin)
    while True:
        at = _skip_space(source, at)
        if at >= len(source):
            raise Refusal(f"can't parse entities: Unclosed start tag{place}")
        if source[at] == ">":
            break
        found = _ATTRIBUTE.match(source, at)
        if found is None or not found[1]:
            raise Refusal(f'can\'t parse entities: Empty attribute name in the tag "{tag}"{place}')
        argument, at = _read_value(tag, found, place), found.end()
    if tag == "span" and argument != "tg-spoiler":
        raise Refusal(f'can\'t parse entities: Tag "span" must have class "tg-spoiler"{place}')
    return argument, at + 1


def name_place(source: str, at: int) -> str:
    """Where a mistake is, in Telegram's words."""
    return f" at byte offset {len(source[:at].encode())}"


def _read_value(tag: str, found: re.Match[str], place: str) -> str:
    name = found[1]
    if _ATTRIBUTES.get(tag) != name:
        raise refuse_strictly(f'can\'t parse entities: the tag "{tag}" has no attribute "{name}"{place}')
    if name == "expandable":
        return name
    if found[2] is None:
        text = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
        raise Refusal(f"can't parse entities: {text}{place}")
    if found[5] is not None:
        return _read_bare(found)
    return REFERENCE.sub(decode_reference, found[3] if found[3] is not None else found[4])


def _read_bare(found: re.Match[str]) -> str:
    """A value without quotes: letters, digits, dots and hyphens, in any case."""
    if found.string[found.end() : found.end() + 1] not in {"", " ", "\t", "\n", ">"}:
        where = name_place(found.string, found.start(5))
        raise Refusal(f"can't parse entities: Unexpected end of name token{where}")
    return found[5].lower()


def _skip_space(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at
