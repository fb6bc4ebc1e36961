"""A seat at the forum, offered and looked for: both sides are asked, and a contact is given only when both agree."""

from functools import partial

import pytest

from bot.errors import SettingsError
from bot.services import ringing
from bot.services.seats import list_seats, propose_match
from bot.simulator import Person
from bot.storage import forms
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_shipped_forms import find_step

ANSWERS = {
    "offer": ("We have a place to give", "ngo@example.org"),
    "look": ("We are looking for a place", "us@example.org"),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


async def fill_in(hiwar: Running, person: Person, side: str) -> str:
    """Fill in the form to the end; the receipt."""
    choice, contact = ANSWERS[side]
    await hiwar.ask(person, "/start seat_en")
    message = last(hiwar, person)
    await hiwar.press(person, message, rows(message)[0][0])
    await hiwar.press(person, last(hiwar, person), "✅ Yes, I agree")
    for _ in range(20):
        message = last(hiwar, person)
        if (submit := find_step(message, "submit")) is not None:
            hiwar.simulator.press(person, message, submit)
            await hiwar.settle()
            break
        labels = [label for row in rows(message) for label in row]
        wanted = next((label for label in labels if label in (choice, "Tunisia") or label.endswith("agree")), None)
        pick = find_step(message, "pick")
        if wanted is not None:
            await hiwar.press(person, message, wanted)
        elif pick is not None:
            hiwar.simulator.press(person, message, pick)
            await hiwar.settle()
        else:
            text = (
                "2" if "How many" in message.text else contact if "reach you" in message.text else "Women of the port"
            )
            await hiwar.ask(person, text)
    found = await hiwar.app.db.read(lambda conn: list_seats(hiwar.app, conn))
    return next(seat.receipt for seat, _ in found if seat.side == side)


async def wait_for_proposal(hiwar: Running, person: Person) -> None:
    await hiwar.simulator.wait_until(lambda: "May I give each of you" in last(hiwar, person).text)
    await hiwar.settle()


async def meet(hiwar: Running) -> tuple[Person, Person]:
    """Two people to whom a pair was proposed."""
    offering, looking = hiwar.simulator.add_person("Horizon", "en"), hiwar.simulator.add_person("Nadia", "en")
    offer, look = await fill_in(hiwar, offering, "offer"), await fill_in(hiwar, looking, "look")
    await hiwar.app.db.write(lambda conn: propose_match(hiwar.app, conn, offer, look))
    for person in (offering, looking):
        await wait_for_proposal(hiwar, person)
    return offering, looking


async def test_both_agree_and_are_given_the_contact(shipped: Running) -> None:
    offering, looking = await meet(shipped)
    assert "Women of the port" in last(shipped, looking).text
    assert "example.org" not in last(shipped, looking).text
    assert "(" not in last(shipped, looking).text
    await shipped.press(offering, last(shipped, offering), "✅ Yes")
    assert "as soon as the other side also agrees" in last(shipped, offering).text
    await shipped.press(looking, last(shipped, looking), "✅ Yes")
    await shipped.simulator.wait_until(lambda: "ngo@example.org" in last(shipped, looking).text)
    await shipped.simulator.wait_until(lambda: "us@example.org" in last(shipped, offering).text)


async def test_a_no_gives_nothing_away(shipped: Running) -> None:
    offering, looking = await meet(shipped)
    await shipped.press(offering, last(shipped, offering), "✅ Yes")
    await shipped.press(looking, last(shipped, looking), "No, thank you")
    await shipped.simulator.wait_until(lambda: "did not work out" in last(shipped, offering).text)
    texts = [message.text for person in (offering, looking) for message in shipped.simulator.messages(person)[-3:]]
    assert not any("You both agreed" in text for text in texts)


async def test_a_stranger_s_forged_answer_counts_for_nobody(shipped: Running) -> None:
    offering, looking = await meet(shipped)
    stranger = shipped.simulator.add_person("Stranger", "en")
    match = last(shipped, offering).buttons[0][0]["callback_data"].split(":")[2]
    await forge(shipped, stranger, await shipped.ask(stranger, "/help"), f"m:en:{match}:yes")
    await shipped.press(looking, last(shipped, looking), "✅ Yes")
    assert "You both agreed" not in last(shipped, looking).text


async def test_a_pair_is_proposed_once_and_only_from_the_right_sides(shipped: Running) -> None:
    await meet(shipped)
    found = await shipped.app.db.read(lambda conn: list_seats(shipped.app, conn))
    receipts = {seat.side: seat.receipt for seat, _ in found}
    for offer, look in ((receipts["offer"], receipts["look"]), (receipts["look"], receipts["offer"]), ("NONE", "NONE")):
        with pytest.raises(SettingsError):
            await shipped.app.db.write(partial(propose_match, shipped.app, offer=offer, look=look))


async def test_a_withdrawn_seat_is_proposed_to_nobody(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    receipt = await fill_in(shipped, person, "offer")
    pseudonym = shipped.app.cipher.pseudonym("telegram", person.id)
    await shipped.app.db.write(lambda conn: forms.withdraw(conn, receipt, pseudonym))
    assert await shipped.app.db.read(lambda conn: list_seats(shipped.app, conn)) == []
