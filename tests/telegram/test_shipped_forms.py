"""The forms Hiwar ships, filled in to the end in every language, with nothing Telegram would refuse."""

import json

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
    for _ in range(MOST_STEPS):
        if await shipped.app.db.read(forms.count_submissions):
            break
        await answer_somehow(shipped, person, last(shipped, person))
    assert await shipped.app.db.read(forms.count_submissions) == {form_id: 1}, last(shipped, person).text
    [submission] = await shipped.app.db.read(lambda conn: forms.find_submissions(conn, form_id))
    answers = json.loads(shipped.app.cipher.open(submission.body, SUBMISSION_PURPOSE))
    anonymous = form_id == "stakeholder-survey" or answers.get("/data/anonymity") == "anonymous"
    assert (submission.pseudonym is None) is anonymous
    assert shipped.simulator.refused == []
