"""Moderated submissions: what can be done when, told in the person's language, and ready to be pasted."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest

from bot.errors import SettingsError
from bot.services import ringing
from bot.services.filling import SUBMISSION_PURPOSE
from bot.services.moderation import TRANSITIONS, Act, State, decide, find_alike, find_moderated, find_one
from bot.services.pasting import format_pledge
from bot.simulator import Person
from bot.storage import forms, people
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission
from tests.conftest import Running
from tests.telegram.test_conversations import last

TEXT = "Legal advice for domestic workers in their own languages, in three towns. " * 5
ANSWERS = {
    "title": "Legal advice for 500 domestic workers",
    "description": TEXT,
    "organization": "Horizon",
    "contact_email": "us@example.org",
    "contact_share": "no",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


async def send_pledge(hiwar: Running, person: Person, receipt: str, more: Mapping[str, str] | None = None) -> None:
    """A pledge as the form would have kept it, of somebody who agreed to be written to."""
    await hiwar.ask(person, "/help")
    app, pseudonym = hiwar.app, hiwar.app.cipher.pseudonym("telegram", person.id)
    form = app.library.forms["pledge"]
    refs = {question.name: question.ref for question in form.questions}
    body = json.dumps({refs[name]: value for name, value in {**ANSWERS, **(more or {})}.items()})
    sealed, address = app.cipher.seal(body, SUBMISSION_PURPOSE), app.cipher.seal(str(person.id), "person")

    def keep(conn: Connection) -> None:
        people.keep_address(conn, pseudonym, person.language_code, address, app.clock())
        forms.keep_submission(
            conn, StoredSubmission(receipt, "pledge", form.fingerprint, pseudonym, "en", sealed, app.today())
        )

    await app.db.write(keep)


async def act(hiwar: Running, receipt: str, what: Act, reason: str = "") -> State:
    return await hiwar.app.db.write(partial(decide, hiwar.app, receipt=receipt, act=what, reason=reason))


def test_only_what_was_approved_is_published_and_what_is_withdrawn_stays_so() -> None:
    assert {state for (state, what) in TRANSITIONS if what is Act.PUBLISH} == {State.APPROVED}
    assert not any(state is State.WITHDRAWN for state, _ in TRANSITIONS)
    assert State.SUBMITTED not in TRANSITIONS.values()


@pytest.mark.parametrize(
    ("code", "told"), [("en", "we need some changes"), ("fr", "demandons quelques modifications"), ("ar", "تعديلات")]
)
async def test_a_person_is_told_why_in_their_language(shipped: Running, code: str, told: str) -> None:
    person = shipped.simulator.add_person("Horizon", code)
    await send_pledge(shipped, person, "R1")
    assert await act(shipped, "R1", Act.ASK_CHANGES, "Name <a> place & a month") is State.CHANGES_ASKED
    await shipped.simulator.wait_until(lambda: told in last(shipped, person).text)
    assert "Name <a> place & a month" in last(shipped, person).text.replace("\u2068", "").replace("\u2069", "")


async def test_an_approved_pledge_is_asked_about_after_six_months(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    await send_pledge(shipped, person, "R1")
    await act(shipped, "R1", Act.APPROVE)
    await shipped.simulator.wait_until(lambda: "it has been approved" in last(shipped, person).text)
    started = shipped.app.clock()
    shipped.app.clock = lambda: started + timedelta(days=184)
    await shipped.simulator.wait_until(lambda: "How is it going?" in last(shipped, person).text)


@pytest.mark.parametrize(
    ("receipt", "what", "reason"),
    [("R1", Act.PUBLISH, ""), ("R1", Act.WITHDRAW, ""), ("R1", Act.ASK_CHANGES, ""), ("NONE", Act.APPROVE, "")],
)
async def test_what_cannot_be_done_is_refused_with_what_can(
    shipped: Running, receipt: str, what: Act, reason: str
) -> None:
    await send_pledge(shipped, shipped.simulator.add_person("Horizon", "en"), "R1")
    with pytest.raises(SettingsError, match=r"possible is|--reason|see `hiwar"):
        await act(shipped, receipt, what, reason)


async def test_what_says_nearly_the_same_is_found(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    await send_pledge(shipped, person, "R1")
    await send_pledge(shipped, person, "R2", {"title": "legal advice for 500 domestic WORKERS!"})
    await send_pledge(shipped, person, "R3", {"title": "A library van", "description": "Books for the valley. " * 20})
    found = await shipped.app.db.read(lambda conn: find_moderated(shipped.app, conn))
    first = next(one for one in found if one.receipt == "R1")
    assert [one.receipt for one in find_alike(first, found)] == ["R2"]


async def test_the_text_to_paste_keeps_the_contact_that_may_not_be_given(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    await send_pledge(shipped, person, "R1")
    await send_pledge(shipped, person, "R2", {"contact_share": "yes", "description": "Too short."})
    kept, shared = [
        format_pledge(await shipped.app.db.read(partial(find_one, shipped.app, receipt=receipt)))
        for receipt in ("R1", "R2")
    ]
    assert "us@example.org" not in kept
    assert f"VI. Text of the pledge (300 to 3,000 characters)\ndescription: {TEXT}" in kept
    assert "us@example.org" in shared
    assert "The text has 10 characters" in shared
