"""From a file to a form: every door leads to the same form, and no file does harm."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms import FormProblem, Limits, Source, read_form
from bot.forms.locales import find_locale
from bot.forms.model import Question
from tests.content.form_cases import BOMB, GOOD, SHEET, repack, workbook
from tests.forms.scripts import FILES

ROWS = [["type", "name", "label", "relevant"], ["integer", "age", "Age", ""], ["text", "job", "Job", "${age} > 14"]]


def codes(source: Source, limits: Limits | None = None) -> list[str]:
    return [problem.code for problem in read_form(source, limits=limits)[1]]


def as_markdown(rows: list[list[str]]) -> bytes:
    return "\n".join(["| survey |", *(f"| | {' | '.join(row)} |" for row in rows)]).encode()


def as_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(["survey,,,,", *("," + ",".join(row) for row in rows)]).encode()


def test_all_kinds_of_files_give_the_same_form() -> None:
    sources = [
        Source(as_markdown(ROWS), ".md", "visit"),
        Source(as_csv(ROWS), ".csv", "visit"),
        Source(workbook(ROWS), ".xlsx", "visit"),
    ]
    found = [read_form(source)[0] for source in sources]
    assert all(form is not None for form in found)
    assert len({form.fingerprint for form in found if form is not None}) == 1


def test_apostrophes_stay_as_they_were_typed() -> None:
    """pyxform makes all quotes straight."""
    rows = [["type", "name", "label::French (fr)"], ["text", "name", "Comment s’appelle-t-il ? Dites « l’État », '5'"]]
    form, _ = read_form(Source(as_markdown(rows), ".md", "visit", locales=("fr",)))
    assert form is not None
    assert form.questions[0].texts["label"]["fr"] == ("Comment s’appelle-t-il ? Dites « l’État », '5'",)


def test_a_form_knows_when_it_changed() -> None:
    one, _ = read_form(Source(as_markdown(ROWS), ".md", "visit"))
    other, _ = read_form(Source(as_markdown([*ROWS, ["text", "more", "More", ""]]), ".md", "visit"))
    assert one is not None
    assert other is not None
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == type(one).from_json(one.to_json()).fingerprint


@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        (b"", ".md", "form-unreadable"),
        (b"", ".xlsx", "form-unreadable"),
        (b"PK\x03\x04 and then nothing", ".xlsx", "form-unreadable"),
        (b"\xff\xfe\x00", ".csv", "form-unreadable"),
        (b"no table at all", ".md", "form-unreadable"),
        (b"| survey |\n| | type | name |\n", ".md", "form-empty"),
        (b"| survey |\n| | type | name | label |\n| | tekst | a | A |\n", ".md", "form-pyxform"),
        (b"| survey |\n| | type | name | label |\n| | text | 1a | A |\n", ".md", "form-pyxform"),
        (b"| survey |\n| | type | name | label |\n| | text | a | ${b} |\n", ".md", "form-pyxform"),
        (b"| survey |\n| | type | name | label |\n| | begin group | a | A |\n", ".md", "form-pyxform"),
        (b"| survey |\n| | type | name | label |\n| | select_one c | a | A |\n", ".md", "form-pyxform"),
        (repack(GOOD, SHEET, BOMB), ".xlsx", "form-entities"),
        (repack(GOOD, SHEET, BOMB.decode().encode("utf-16")), ".xlsx", "form-entities"),
        (repack(GOOD, SHEET, b"<broken"), ".xlsx", "form-unreadable"),
        (repack(GOOD, "xl/workbook.xml", b""), ".xlsx", "form-unreadable"),
    ],
)
def test_broken_files_are_problems_not_surprises(content: bytes, suffix: str, code: str) -> None:
    assert code in codes(Source(content, suffix, "visit"))


def test_a_zip_bomb_is_not_unpacked() -> None:
    assert codes(Source(repack(GOOD, SHEET, b" " * 2_000_000), ".xlsx", "v"), Limits(unpacked_bytes=1_000_000)) == [
        "form-archive"
    ]


def test_an_archive_of_very_many_files_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(600):
            archive.writestr(f"{number}", b"")
    assert codes(Source(stream.getvalue(), ".xlsx", "v")) == ["form-archive"]


def test_links_to_other_workbooks_are_not_followed() -> None:
    link = b'<externalLink xmlns="x"><externalBook r:id="rId1" xmlns:r="y"/></externalLink>'
    stream = BytesIO(workbook(ROWS))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", link)
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", b'<Relationships xmlns="z"/>')
    assert codes(Source(stream.getvalue(), ".xlsx", "v")) == []


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=10), "form-size"),
        (Limits(rows=1), "form-rows"),
        (Limits(cell_length=3), "form-cell"),
        (Limits(questions=2), "form-questions"),
        (Limits(expression_length=5), "form-long"),
    ],
)
def test_limits_are_options(limits: Limits, code: str) -> None:
    assert code in codes(Source(as_markdown(ROWS), ".md", "v"), limits)


def test_a_problem_names_sheet_row_column_and_value() -> None:
    rows = [*ROWS, ["text", "a", "A", "${age} >"]]
    assert read_form(Source(as_markdown(rows), ".md", "v"))[1] == (
        FormProblem("form-xpath", "survey", 4, "relevant", "${age} >", ""),
    )


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (" or ".join(f"${{age}} = {number}" for number in range(380)), None),
        ("1" + " + 1" * 1_900, "form-long"),
        ("(" * 3_000 + "1" + ")" * 3_000, "form-xpath"),
        ("-" * 5_000 + "1", "form-long"),
        ("not(" * 1_500 + "1" + ")" * 1_500, "form-xpath"),
        ("jr:choice-name('a', '1 +')", "form-xpath"),
        ("'" * 7, "form-xpath"),
    ],
)
def test_very_long_and_very_deep_expressions_are_judged(expression: str, code: str | None) -> None:
    rows = [*ROWS, ["calculate", "c", "", "", expression]]
    rows[0] = [*rows[0], "calculation"]
    assert codes(Source(as_markdown(rows), ".md", "v")) == ([] if code is None else [code])


PIECES = [
    "${name}",
    "../",
    "(",
    ")",
    "'",
    " or ",
    "count(",
    "[1]",
    "*",
    "begin repeat",
    "end group",
    "today()",
    "<b>",
    "|x",
]


@settings(max_examples=150, deadline=None)
@given(
    path=st.sampled_from(sorted((Path(__file__).parent / "features").glob("*.md"))),
    changes=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 120), st.sampled_from(PIECES)), min_size=1, max_size=3
    ),
)
def test_a_form_with_slips_of_the_hand_is_read_or_has_problems(path: Path, changes: list[tuple[int, int, str]]) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("|")]
    for row, place, piece in changes:
        line = lines[row % len(lines)]
        lines[row % len(lines)] = line[: place % len(line)] + piece + line[place % len(line) + 1 :]
    form, problems = read_form(Source("\n".join(lines).encode(), ".md", "v", FILES))
    assert (form is None) == any(problem.is_error for problem in problems)


def test_all_problems_are_listed_in_one_run() -> None:
    rows = [*ROWS, ["text", "a", "A", "foo()"], ["geotrace", "b", "B", ""], ["text", "c", "C", "/data/none"]]
    assert codes(Source(as_markdown(rows), ".md", "v")) == ["form-function", "form-type", "form-path"]


@pytest.mark.parametrize(
    "row",
    [
        "geotrace | b | B |",
        "geoshape | b | B |",
        "start-geopoint | b | |",
        "background-audio | b | |",
        "select_one_external c | b | B |",
        "select_one_from_file map.geojson | b | B |",
        "text | b | B | ex:org.example.app(x='y')",
        "integer | b | ${last-saved#a} |",
    ],
)
def test_what_a_chat_cannot_do_is_a_problem_that_names_the_row(row: str) -> None:
    tables = f"""
    | survey |
    | | type | name | label | appearance |
    | | text | a | A | |
    | | {row} |
    | external_choices |
    | | list_name | name | label |
    | | c | x | X |
    """
    problems = read_form(Source(tables.encode(), ".md", "v", {"map.geojson": b"{}"}))[1]
    assert [problem.row for problem in problems if problem.is_error] == [3], problems
    assert {problem.code for problem in problems} <= {"form-type", "form-appearance", "form-list"}


def test_a_cell_of_ten_megabytes_is_named() -> None:
    content = workbook([["type", "name", "label"], ["text", "a", "x" * 10_000_000]])
    assert len(content) < 100_000
    assert codes(Source(content, ".xlsx", "v")) == ["form-cell"]


@pytest.mark.parametrize(
    ("constraint", "bounds"),
    [
        (". >= 0 and . < 120", ("0", "120")),
        ("18 <= . and . <= 99 and . != 50", ("18", "99")),
        (". > -5", ("-5", "")),
        (". > 5 or . = 0", ("", "")),
        ("regex(., '[0-9]')", ("", "")),
        (". < ${age}", ("", "")),
    ],
)
def test_plain_bounds_are_told(constraint: str, bounds: tuple[str, str]) -> None:
    rows = [["type", "name", "label", "constraint"], ["integer", "age", "Age", ""], ["integer", "a", "A", constraint]]
    form, _ = read_form(Source(as_markdown(rows), ".md", "v"))
    assert form is not None
    question = form.parts["/data/a"]
    assert isinstance(question, Question)
    assert question.bounds == bounds


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["text", "a", "A", "${b} = 'x'"], ["text", "b", "B", "${a} = 'x'"]], {"a", "b"}),
        ([["begin group", "g", "G", "${a} = 'x'"], ["text", "a", "A", ""], ["end group", "", "", ""]], {"g", "a"}),
        ([["text", "a", "A", "${a} = 'x'"]], {"a"}),
    ],
)
def test_questions_that_wait_for_each_other_are_named(rows: list[list[str]], names: set[str]) -> None:
    problems = read_form(Source(as_markdown([ROWS[0], *rows]), ".md", "v"))[1]
    assert [problem.code for problem in problems] == ["form-circular"]
    assert names <= set(problems[0].value.replace("→", " ").split())


def test_five_thousand_choices_are_too_many_for_the_sheet() -> None:
    tables = as_markdown([["type", "name", "label"], ["select_one c", "a", "A"]])
    choices = "\n| choices |\n| | list_name | name | label |\n" + "".join(
        f"| | c | c{n} | C {n} |\n" for n in range(5000)
    )
    problems = read_form(Source(tables + choices.encode(), ".md", "v"))[1]
    assert problems == (FormProblem("form-choices", "choices", 2, "list_name", "c", "2000"),)


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("Arabic (ar)", "ar"),
        ("العربية", "ar"),
        ("French", "fr"),
        ("français (fr-CA)", "fr"),
        ("Anglais", "en"),
        ("en", "en"),
        ("kurdish", "ku"),
        ("Elvish", None),
    ],
)
def test_languages_are_told_by_code_or_by_name(language: str, locale: str | None) -> None:
    assert find_locale(language) == locale
