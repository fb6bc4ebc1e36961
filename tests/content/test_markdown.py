"""Markdown becomes the HTML Telegram shows, and nothing else."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.markdown import Place, render_markdown
from bot.content.problems import Problem

PLACE = Place("entries/e.md", 1)
TAGS = {"b", "i", "s", "a", "code", "pre", "blockquote"}


def render(text: str, problems: list[Problem] | None = None) -> str:
    return render_markdown(text, PLACE, str, [] if problems is None else problems)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("**bold** *it* ~~gone~~", "<b>bold</b> <i>it</i> <s>gone</s>"),
        ("a & b < c", "a &amp; b &lt; c"),
        ("- one\n- two", "• one\n• two"),
        ("3. one\n4. two", "3. one\n4. two"),
        ("- one\n  - in\n- two\n\nend", "• one\n\u2003• in\n• two\n\nend"),
        ("> quoted", "<blockquote>quoted</blockquote>"),
        ("[a & b](https://un.org/?a=1&b=2)", '<a href="https://un.org/?a=1&amp;b=2">a &amp; b</a>'),
        ("`x<y`", "<code>x&lt;y</code>"),
    ],
)
def test_markdown_becomes_telegram_html(markdown: str, html: str) -> None:
    assert render(markdown) == html


@pytest.mark.parametrize(
    "markdown", ["# Title", "a | b\n--|--\n1 | 2", "---", "<b>x</b>", "x <i>y</i>", "![x](https://un.org/x.png)"]
)
def test_what_telegram_cannot_show_is_a_problem(markdown: str) -> None:
    problems: list[Problem] = []
    render(markdown, problems)
    assert {one.code for one in problems} == {"markdown"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        assert tag in TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet=st.sampled_from("ab*_~`<>&[]()!#-1.>\n \"'=:/سلام"), max_size=120))
def test_any_text_gives_balanced_and_escaped_html(text: str) -> None:
    html = render(text)
    parser = _Balance()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#)", html)
