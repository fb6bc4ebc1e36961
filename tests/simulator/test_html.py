"""Texts Telegram's server would parse, and its words about those it would not."""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.html import parse_html, utf16_length
from bot.simulator.refusals import STRICTER, Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b>", "bold", [{"type": "bold", "offset": 0, "length": 4}]),
        ("<STRONG>bold</strong>", "bold", [{"type": "bold", "offset": 0, "length": 4}]),
        ("<i>a</><em>b</em>", "ab", [{"type": "italic", "offset": n, "length": 1} for n in (0, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [{"type": "underline", "offset": n, "length": 1} for n in (0, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [{"type": "strikethrough", "offset": n, "length": 1} for n in (0, 1, 2)],
        ),
        (
            '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
            "ab",
            [{"type": "spoiler", "offset": n, "length": 1} for n in (0, 1)],
        ),
        ("<b></b>x", "x", []),
        ("&lt;&gt;&amp;&quot;&#65;&#x42;", '<>&"AB', []),
        ("🌍<b>é</b>", "🌍é", [{"type": "bold", "offset": 2, "length": 1}]),
        ("&#128512;<b>a</b>", "😀a", [{"type": "bold", "offset": 2, "length": 1}]),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://example.org/?a=1&b=2"}],
        ),
        (
            "<a href='tg://user?id=5'>x</a>",
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "tg://user?id=5"}],
        ),
        (
            "<a>https://example.org</a>",
            "https://example.org",
            [{"type": "text_link", "offset": 0, "length": 19, "url": "https://example.org"}],
        ),
        (
            '<tg-emoji emoji-id="7">👍</tg-emoji>',
            "👍",
            [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "7"}],
        ),
        ("<pre>x</pre>", "x", [{"type": "pre", "offset": 0, "length": 1}]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
        ),
        ('<code class="language-python">x</code>', "x", [{"type": "code", "offset": 0, "length": 1}]),
        ("<blockquote>x</blockquote>", "x", [{"type": "blockquote", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
    ],
)
def test_parses_what_telegram_parses(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("é <P>x</P>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2 and 3 > 2", 'Unsupported start tag "" at byte offset 2'),
        ("x<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a <a href=", "Unclosed start tag at byte offset 2"),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=https://x.org>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_refuses_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert str(refused.value) == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    "source",
    [
        "fish & chips",
        "&nbsp;",
        "&#0;",
        "&#xD83D;",
        "2 > 1",
        '<b class="x">y</b>',
        '<a hreff="https://example.org">x</a>',
        '<a href="nowhere">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        "<code><b>x</b></code>",
        "<pre>a <i>x</i></pre>",
        "<blockquote><blockquote>x</blockquote></blockquote>",
        '<a href="https://a.org"><a href="https://b.org">x</a></a>',
        '<a href="https://a.org"><code>x</code></a>',
    ],
)
def test_is_stricter_where_telegram_shows_what_was_not_meant(source: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert str(refused.value).endswith(STRICTER)


SOURCES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: (escape(text), text)),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "s", "tg-spoiler"]), st.lists(inner, min_size=1)).map(
        lambda node: (
            f"<{node[0]}>{''.join(html for html, _ in node[1])}</{node[0]}>",
            "".join(text for _, text in node[1]),
        )
    ),
)


@given(SOURCES)
def test_text_survives_and_entities_stay_inside_it(pair: tuple[str, str]) -> None:
    html, text = pair
    found = parse_html(html)
    assert found.text == text
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(text) for one in found.entities)


@given(st.text(st.sampled_from("<>/&;=\"' abiprecodexspan#1x\n")))
def test_anything_is_parsed_or_refused(source: str) -> None:
    with suppress(Refusal):
        parse_html(source)
