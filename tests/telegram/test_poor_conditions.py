"""A form on a poor connection: two taps, two phones, old buttons, a bot that was down, updates that come twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.assembly import open_app
from bot.config import Settings
from bot.services.app import App
from bot.simulator import Fails, Message, Person, Simulator
from bot.telegram.channel import TelegramChannel
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last
from tests.telegram.test_forms import begin, find_submissions, press, read_answers


def find_data(message: Message, label: str) -> str:
    return str(next(one["callback_data"] for row in message.buttons for one in row if label in one["text"]))


def find_asked(hiwar: Running, person: Person) -> list[str]:
    """The last lines of the questions shown, by their labels."""
    labels = ("Your group", "Your town", "How many are you?", "Your themes", "please check your answers")
    return [label for message in hiwar.simulator.messages(person) for label in labels if label in message.text]


async def test_two_taps_before_the_first_is_dealt_with_answer_once(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    towns = await hiwar.ask(person, "Horizon")
    for _ in range(2):
        hiwar.simulator.press(person, towns, "Amman")
    await hiwar.settle()
    assert "How many are you?" in last(hiwar, person).text
    assert "Your answer so far" not in last(hiwar, person).text
    await hiwar.ask(person, "12")
    await press(hiwar, person, "Skip")
    for _ in range(3):
        hiwar.simulator.press(person, last(hiwar, person), "📨 Send")
    await hiwar.settle()
    [submission] = await find_submissions(hiwar)
    assert (read_answers(hiwar, submission)["town"], read_answers(hiwar, submission)["people"]) == ("amman", "12")


@pytest.mark.parametrize("step", ["pick", "tick", "done"])
async def test_a_button_of_a_question_long_past_changes_nothing(hiwar: Running, step: str) -> None:
    person, _ = await begin(hiwar, "en")
    towns = await hiwar.ask(person, "Horizon")
    old = find_data(towns, "Tunis").replace(":pick:", f":{step}:")
    await press(hiwar, person, "Amman")
    await hiwar.ask(person, "12")
    await forge(hiwar, person, towns, old)
    assert "belongs to an earlier question" in last(hiwar, person).text
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Send")
    [submission] = await find_submissions(hiwar)
    assert read_answers(hiwar, submission)["town"] == "amman"


async def test_buttons_of_a_form_that_was_sent_say_that_none_is_open(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    towns = await hiwar.ask(person, "Horizon")
    old = find_data(towns, "Tunis")
    await press(hiwar, person, "Amman")
    for label in ("Skip", "Skip", "Send"):
        await press(hiwar, person, label)
    await forge(hiwar, person, last(hiwar, person), old)
    assert "You have no form open now" in last(hiwar, person).text
    assert len(await find_submissions(hiwar)) == 1


async def test_two_phones_at_once_keep_one_session(hiwar: Running) -> None:
    """One phone still shows the towns when the other has gone on: each answer goes to its own question, or to none."""
    person, _ = await begin(hiwar, "en")
    towns = await hiwar.ask(person, "Horizon")
    hiwar.simulator.press(person, towns, "Amman")
    hiwar.simulator.say(person, "12")
    hiwar.simulator.press(person, towns, "Tunis")
    await hiwar.settle()
    assert "Your themes" in last(hiwar, person).text
    assert "belongs to an earlier question" in last(hiwar, person).text
    await press(hiwar, person, "Work")
    await press(hiwar, person, "That is all")
    await press(hiwar, person, "Send")
    [submission] = await find_submissions(hiwar)
    answers = read_answers(hiwar, submission)
    assert (answers["town"], answers["people"], answers["themes"]) == ("amman", "12", "work")


async def test_the_same_updates_twice_are_answers_once(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    hiwar.simulator.faults.add(Fails.TWICE, times=None)
    await hiwar.ask(person, "Horizon")
    await hiwar.ask(person, "Amman")
    await hiwar.ask(person, "12")
    hiwar.simulator.faults.clear()
    await hiwar.settle()
    assert find_asked(hiwar, person) == ["Your group", "Your town", "How many are you?", "Your themes"]


@asynccontextmanager
async def serve(settings: Settings, simulator: Simulator) -> AsyncIterator[App]:
    """The bot, on a simulator that was there before and will be after."""
    async with open_app(settings) as app:
        channel = asyncio.create_task(TelegramChannel(app, settings, simulator.token, simulator.url).run())
        yield app
        channel.cancel()
        with suppress(asyncio.CancelledError):
            await channel


async def test_what_was_sent_while_the_bot_was_down_is_the_answer(settings: Settings) -> None:
    simulator = Simulator()
    await simulator.start()
    async with serve(settings, simulator) as app:
        hiwar = Running(simulator, app, settings)
        person, _ = await begin(hiwar, "en")
    simulator.say(person, "Horizon")
    simulator.say(person, "tunsi")
    async with serve(settings, simulator) as app:
        hiwar = Running(simulator, app, settings)
        await simulator.wait_until(lambda: "How many are you?" in last(hiwar, person).text)
        await hiwar.settle()
        assert "3/≈4" in last(hiwar, person).text
        for label in ("Skip", "Skip", "Send"):
            await press(hiwar, person, label)
        [submission] = await find_submissions(hiwar)
        answers = read_answers(hiwar, submission)
    assert (answers["who"], answers["town"]) == ("Horizon", "tunis")
    await simulator.stop()
