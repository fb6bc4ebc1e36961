"""The calendar under a question: weeks as each language begins them, months and years to turn to, no impossible day."""

from datetime import date

import pytest

from bot.forms import Prompt
from bot.languages import RIGHT_TO_LEFT_MARK, Languages
from bot.messages import Rows
from bot.services.day_rows import NO_DAY, day_rows, find_page, has_calendar, list_days

DAY = date(2027, 3, 14)


def draw(
    languages: Languages, locale: str, value: str = "", appearance: str = "", page: int = 0, least: str = ""
) -> Rows:
    prompt = Prompt("/data/day", "date", "When?", value=value, appearance=appearance)
    page = find_page(prompt, DAY, page)
    return day_rows(languages, prompt, locale, page, {day for day in list_days(prompt, page) if day >= least})


def labels(rows: Rows) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


@pytest.mark.parametrize(
    ("locale", "weekdays", "first_week"),
    [
        # March 2027 begins on a Monday. CLDR: the week begins on Saturday in Egypt, Sunday in the United States.
        ("ar", list("سحنثرخج"), [NO_DAY, NO_DAY, "1", "2", "3", "4", "5"]),
        ("en", list("SMTWTFS"), [NO_DAY, "1", "2", "3", "4", "5", "6"]),
        ("fr", list("LMMJVSD"), ["1", "2", "3", "4", "5", "6", "7"]),
    ],
)
def test_the_week_begins_as_cldr_says(
    languages: Languages, locale: str, weekdays: list[str], first_week: list[str]
) -> None:
    rows = labels(draw(languages, locale))
    assert rows[1:3] == [weekdays, first_week]
    assert [len(row) for row in rows[1:]] == [7] * (len(rows) - 1)
    assert [label for row in rows[2:] for label in row if label != NO_DAY] == [str(day) for day in range(1, 32)]


def test_it_opens_at_the_answer_so_far_which_is_marked(languages: Languages) -> None:
    rows = draw(languages, "en", value="2030-02-28")
    assert labels(rows)[0] == ["«", "‹", "February 2030", "›", "»"]
    assert "✅ 28" in [button.label for row in rows for button in row]


def test_one_turns_to_the_next_month_and_year_and_back(languages: Languages) -> None:
    head = draw(languages, "en")[0]
    turned = [
        labels(draw(languages, "en", page=int(one.action.split(":")[-1])))[0][2] for one in head if one.action != "z:"
    ]
    assert turned == ["March 2026", "February 2027", "April 2027", "March 2028"]


def test_arrows_turn_with_the_text(languages: Languages) -> None:
    assert labels(draw(languages, "ar"))[0] == [
        f"{RIGHT_TO_LEFT_MARK}«",
        f"{RIGHT_TO_LEFT_MARK}‹",
        "آذار/مارس 2027",
        f"{RIGHT_TO_LEFT_MARK}›",
        f"{RIGHT_TO_LEFT_MARK}»",
    ]


def test_impossible_days_are_left_blank(languages: Languages) -> None:
    rows = draw(languages, "fr", least="2027-03-30")
    assert [label for row in labels(rows)[2:] for label in row if label != NO_DAY] == ["30", "31"]


def test_a_month_is_chosen_among_those_of_its_year(languages: Languages) -> None:
    rows = draw(languages, "fr", value="2027-04-01", appearance="month-year")
    assert labels(rows)[:2] == [["«", "2027", "»"], ["janvier", "février", "mars"]]
    assert rows[2][0].label == "✅ avril"
    assert rows[2][0].action.endswith(":2027-04")


@pytest.mark.parametrize(("page", "shown"), [(1, "January 1"), (10**9, "December 9999")])
def test_a_forged_month_is_the_nearest_there_is(languages: Languages, page: int, shown: str) -> None:
    assert labels(draw(languages, "en", page=page))[0].count(shown) == 1


def test_a_year_is_typed() -> None:
    assert not has_calendar(Prompt("/data/y", "date", "Which year?", appearance="year"))
    assert not has_calendar(Prompt("/data/t", "time", "When?"))
