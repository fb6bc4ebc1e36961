"""Markdown as staff write it → the small HTML that Telegram shows (Bot API, "HTML style")."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.content.problems import Problem

PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])

INLINE: Mapping[str, str] = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "s_open": "<s>",
    "s_close": "</s>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "\n",
}
REFUSED: Mapping[str, str] = {
    "heading_open": "a heading",
    "table_open": "a table",
    "hr": "a line across",
    "html_block": "HTML tags",
    "html_inline": "HTML tags",
    "image": "a picture inside the text",
}
PLACEHOLDER_HOSTS = ("example.com", "example.org", "example.net")

Isolate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: its file and the line it begins on."""

    file: str
    line: int


def render_markdown(text: str, place: Place, isolate: Isolate, problems: list[Problem]) -> str:
    """The HTML of a text; `isolate` is applied to every run of plain text. Problems name the line."""
    renderer = _Renderer(place, isolate, problems)
    for token in PARSER.parse(text):
        renderer.take(token)
    return renderer.html()


def check_link(url: str, place: Place, problems: list[Problem]) -> None:
    """Note a link that cannot work, or looks as if it led nowhere. Nothing is fetched."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in {"https", "http"} or "." not in host or " " in url or _is_private(host):
        problems.append(Problem(place.file, place.line, "link-bad", url))
    elif host.endswith(PLACEHOLDER_HOSTS) or "…" in url or "..." in url or url.count("(") != url.count(")"):
        problems.append(Problem(place.file, place.line, "link-doubtful", url))


class _Renderer:
    """Walks markdown-it's tokens; lists keep their counters and quotes their place on stacks."""

    def __init__(self, place: Place, isolate: Isolate, problems: list[Problem]) -> None:
        self._place = place
        self._isolate = isolate
        self._problems = problems
        self._parts: list[str] = []
        self._counters: list[int | None] = []

    def html(self) -> str:
        text = "".join(self._parts).strip()
        for before, after in (("\n</blockquote>", "</blockquote>"), ("<blockquote>\n", "<blockquote>")):
            while before in text:
                text = text.replace(before, after)
        return text

    def take(self, token: Token) -> None:
        place = Place(self._place.file, self._place.line + (token.map[0] if token.map else 0))
        if token.type in REFUSED:
            self._problems.append(Problem(place.file, place.line, "markdown", REFUSED[token.type]))
        elif token.type == "inline":
            for child in token.children or []:
                self._take_inline(child, place)
        else:
            self._take_block(token)

    def _take_block(self, token: Token) -> None:
        match token.type:
            case "paragraph_close":
                self._parts.append("\n" if token.hidden or self._counters else "\n\n")
            case "bullet_list_open":
                self._counters.append(None)
            case "ordered_list_open":
                self._counters.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._counters.pop()
                self._parts.append("" if self._counters else "\n")
            case "list_item_open":
                self._parts.append(self._mark())
            case "blockquote_open":
                self._parts.append("<blockquote>")
            case "blockquote_close":
                self._parts.append("</blockquote>\n\n")
            case "fence" | "code_block":
                self._parts.append(f"<pre>{escape(token.content.rstrip(), quote=False)}</pre>\n\n")

    def _mark(self) -> str:
        indent = "\u2003" * (len(self._counters) - 1)
        counter = self._counters[-1]
        if counter is None:
            return f"{indent}• "
        self._counters[-1] = counter + 1
        return f"{indent}{counter}. "

    def _take_inline(self, token: Token, place: Place) -> None:
        if token.type in REFUSED:
            self._problems.append(Problem(place.file, place.line, "markdown", REFUSED[token.type]))
        elif token.type == "text":
            self._parts.append(escape(self._isolate(token.content), quote=False))
        elif token.type == "code_inline":
            self._parts.append(f"<code>{escape(token.content, quote=False)}</code>")
        elif token.type == "link_open":
            url = str(token.attrs.get("href", ""))
            check_link(url, place, self._problems)
            self._parts.append(f'<a href="{escape(url)}">')
        else:
            self._parts.append(INLINE.get(token.type, ""))


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
