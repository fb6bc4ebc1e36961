"""The HTML of `parse_mode=HTML` (Bot API, "Formatting options"), read as Telegram's server reads it.

Stricter than Telegram in four things, which it lets pass but shows otherwise than was meant: `<`, `>` and `&` must be
escaped wherever they stand for themselves, attributes must be known, links must be links, and entities may be inside
each other only as the page says.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from bot.simulator.chats import Json
from bot.simulator.links import find_url_fault
from bot.simulator.refusals import Refusal, refuse_strictly
from bot.simulator.tags import REFERENCE, TAGS, decode_reference, may_hold, name_place, read_attribute

_PLAIN = re.compile(r"[^<>&]+")
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*")


class Formatted(NamedTuple):
    """Plain text and its `MessageEntity` list; offsets and lengths count UTF-16 code units."""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> Formatted:
    """The text and entities of HTML. Raises `Refusal` in Telegram's words where it cannot be parsed."""
    if _PLAIN.fullmatch(source):
        return Formatted(source, [])
    return _Reader(source).read()


@dataclass(slots=True)
class _Open:
    """A tag not closed yet; `argument` is the value of its attribute."""

    tag: str
    argument: str
    offset: int
    parts: int  # how many parts of the text stood before it

    @property
    def kind(self) -> str:
        return TAGS[self.tag]


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    length: int = 0  # of the text so far, in UTF-16 code units
    parts: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> Formatted:
        source = self.source
        while self.at < len(source):
            if plain := _PLAIN.match(source, self.at):
                self._add(plain[0], plain.end())
            elif source.startswith("</", self.at):
                self._read_end()
            elif source[self.at] == "<":
                self._read_start()
            else:
                self._read_reference()
        if self.open:
            raise Refusal(f"can't parse entities: Can't find end tag corresponding to start tag {self.open[-1].tag}")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), self.entities)

    def _add(self, text: str, end: int) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)
        self.at = end

    def _read_reference(self) -> None:
        found = REFERENCE.match(self.source, self.at)
        if found is None:
            shown = self.source[self.at : self.at + 10]
            raise refuse_strictly(f'can\'t parse entities: "{shown}" begins with an unescaped sign{self._where()}')
        self._add(decode_reference(found), found.end())

    def _read_start(self) -> None:
        begin = self.at
        found = _START.match(self.source, begin)
        if found is None or found.end() == len(self.source):
            self._fail("Unclosed start tag")
        tag = found[1].lower()
        if tag not in TAGS:
            self._fail(f'Unsupported start tag "{tag}"')
        argument, self.at = read_attribute(tag, self.source, begin, found.end())
        self._check_nesting(tag, begin)
        self.open.append(_Open(tag, argument, self.length, len(self.parts)))

    def _check_nesting(self, tag: str, begin: int) -> None:
        kind = TAGS[tag]
        around = [opened.kind for opened in self.open]
        if around == ["pre"] and tag == "code":
            return  # a code block with its language
        outer = next((outer for outer in around if not may_hold(outer, kind)), None)
        if outer is not None:
            text = f"can't parse entities: {kind} cannot be inside {outer}"
            raise refuse_strictly(text + self._where(begin))

    def _read_end(self) -> None:
        begin = self.at
        if not self.open:
            self._fail("Unexpected end tag")
        found = _END.match(self.source, begin)
        if found is None or self.source[found.end() : found.end() + 1] != ">":
            self._fail("Unclosed end tag")
        tag, given = self.open[-1].tag, found[1].lower()
        if given not in {"", tag}:
            where = self._where(begin)
            raise Refusal(f'can\'t parse entities: Unmatched end tag{where}, expected "</{tag}>", found "</{given}>"')
        self.at = found.end() + 1
        self._close(self.open.pop())

    def _close(self, tag: _Open) -> None:
        length = self.length - tag.offset
        if not length:
            return
        entity: Json = {"type": tag.kind, "offset": tag.offset, "length": length, **self._describe(tag)}
        last = self.entities[-1] if self.entities else entity
        if tag.kind == "pre" and last["type"] == "code" and last["offset"] >= tag.offset:
            inner = self.entities.pop()
            if inner["length"] == length and "language" in inner:
                entity["language"] = inner["language"]
        self.entities.append(entity)

    def _describe(self, tag: _Open) -> Json:
        """The fields an entity of this kind has beside type, offset and length."""
        if tag.kind == "text_link":
            return {"url": self._checked_url(tag.argument or "".join(self.parts[tag.parts :]))}
        if tag.kind == "custom_emoji":
            if not tag.argument.isdigit():
                raise Refusal("can't parse entities: Invalid custom emoji identifier specified")
            return {"custom_emoji_id": tag.argument}
        if tag.kind == "blockquote" and tag.argument:
            return {"type": "expandable_blockquote"}
        if tag.kind == "code" and tag.argument.startswith("language-") and self.open and self.open[-1].kind == "pre":
            return {"language": tag.argument.removeprefix("language-")}
        return {}

    def _checked_url(self, url: str) -> str:
        if fault := find_url_fault(url):
            raise refuse_strictly(f'can\'t parse entities: the link "{url}" is none: {fault}')
        return url

    def _fail(self, text: str) -> NoReturn:
        raise Refusal(f"can't parse entities: {text}{self._where()}")

    def _where(self, begin: int | None = None) -> str:
        return name_place(self.source, self.at if begin is None else begin)
