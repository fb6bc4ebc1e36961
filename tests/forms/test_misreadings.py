"""What pyxform finds wrong is said with sheet, row, column, what stands there, and what to do."""

import pytest

from bot.forms import Source, read_form
from bot.forms.problems import FormProblem

HEAD = "| survey |\n| | type | name | label | {} |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n| | c | x | X |\n"
GROUP = "| | begin group | g | G |\n| | text | a | A |\n"

# What is wrong: the tables, where, what stands there, and a part of the remedy.
CASES: dict[str, tuple[str, tuple[str, int, str, str], str]] = {
    "an unknown type": ("| | text | a | A |\n| | tekst | b | B |\n", ("survey", 3, "type", "tekst"), "Use a type"),
    "a type in Arabic": ("| | نص | a | A |\n", ("survey", 2, "type", "نص"), "Use a type"),
    "a choice without a list": (
        "| | select_one | a | A |\n" + CHOICES,
        ("survey", 2, "type", "select_one"),
        "of a list",
    ),
    "a rank without a list": ("| | rank | a | A |\n", ("survey", 2, "type", "rank"), "Name a list"),
    "a list that is not there": (
        "| | select_one d | a | A |\n" + CHOICES,
        ("survey", 2, "type", "select_one d"),
        "Add the list",
    ),
    "no list at all": (
        "| | text | a | A |\n| | select_one c | b | B |\n",
        ("survey", 3, "type", "select_one c"),
        "Add that sheet",
    ),
    "a list that cannot be attached": (
        "| | select_one_from_file x.txt | a | A |\n",
        ("survey", 2, "type", "select_one_from_file x.txt"),
        "as a .csv",
    ),
    "a name that is none": ("| | text | 1a | A |\n", ("survey", 2, "name", "1a"), "must begin with a letter"),
    "no name": ("| | text | | A |\n", ("survey", 2, "name", ""), "Give it a name"),
    "a name twice": ("| | text | a | A |\n| | text | a | A |\n", ("survey", 3, "name", "a"), "must be unique"),
    "no label": ("| | text | b | B |\n| | text | a | |\n", ("survey", 3, "label", "a"), "Give it a label"),
    "a group that does not end": (GROUP, ("survey", 2, "type", "begin group"), "Close it below"),
    "a group that did not begin": (
        "| | text | a | A |\n| | end group | | |\n",
        ("survey", 3, "type", "end group"),
        "begin above",
    ),
    "a repeat that ends a group": (
        GROUP.replace("group", "repeat") + "| | end group | | |\n",
        ("survey", 4, "type", "end group"),
        "begin above",
    ),
    "a question in a label that is not there": (
        "| | text | a | ${b} |\n",
        ("survey", 2, "label", "${b}"),
        "Could not find the name 'b'",
    ),
    "a choice twice": (
        "| | select_one c | a | A |\n" + CHOICES + "| | c | x | Y |\n",
        ("choices", 3, "name", "x"),
        "must be unique",
    ),
    "a choice without a name": (
        "| | select_one c | a | A |\n" + CHOICES + "| | c | | Y |\n",
        ("choices", 3, "name", ""),
        "must have a name",
    ),
    "a choice with spaces": (
        "| | select_multiple c | a | A |\n" + CHOICES + "| | c | x y | Y |\n",
        ("choices", 3, "name", "x y"),
        "Write _",
    ),
    "a form with a name that is none": (
        "| | text | a | A |\n| settings |\n| | name |\n| | 1 x |\n",
        ("settings", 2, "name", "1 x"),
        "must begin with a letter",
    ),
}
# The same in a column of its own.
COLUMNS: dict[str, tuple[str, str, str, str]] = {
    "relevant": ("| | text | a | A | ${b} = 1 |\n", "${b} = 1", "Could not find the name 'b'", ""),
    "constraint": ("| | text | a | A | ${b = 1 |\n", "${b = 1", "end with '}'", ""),
    "parameters": ("| | range | a | A | start=x |\n", "start=x", "must be a number", ""),
    "trigger": ("| | text | a | A | ${q} |\n", "${q}", "Could not find the name 'q'", ""),
    "choice_filter": ("| | select_one c or_other | a | A | x=1 |\n", "x=1", "Take or_other out", CHOICES),
    "repeat_count": (
        "| | begin repeat | r | R | ${x} |\n| | text | a | A | |\n| | end repeat | | | |\n",
        "${x}",
        "Could not find the name 'x'",
        "",
    ),
}


def read_problem(table: str) -> FormProblem:
    form, problems = read_form(Source(table.encode(), ".md", "visit"))
    assert form is None
    return problems[0]


@pytest.mark.parametrize("wrong", CASES)
def test_a_slip_has_its_place_and_a_remedy(wrong: str) -> None:
    rows, place, remedy = CASES[wrong]
    problem = read_problem(HEAD.format("hint") + rows)
    assert (problem.sheet, problem.row, problem.column, problem.value) == place
    assert remedy in problem.hint


@pytest.mark.parametrize("column", COLUMNS)
def test_a_slip_in_a_column_of_its_own(column: str) -> None:
    rows, value, remedy, more = COLUMNS[column]
    problem = read_problem(HEAD.format(column) + rows + more)
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("survey", 2, column, value)
    assert remedy in problem.hint


def test_a_calculation_that_is_missing() -> None:
    problem = read_problem(HEAD.format("calculation") + "| | text | a | A | |\n| | calculate | b | | |\n")
    assert (problem.row, problem.column, problem.value) == (3, "calculation", "")


def test_a_sheet_or_column_that_is_missing_is_named() -> None:
    assert "'survey'" in read_problem(CHOICES).hint
    assert "'type'" in read_problem("| survey |\n| | name | label |\n| | a | A |\n").hint
