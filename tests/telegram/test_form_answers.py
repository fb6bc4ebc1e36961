"""Answers that are not typed: a day of the calendar, where one is."""

from datetime import UTC, datetime

import pytest

from bot.simulator import Person
from tests.conftest import Running
from tests.telegram.test_conversations import last, rows
from tests.telegram.test_forms import begin, find_submissions, press, read_answers
from tests.telegram.test_revisions import TOWN, put_form

DAY = (
    TOWN,
    "| | date | day | The day | Le jour | اليوم | yes | . > today() | It must be later. | Plus tard. | في وقت لاحق. | |\n"
    + TOWN,
)
PLACE = (TOWN, f"| | geopoint | where | Where? | Où ? | أين؟ | | | | | | |\n{TOWN}")
NOW = datetime(2027, 3, 14, 10, tzinfo=UTC)


async def reach(hiwar: Running, code: str, change: tuple[str, str]) -> Person:
    """As far as the question after the first."""
    put_form(hiwar, change)
    hiwar.app.clock = lambda: NOW
    person, _ = await begin(hiwar, code)
    await hiwar.ask(person, "Horizon")
    return person


async def send(hiwar: Running, person: Person) -> dict[str, str]:
    await press(hiwar, person, "Amman")
    for label in ("Skip", "Skip", "Send"):
        await press(hiwar, person, label)
    [submission] = await find_submissions(hiwar)
    return read_answers(hiwar, submission)


async def test_a_day_is_pressed_in_the_same_message(hiwar: Running) -> None:
    person = await reach(hiwar, "en", DAY)
    asked = last(hiwar, person)
    assert "March 2027" in rows(asked)[0]
    assert "14" not in [label for row in rows(asked) for label in row]
    await press(hiwar, person, "›")
    assert "April 2027" in rows(last(hiwar, person))[0]
    await press(hiwar, person, "18")
    assert last(hiwar, person).id == asked.id
    assert (await send(hiwar, person))["day"] == "2027-04-18"


@pytest.mark.parametrize("typed", ["18/4/2027", "18 April 2027", "١٨ نيسان ٢٠٢٧", "2027-04-18"])
async def test_a_day_is_typed_in_any_usual_form(hiwar: Running, typed: str) -> None:
    person = await reach(hiwar, "en", DAY)
    await hiwar.ask(person, typed)
    assert (await send(hiwar, person))["day"] == "2027-04-18"


async def test_a_day_that_there_is_not_or_that_is_too_early_is_refused(hiwar: Running) -> None:
    person = await reach(hiwar, "en", DAY)
    assert "no such day" in (await hiwar.ask(person, "31 February 2028")).text
    assert "no such day" in (await hiwar.ask(person, "31/02/2028")).text
    assert "It must be later." in (await hiwar.ask(person, "yesterday")).text
    assert "The day" in last(hiwar, person).text


async def test_in_arabic_the_calendar_runs_from_the_right(hiwar: Running) -> None:
    person = await reach(hiwar, "ar", DAY)
    head, weekdays, first, *_ = rows(last(hiwar, person))
    assert head[2] == "آذار/مارس 2027"
    assert head[0] == "\u200f»"
    # Telegram lays a row out from left to right: Saturday, the first day, is sent last.
    assert weekdays == list("جخرثنحس")
    assert first[-1] == "·"
    assert hiwar.simulator.refused == []


async def test_a_blank_day_does_nothing(hiwar: Running) -> None:
    person = await reach(hiwar, "en", DAY)
    asked = last(hiwar, person)
    await press(hiwar, person, "·")
    assert last(hiwar, person).id == asked.id
    assert "The day" in last(hiwar, person).text
