"""What was sent by name is changed: with the form it was sent with, under the same receipt, and read anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.forms import Form, Source, read_form
from bot.services.alarms import tell_person
from bot.services.forms import set_closed
from bot.services.holdings import count_holdings
from bot.services.moderation import PROGRESS
from bot.simulator import Person
from bot.storage import alarms, forms, people, reviews
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission
from tests.conftest import SAMPLE_CONTENT, Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_forms import begin, fill_in, find_submissions, press, read_answers

VISIT = (SAMPLE_CONTENT / "forms" / "visit.md").read_text("utf-8")


async def send_by_name(hiwar: Running, code: str = "en") -> tuple[Person, StoredSubmission]:
    person, _ = await begin(hiwar, code, how=1)
    await fill_in(hiwar, person)
    [submission] = await find_submissions(hiwar)
    return person, submission


def put_form(hiwar: Running, *changes: tuple[str, str]) -> Form:
    """Staff change the form: these texts of it become others."""
    text = VISIT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    form, problems = read_form(Source(text.encode(), ".md", "visit", {}, ("en", "fr", "ar")))
    assert form is not None, problems
    hiwar.app.replace_library(replace(hiwar.app.library, forms={"visit": form}))
    return form


async def change_group(hiwar: Running, person: Person, name: str) -> None:
    """From the summary: another name of the group, and send."""
    await press(hiwar, person, "Change an answer")
    await press(hiwar, person, "Your group")
    assert name in (await hiwar.ask(person, name)).text
    await press(hiwar, person, "Send")


async def test_what_was_sent_is_changed_under_the_same_receipt(hiwar: Running) -> None:
    person, sent = await send_by_name(hiwar)
    listed = await hiwar.ask(person, "/submissions")
    await hiwar.press(person, listed, rows(listed)[0][0])
    summary = await press(hiwar, person, "Change it")
    assert "You are changing what you sent" in summary.text
    assert "Your group\nHorizon" in summary.text
    later = hiwar.app.clock() + timedelta(days=2)
    hiwar.app.clock = lambda: later
    await change_group(hiwar, person, "Dunes")
    assert f"Your receipt stays {sent.id}" in last(hiwar, person).text
    [changed] = await find_submissions(hiwar)
    assert (changed.id, changed.submitted_on, changed.changed_on) == (sent.id, sent.submitted_on, later.date())
    assert read_answers(hiwar, changed) == {**read_answers(hiwar, sent), "who": "Dunes"}
    assert "✏️" in rows(await hiwar.ask(person, "/submissions"))[0][0]


async def test_what_was_skipped_can_be_answered_later(hiwar: Running) -> None:
    person, _ = await send_by_name(hiwar)
    await press(hiwar, person, "Change it")
    await press(hiwar, person, "Change an answer")
    await press(hiwar, person, "➕ How many are you?")
    await hiwar.ask(person, "12")
    await press(hiwar, person, "Send")
    [changed] = await find_submissions(hiwar)
    assert read_answers(hiwar, changed)["people"] == "12"


async def test_giving_a_change_up_leaves_what_was_sent(hiwar: Running) -> None:
    person, sent = await send_by_name(hiwar)
    await press(hiwar, person, "Change it")
    await press(hiwar, person, "Change an answer")
    await press(hiwar, person, "Your group")
    await hiwar.ask(person, "Dunes")
    asked = await press(hiwar, person, "Give up")
    assert "Leave what you sent as it was?" in asked.text
    await press(hiwar, person, "leave it as it was")
    assert await find_submissions(hiwar) == [sent]
    assert "No form is open" not in last(hiwar, person).text


async def test_a_change_goes_on_days_later(hiwar: Running) -> None:
    person, _ = await send_by_name(hiwar)
    await press(hiwar, person, "Change it")
    await press(hiwar, person, "Save and leave")
    assert "2030" in (await hiwar.ask(person, "when is the next forum")).text
    assert "Horizon" in (await hiwar.ask(person, "/continue")).text
    await change_group(hiwar, person, "Dunes")
    [changed] = await find_submissions(hiwar)
    assert read_answers(hiwar, changed)["who"] == "Dunes"


async def test_nobody_else_changes_it(hiwar: Running) -> None:
    _, sent = await send_by_name(hiwar)
    mallory = hiwar.simulator.add_person("Mallory", "en")
    await forge(hiwar, mallory, await hiwar.ask(mallory, "/help"), f"F:en:revise:{sent.id}")
    assert "no longer there" in last(hiwar, mallory).text
    assert all("Horizon" not in message.text for message in hiwar.simulator.messages(mallory))


@pytest.mark.parametrize(("code", "told"), [("en", "is closed"), ("fr", "est clos"), ("ar", "مغلقة")])
async def test_a_closed_form_is_not_changed(hiwar: Running, code: str, told: str) -> None:
    person, _ = await begin(hiwar, code, how=1)
    await hiwar.ask(person, "Horizon")
    for step in ("pick", "skip", "skip", "submit"):
        message = last(hiwar, person)
        data = [one["callback_data"] for row in message.buttons for one in row]
        await hiwar.press(person, message, next(one for one in data if one.split(":")[2] == step))
    await hiwar.app.db.write(partial(set_closed, form_id="visit", closed=True))
    receipt = last(hiwar, person)
    await hiwar.press(person, receipt, rows(receipt)[0][0])
    assert told in last(hiwar, person).text


async def test_what_is_changed_is_moderated_anew(hiwar: Running) -> None:
    person, sent = await send_by_name(hiwar)
    app, pseudonym = hiwar.app, hiwar.app.cipher.pseudonym("telegram", person.id)

    def approve(conn: Connection) -> None:
        people.keep_address(conn, pseudonym, "en", app.cipher.seal(str(person.id), "person"), app.clock())
        reviews.begin_review(conn, sent.id, "approved", app.today())
        assert tell_person(app, conn, pseudonym, PROGRESS, sent.id, {}, timedelta(days=183))

    await app.db.write(approve)
    await press(hiwar, person, "Change it")
    assert await app.db.read(reviews.find_reviews) == {sent.id: "approved"}
    await change_group(hiwar, person, "Dunes")
    assert await app.db.read(reviews.find_reviews) == {}
    assert await app.db.read(lambda conn: alarms.find_about(conn, PROGRESS, sent.id)) == []


TOWN = "| | select_one town | town |"
NEW = (TOWN, f"| | text | note | A note | Une note | ملاحظة | | | | | | |\n{TOWN}")
GONE = ("| | select_one town | town | Your town | Votre ville | مدينتكم | yes | | | | | |\n", "")


@pytest.mark.parametrize(("changes", "is_todays"), [([NEW], True), ([GONE], False), ([("| yes |", "| |")], True)])
async def test_a_changed_form_takes_the_answers_or_leaves_them_to_the_one_they_were_sent_with(
    hiwar: Running, changes: Iterable[tuple[str, str]], is_todays: bool
) -> None:
    person, sent = await send_by_name(hiwar)
    todays = put_form(hiwar, *changes)
    summary = await press(hiwar, person, "Change it")
    assert "Your town\nAmman" in summary.text
    await change_group(hiwar, person, "Dunes")
    [changed] = await find_submissions(hiwar)
    assert changed.fingerprint == (todays.fingerprint if is_todays else sent.fingerprint)
    assert read_answers(hiwar, changed)["town"] == "amman"


async def test_a_form_begun_anew_is_not_lost_to_a_change(hiwar: Running) -> None:
    person, sent = await send_by_name(hiwar)
    await hiwar.ask(person, "/forms")
    await hiwar.press(person, last(hiwar, person), rows(last(hiwar, person))[0][0])
    await press(hiwar, person, "I can take it back")
    await hiwar.ask(person, "Waves")
    await forge(hiwar, person, last(hiwar, person), f"F:en:revise:{sent.id}")
    assert "finish it or give it up first" in last(hiwar, person).text
    assert "Your town" in (await press(hiwar, person, "Go on")).text
    assert await find_submissions(hiwar) == [sent]


async def test_taking_it_back_ends_its_change(hiwar: Running) -> None:
    person, sent = await send_by_name(hiwar)
    await press(hiwar, person, "Change it")
    await forge(hiwar, person, last(hiwar, person), f"F:en:withdraw:{sent.id}")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}
    assert await find_submissions(hiwar) == []


async def test_who_becomes_anonymous_in_a_change_leaves_no_link(hiwar: Running) -> None:
    choices = ("| | theme | work |", "| | how | anonymous | Yes | Oui | نعم |\n| | theme | work |")
    question = "| | select_one how | anonymity | Stay anonymous? | Anonyme ? | من دون اسم؟ | | | | | | |\n"
    put_form(hiwar, choices, (TOWN, question + TOWN))
    person, _ = await begin(hiwar, "en")
    await hiwar.ask(person, "Horizon")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Amman")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Skip")
    await press(hiwar, person, "Send")
    [sent] = await find_submissions(hiwar)
    assert sent.pseudonym is not None
    await press(hiwar, person, "Change it")
    await press(hiwar, person, "Change an answer")
    await press(hiwar, person, "➕ Stay anonymous?")
    await press(hiwar, person, "Yes")
    receipt = await press(hiwar, person, "Send")
    assert "Nothing links your answers to you any more" in receipt.text
    [changed] = await find_submissions(hiwar)
    assert (changed.id, changed.pseudonym) == (sent.id, None)
    assert await hiwar.app.db.read(lambda conn: forms.find_submissions_of(conn, sent.pseudonym or b"")) == []
