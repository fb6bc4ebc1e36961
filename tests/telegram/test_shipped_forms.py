"""The forms Hiwar ships, filled in to the end in every language, with nothing Telegram would refuse.

On the way one goes back, leaves and comes back, and changes the language twice; at the end one answer is changed.
"""

import json
import re

import pytest

from bot.services.filling import SUBMISSION_PURPOSE
from bot.simulator import Message, Person
from bot.storage import forms
from tests.conftest import ROOT, Running
from tests.telegram.test_conversations import last

FORMS = sorted(path.stem for path in (ROOT / "content" / "forms").glob("*.md"))
TEXT = (
    "Two hundred families of domestic workers receive legal advice in their own language, every month until 2028. " * 4
)
SHORT_TEXTS = ("Horizon", "12", "2027-06-30", "06/2027", "03/2024", "2027", "someone@example.org")
MOST_STEPS = 120
PLACE = re.compile(r"\d+/≈\d+")


def find_step(message: Message, *names: str) -> str | None:
    """The first button that does one of these steps."""
    data = [button.get("callback_data", "") for row in message.buttons for button in row]
    return next((one for name in names for one in data if one.split(":")[2:3] == [name]), None)


def find_consent(message: Message) -> str | None:
    """The button that agrees to be written to, where a form needs that."""
    data = [button.get("callback_data", "") for row in message.buttons for button in row]
    return next((one for one in data if one.startswith("y:")), None)


async def answer_somehow(hiwar: Running, person: Person, message: Message) -> None:
    """The first choice, the first tick, or a text, a long one first; no repeat is begun a second time."""
    tick = find_step(message, "tick")
    if tick:
        buttons = [button for row in message.buttons for button in row]
        ranked = any(button["text"].startswith("1.") for button in buttons)
        left = next((button["callback_data"] for button in buttons if button["text"].startswith("▫️")), None)
        ticked = any(button["text"].startswith("✅") for button in buttons) or (ranked and left is None)
        await press_data(hiwar, person, message, find_step(message, "done") if ticked else left or tick)
    elif find_step(message, "submit", "pick"):
        picks = [button.get("callback_data", "") for row in message.buttons for button in row]
        no_more = next((data for data in picks if data.endswith(":no")), None)
        await press_data(hiwar, person, message, no_more or find_step(message, "submit", "pick"))
    else:
        for text in (TEXT, *SHORT_TEXTS):
            if "✋" not in (await hiwar.ask(person, text)).text:
                return
        await press_data(hiwar, person, last(hiwar, person), find_step(last(hiwar, person), "skip"))


async def go_back(hiwar: Running, person: Person, asked: Message) -> None:
    """To the question before and forward again: its answer is still there, and so is where one was."""
    place = find_place(asked)
    await press_data(hiwar, person, asked, find_step(asked, "back"))
    assert find_place(last(hiwar, person)) != place
    await press_data(hiwar, person, last(hiwar, person), find_step(last(hiwar, person), "skip", "done"))
    await come_to(hiwar, person, place)


async def take_a_break(hiwar: Running, person: Person, asked: Message) -> None:
    """Leave, look something else up, and come back to the same question."""
    place = find_place(asked)
    await press_data(hiwar, person, asked, find_step(asked, "leave"))
    await hiwar.ask(person, "/events")
    await hiwar.settle()
    await hiwar.ask(person, "/continue")
    await come_to(hiwar, person, place)


async def change_language(hiwar: Running, person: Person, asked: Message) -> None:
    """To another language and back: the same question in both."""
    place, code = find_place(asked), person.language_code
    for wanted in ("fr" if code == "ar" else "ar", code):
        asked = last(hiwar, person)
        await press_data(hiwar, person, asked, next(data for data in find_all(asked) if data.startswith("g:")))
        await press_data(hiwar, person, last(hiwar, person), f"l:{wanted}")
        await come_to(hiwar, person, place)
        assert find_step(last(hiwar, person), "leave") == f"F:{wanted}:leave"


async def change_first(hiwar: Running, person: Person, summary: Message) -> None:
    """From the summary: the first answer that can be changed is asked again."""
    await press_data(hiwar, person, summary, find_step(summary, "change"))
    await press_data(hiwar, person, last(hiwar, person), find_step(last(hiwar, person), "edit"))
    assert find_place(last(hiwar, person)), last(hiwar, person).text


async def come_to(hiwar: Running, person: Person, place: str) -> None:
    await hiwar.settle()
    assert find_place(last(hiwar, person)) == place


# What is done besides answering, by the number of the question it is done at.
DETOURS = {2: go_back, 3: take_a_break, 4: change_language, 6: take_a_break, 7: go_back}


def find_all(message: Message) -> list[str]:
    return [button.get("callback_data", "") for row in message.buttons for button in row]


def find_place(message: Message) -> str:
    """`7/≈20`, as the head of a question has it."""
    found = PLACE.search(message.text)
    return found[0] if found else ""


async def press_data(hiwar: Running, person: Person, message: Message, data: str | None) -> None:
    assert data is not None, f"nothing can be done here: {message.text}"
    hiwar.simulator.press(person, message, data)
    await hiwar.settle()


@pytest.mark.parametrize("code", ["ar", "en", "fr"])
@pytest.mark.parametrize("form_id", FORMS)
async def test_a_shipped_form_can_be_filled_in_to_the_end(shipped: Running, form_id: str, code: str) -> None:
    person = shipped.simulator.add_person("Nadia", code)
    listed = await shipped.ask(person, "/forms")
    await press_data(shipped, person, listed, f"F:{code}:open:{form_id}")
    await press_data(shipped, person, last(shipped, person), find_step(last(shipped, person), "begin"))
    if consent := find_consent(last(shipped, person)):
        await press_data(shipped, person, last(shipped, person), consent)
    detours = dict(DETOURS)
    changed = False
    for _ in range(MOST_STEPS):
        if await shipped.app.db.read(forms.count_submissions):
            break
        asked = last(shipped, person)
        number = int((find_place(asked) or "0").partition("/")[0])
        if number in detours:
            await detours.pop(number)(shipped, person, asked)
        if find_step(asked, "submit") and not changed:
            changed = True
            await change_first(shipped, person, asked)
        else:
            await answer_somehow(shipped, person, last(shipped, person))
    assert not detours
    assert await shipped.app.db.read(forms.count_submissions) == {form_id: 1}, last(shipped, person).text
    [submission] = await shipped.app.db.read(lambda conn: forms.find_submissions(conn, form_id))
    answers = json.loads(shipped.app.cipher.open(submission.body, SUBMISSION_PURPOSE))
    anonymous = form_id == "stakeholder-survey" or answers.get("/data/anonymity") == "anonymous"
    assert (submission.pseudonym is None) is anonymous
    assert shipped.simulator.refused == []
