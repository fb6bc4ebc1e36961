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


async def test_a_month_is_pressed(hiwar: Running) -> None:
    month = (DAY[0], DAY[1].replace(" |\n", " | month-year |\n"))
    put_form(hiwar, month, (" relevant |\n", " relevant | appearance |\n"))
    hiwar.app.clock = lambda: NOW
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    assert rows(last(hiwar, person))[0] == ["«", "2027", "»"]
    await press(hiwar, person, "»")
    await press(hiwar, person, "April")
    assert (await send(hiwar, person))["day"] == "2028-04-01"


async def test_a_blank_day_does_nothing(hiwar: Running) -> None:
    person = await reach(hiwar, "en", DAY)
    asked = last(hiwar, person)
    await press(hiwar, person, "·")
    assert last(hiwar, person).id == asked.id
    assert "The day" in last(hiwar, person).text


async def say(hiwar: Running, person: Person, text: str) -> None:
    hiwar.simulator.say(person, text)
    await hiwar.settle()


def keys(hiwar: Running, person: Person) -> list[list[str]]:
    chat = next(one for one in hiwar.simulator.chats if one.id == person.id)
    return [[key["text"] for key in row] for row in chat.keyboard]


@pytest.mark.parametrize(
    ("code", "label", "noted"),
    [
        ("en", "📍 Send my location", "📍 Noted."),
        ("fr", "📍 Envoyer ma position", "📍 C’est noté."),
        ("ar", "📍 إرسال موقعي", "📍 سُجّل الموقع."),
    ],
)
async def test_where_one_is_is_sent_with_one_key_which_is_then_gone(
    hiwar: Running, code: str, label: str, noted: str
) -> None:
    person = await reach(hiwar, code, PLACE)
    await hiwar.settle()
    assert keys(hiwar, person) == [[label]]
    hiwar.simulator.press_key(person, label)
    await hiwar.settle()
    assert keys(hiwar, person) == []
    assert [message.text for message in hiwar.simulator.messages(person)[-2:-1]] == [noted]
    assert rows(last(hiwar, person))
    assert hiwar.simulator.refused == []


@pytest.mark.parametrize(
    "typed", ["33.8938, 35.5018", "33.8938 35.5018", "https://maps.example.org/@33.8938,35.5018,15z"]
)
async def test_a_place_is_typed(hiwar: Running, typed: str) -> None:
    person = await reach(hiwar, "en", PLACE)
    await hiwar.settle()
    await say(hiwar, person, typed)
    assert keys(hiwar, person) == []
    assert (await send(hiwar, person))["where"] == "33.8938 35.5018 0 0"


async def test_the_key_stays_while_a_wrong_answer_or_a_question_is_dealt_with(hiwar: Running) -> None:
    person = await reach(hiwar, "en", PLACE)
    await hiwar.settle()
    await say(hiwar, person, "here")
    assert "I need a location" in last(hiwar, person).text
    await say(hiwar, person, "what are the round tables?")
    assert "Where?" in last(hiwar, person).text
    assert keys(hiwar, person) == [["📍 Send my location"]]
    hiwar.simulator.send(person, "location")
    await hiwar.settle()
    assert keys(hiwar, person) == []


@pytest.mark.parametrize("step", ["Skip", "Back", "Save and leave"])
async def test_the_key_goes_with_the_question(hiwar: Running, step: str) -> None:
    person = await reach(hiwar, "en", PLACE)
    await hiwar.settle()
    asked = hiwar.simulator.messages(person)[-2]
    await hiwar.press(person, asked, next(label for row in rows(asked) for label in row if step in label))
    assert keys(hiwar, person) == []
    assert "No location was saved" in hiwar.simulator.messages(person)[-2].text
    await say(hiwar, person, "/continue")
    assert keys(hiwar, person) == ([["📍 Send my location"]] if step == "Save and leave" else [])


async def test_the_key_goes_when_everything_is_erased_or_given_up(hiwar: Running) -> None:
    person = await reach(hiwar, "en", PLACE)
    await hiwar.settle()
    asked = hiwar.simulator.messages(person)[-2]
    await hiwar.press(person, asked, "✖️ Give up")
    assert keys(hiwar, person)
    await press(hiwar, person, "Yes, erase them")
    assert keys(hiwar, person) == []
