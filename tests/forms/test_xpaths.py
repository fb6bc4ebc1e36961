"""XPath is read into a tree and written out again, and nothing else is taken for it."""

import pytest
from lxml import etree

from bot.forms.xpath_tokens import NotXPath
from bot.forms.xpaths import parse_xpath

GOOD = [
    "1 + 2 * 3",
    "(1 + 2) * 3",
    "8 div 2 mod 3",
    "- 3 - - 2",
    "a div b",
    "div div div",
    "../a/b",
    "/data/*[. = 'x']",
    "/data/r[position() > 1][n]/n",
    "//n",
    "/data//n",
    "count(//*) > 2 and not(false()) or 1 != 2",
    "/data/a | /data/b",
    "(/data/r)[2]/n",
    "self::node()",
    "preceding-sibling::r",
    "@id",
    "concat(\"it's\", '\"')",
    ".5 + 5.",
    "/",
    "string-length(normalize-space(.)) < 5",
    "/data/r/n[text()]",
]
BAD = [
    "",
    "1 +",
    "(1",
    "a b",
    "if(1,2",
    "[1]",
    "a[",
    "'open",
    "a::",
    "#",
    "1 = = 2",
    "f(,)",
    "$x",
    "(" * 500 + "1" + ")" * 500,
]

DOCUMENT = etree.fromstring("<data><a id='7'>1</a><b>2</b><r><n>3</n></r><r><n>4</n></r><div>8</div></data>")


@pytest.mark.parametrize("text", GOOD)
def test_what_is_written_out_means_the_same(text: str) -> None:
    written = str(parse_xpath(text))
    node = DOCUMENT[0]
    assert repr(node.xpath(written)) == repr(node.xpath(text))
    assert str(parse_xpath(written)) == written


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_xpath_is_refused(text: str) -> None:
    with pytest.raises(NotXPath):
        parse_xpath(text)
