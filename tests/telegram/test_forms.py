"""Forms in the chat, filled in to the end: breaks, going back, changes, questions in between, on a poor connection."""

import json

import pytest

from bot.services.holdings import count_holdings
from bot.simulator import Message, Person
from bot.storage import forms
from bot.storage.forms import StoredSubmission
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows


async def begin(hiwar: Running, code: str, how: int = 0) -> tuple[Person, Message]:
    """Open the form and begin: `how` 0 without a name, 1 with."""
    person = hiwar.simulator.add_person("Nadia", code)
    listed = await hiwar.ask(person, "/forms")
    await hiwar.press(person, listed, rows(listed)[0][0])
    introduced = last(hiwar, person)
    await hiwar.press(person, introduced, rows(introduced)[how][0])
    return person, last(hiwar, person)


async def press(hiwar: Running, person: Person, label: str) -> Message:
    """Press a button of the last message, named by a part of its label."""
    message = last(hiwar, person)
    full = next(one for row in rows(message) for one in row if label in one)
    await hiwar.press(person, message, full)
    return last(hiwar, person)


async def find_submissions(hiwar: Running) -> list[StoredSubmission]:
    return await hiwar.app.db.read(lambda conn: forms.find_submissions(conn, "visit"))


def read_answers(hiwar: Running, submission: StoredSubmission) -> dict[str, str]:
    answers: dict[str, str] = json.loads(hiwar.app.cipher.open(submission.body, "submission"))
    return {ref.rpartition("/")[2]: value for ref, value in answers.items()}


@pytest.mark.parametrize(
    ("code", "group", "town", "themes", "done", "send", "thanks"),
    [
        ("en", "Horizon", "tunsi", "Work", "That is all", "Send", "Your receipt"),
        ("fr", "Horizon", "alep", "Travail", "C’est tout", "Envoyer", "Votre reçu"),
        ("ar", "أفق", "تونس", "العمل", "هذا كل شيء", "إرسال", "رقم الإيصال"),
    ],
)
async def test_a_form_is_filled_in_to_the_end(
    hiwar: Running, code: str, group: str, town: str, themes: str, done: str, send: str, thanks: str
) -> None:
    person, first = await begin(hiwar, code)
    assert "1/≈4" in first.text
    await hiwar.ask(person, group)
    await hiwar.ask(person, town)
    assert "4/≈4" in (await hiwar.ask(person, "٢٥")).text
    await press(hiwar, person, themes)
    summary = await press(hiwar, person, done)
    assert group in summary.text
    receipt = await press(hiwar, person, send)
    assert thanks in receipt.text
    [submission] = await find_submissions(hiwar)
    answers = read_answers(hiwar, submission)
    assert (answers["who"], answers["people"], answers["themes"]) == (group, "25", "work")
    assert submission.pseudonym is None
    assert submission.id in receipt.text


async def test_an_anonymous_form_leaves_no_link_to_the_person(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {"privacy.holds.sessions": 1}
    await fill_in(hiwar, person)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}
    assert len(await find_submissions(hiwar)) == 1


async def test_what_was_sent_by_name_can_be_taken_back(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en", how=1)
    await fill_in(hiwar, person)
    [submission] = await find_submissions(hiwar)
    assert submission.pseudonym == hiwar.app.cipher.pseudonym("telegram", person.id)
    receipt = last(hiwar, person)
    mallory = hiwar.simulator.add_person("Mallory", "en")
    stolen = await hiwar.ask(mallory, "/topics")
    await forge(hiwar, mallory, stolen, f"F:en:withdraw:{submission.id}")
    assert len(await find_submissions(hiwar)) == 1
    await hiwar.press(person, receipt, "🗑 Take it back")
    assert await find_submissions(hiwar) == []


async def fill_in(hiwar: Running, person: Person) -> None:
    await hiwar.ask(person, "Horizon")
    await press(hiwar, person, "Amman")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Send")


async def test_a_wrong_answer_is_refused_kindly_and_the_form_goes_on(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    await press(hiwar, person, "Amman")
    assert "I need" in (await hiwar.ask(person, "many many")).text
    assert "Between 1 and 999." in (await hiwar.ask(person, "-4")).text
    assert "How many are you?" in last(hiwar, person).text
    hiwar.simulator.send(person, "voice")
    assert "How many are you?" in (await hiwar.simulator.wait_for_reply(person)).text
    assert "Your themes" in (await hiwar.ask(person, "12")).text


async def test_back_change_and_what_depends_on_it(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    again = await press(hiwar, person, "Back")
    assert "Your answer so far: Horizon" in again.text
    await hiwar.ask(person, "Dunes")
    await press(hiwar, person, "Amman")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Change an answer")
    await press(hiwar, person, "Your group: Dunes")
    summary = await hiwar.ask(person, "Waves")
    assert "Waves" in summary.text


async def test_a_form_goes_on_days_later_and_questions_are_answered_meanwhile(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    hiwar.simulator.say(person, "what are the round tables?")
    await hiwar.settle()
    texts = [message.text for message in hiwar.simulator.messages(person)[-2:]]
    assert "table one" in texts[0]
    assert "Your town" in texts[1]
    await press(hiwar, person, "Save and leave")
    assert "2030" in (await hiwar.ask(person, "when is the next forum")).text
    assert "Your town" in (await hiwar.ask(person, "/continue")).text


async def test_an_old_button_and_a_double_tap_change_nothing(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    towns = await hiwar.ask(person, "Horizon")
    data = next(one["callback_data"] for row in towns.buttons for one in row if one["text"] == "Amman")
    await hiwar.press(person, towns, "Amman")
    await forge(hiwar, person, last(hiwar, person), data)
    assert "belongs to an earlier question" in last(hiwar, person).text
    assert "How many are you?" in last(hiwar, person).text


async def test_giving_up_erases_what_was_answered(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "fr")
    await hiwar.ask(person, "Horizon")
    await press(hiwar, person, "Abandonner")
    await press(hiwar, person, "tout effacer")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}


@pytest.mark.parametrize("text", ["x" * 4096, "🙂" * 200, "<b>hi</b> & </i>", "=1+1"])
async def test_any_text_is_an_answer_and_comes_back_as_it_was(hiwar: Running, text: str) -> None:
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, text)
    assert hiwar.simulator.refused == []
    await press(hiwar, person, "Amman")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Skip")
    assert hiwar.simulator.refused == []
    await press(hiwar, person, "Send")
    [submission] = await find_submissions(hiwar)
    assert read_answers(hiwar, submission)["who"].strip() == text.strip()


async def test_the_language_is_changed_in_the_middle_and_the_answers_stay(hiwar: Running) -> None:
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    asked = await press(hiwar, person, "🌐")
    await hiwar.press(person, asked, "العربية")
    assert "مدينتكم" in last(hiwar, person).text
    assert last(hiwar, person).id == asked.id
    await hiwar.ask(person, "تونس")
    await hiwar.press(person, await hiwar.ask(person, "/language"), "Français")
    assert "Combien êtes-vous\u00a0?" in last(hiwar, person).text
    await press(hiwar, person, "Passer")
    await press(hiwar, person, "Passer")
    await press(hiwar, person, "Envoyer")
    [submission] = await find_submissions(hiwar)
    answers = read_answers(hiwar, submission)
    assert (answers["who"], answers["town"], submission.locale) == ("Horizon", "tunis", "fr")
