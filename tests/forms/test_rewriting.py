"""ODK's dialect, and what it becomes; what it comes to is in the forms of `features`."""

import pytest

from bot.forms.rewriting import rewrite_expression
from bot.forms.scopes import Shape, Unsupported

SHAPE = Shape(
    {
        "": "",
        "/d": "",
        "/d/n": "int",
        "/d/t": "string",
        "/d/day": "date",
        "/d/r": "",
        "/d/r/x": "int",
        "/d/c": "string",
    },
    frozenset({"/d/r"}),
    frozenset({"/d/c"}),
    ("towns",),
    {"towns": frozenset({"name", "label"})},
)


@pytest.mark.parametrize(
    ("context", "text", "xpath"),
    [
        ("/d/n", "/d/t = ''", "(string(/d/t) = '')"),
        ("/d/n", ". > 5", "(. > 5)"),
        ("/d/t", "/d/day > today()", "(odk:number(/d/day) > odk:number($today))"),
        ("/d/t", "/d/day < '1970-01-11'", "(odk:number(/d/day) < 10.0)"),
        ("/d/t", "/d/c > 5", "(odk:number(/d/c) > 5)"),
        ("/d/t", "/d/n and /d/t", "(boolean(number(/d/n)) and boolean(string(/d/t)))"),
        ("/d/r/x", "position(..)", "(count(../preceding-sibling::r) + 1)"),
        ("/d/r/x", "/d/r/x + 1", "(../x + 1)"),
        ("/d/n", "indexed-repeat(/d/r/x, /d/r, 2)", "/d/r[(position() = 2)]/x"),
        ("/d/t", "current()/../n", "../n"),
        (
            "/d/t",
            "instance('towns')/root/item[name = /d/t]/label",
            "$list0/root/item[(string(name) = string($root/t))]/label",
        ),
        (
            "/d/t",
            "pulldata('towns', 'label', 'name', ../t)",
            "string($list0/root/item[(string(name) = string($current/../t))]/label)",
        ),
        ("/d/t", "once(random())", "odk:coalesce(string(.), odk:random($seed, '/d/t#1'))"),
    ],
)
def test_what_is_rewritten(context: str, text: str, xpath: str) -> None:
    assert rewrite_expression(text, context, SHAPE).expression.xpath == xpath


@pytest.mark.parametrize(
    ("text", "reads", "everything"),
    [
        ("/d/n + ../t", {"/d/n", "/d/t"}, False),
        ("sum(/d/r/x)", {"/d/r/x"}, False),
        (". > 1", set(), False),
        ("instance('towns')/root/item[name = ../t]", set(), False),
        ("instance('towns')/root/item[name = current()/../t]", {"/d/t"}, False),
        ("count(/d/*)", set(), True),
        ("count(//x)", set(), True),
    ],
)
def test_what_an_expression_reads(text: str, reads: set[str], everything: bool) -> None:
    found = rewrite_expression(text, "/d/n", SHAPE)
    assert (set(found.reads), found.everything) == (reads, everything)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing(1)", "form-function"),
        ("round()", "form-arguments"),
        ("position(1)", "form-arguments"),
        ("/d/none", "form-path"),
        ("../../none", "form-path"),
        ("instance('none')", "form-list"),
        ("pulldata('towns', 'x', 'name', 1)", "form-column"),
        ("pulldata('towns', ../t, 'name', 1)", "form-arguments"),
        ("indexed-repeat(/d/r/x, /d, 1)", "form-arguments"),
        ("jr:choice-name('a', '/d/t')", "form-arguments"),
        ("1 +", "form-xpath"),
    ],
)
def test_what_cannot_be_done_is_named(text: str, code: str) -> None:
    with pytest.raises(Unsupported) as caught:
        rewrite_expression(text, "/d/n", SHAPE)
    assert caught.value.problem.code == code
