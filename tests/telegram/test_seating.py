"""Seats brought together in the chat by an organizer: without anybody's contact, once, and by nobody else."""

import json

import pytest

from bot.services import ringing
from bot.services.filling import SUBMISSION_PURPOSE
from bot.simulator import Message, Person
from bot.storage import audit, forms, people, roles, seats
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission
from bot.storage.roles import Role
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


async def send_seat(hiwar: Running, receipt: str, side: str, code: str = "en") -> Person:
    """A seat as the form would have kept it, of somebody who agreed to be written to."""
    person = hiwar.simulator.add_person(receipt, code)
    await hiwar.ask(person, "/help")
    app, pseudonym = hiwar.app, hiwar.app.cipher.pseudonym("telegram", person.id)
    answers = {"side": side, "group": "migrant", "country": "tn", "places": "2", "contact": f"{receipt}@example.org"}
    answers["about"] = f"Women of the port of {receipt} <b>"
    body = json.dumps({f"/data/{name}": value for name, value in answers.items()})
    sealed = app.cipher.seal(body, SUBMISSION_PURPOSE)
    form = app.library.forms["seat"]

    def keep(conn: Connection) -> None:
        people.keep_address(conn, pseudonym, code, app.cipher.seal(str(person.id), "person"), app.clock())
        kept = StoredSubmission(receipt, "seat", form.fingerprint, pseudonym, code, sealed, app.today())
        forms.keep_submission(conn, kept)

    await app.db.write(keep)
    return person


async def walk_to_pair(hiwar: Running, organizer: Person, offer: str, look: str, code: str = "en") -> Message:
    """Choose an offer and who looks for one; the last message, which asks whether to ask."""
    await hiwar.ask(organizer, "/seats")
    for receipt in (offer, look):
        label = hiwar.app.languages.say(code, "seats.pick", receipt=receipt)
        await hiwar.press(organizer, last(hiwar, organizer), label)
    return last(hiwar, organizer)


async def wait_for_text(hiwar: Running, person: Person, text: str) -> None:
    await hiwar.simulator.wait_until(lambda: text in last(hiwar, person).text)


async def count_proposed(hiwar: Running) -> int:
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 99))
    assert sum(one.act == "propose" for one in acts) == len(await hiwar.app.db.read(seats.find_matches))
    return len(await hiwar.app.db.read(seats.find_matches))


@pytest.mark.parametrize(
    ("code", "head", "ask", "asked", "proposed"),
    [
        ("en", "Offered: 1 · wanted: 1", "📨 Ask both", "Both are being asked", "May I give each of you"),
        (
            "fr",
            "Proposées\u00a0: 1 · cherchées\u00a0: 1",
            "📨 Demander aux deux",
            "La question est posée",
            "les coordonnées de l’autre",
        ),
        ("ar", "معروضة: 1 · مطلوبة: 1", "📨 سؤال الطرفين", "يُسأل الطرفان", "وسيلة الاتصال بالآخر"),
    ],
)
async def test_an_offer_and_a_looker_are_both_asked(
    shipped: Running, code: str, head: str, ask: str, asked: str, proposed: str
) -> None:
    both = [await send_seat(shipped, "OFFER", "offer", code), await send_seat(shipped, "LOOK", "look", code)]
    organizer = await give_role(shipped, Role.ORGANIZER, code)
    assert head in (await shipped.ask(organizer, "/seats")).text
    sure = await walk_to_pair(shipped, organizer, "OFFER", "LOOK", code)
    await shipped.press(organizer, sure, ask)
    assert asked in last(shipped, organizer).text
    for person in both:
        await wait_for_text(shipped, person, proposed)
    assert await count_proposed(shipped) == 1
    assert all("example.org" not in message.text for message in shipped.simulator.messages(organizer))


async def test_what_became_of_a_pair_is_shown_and_it_is_not_offered_again(shipped: Running) -> None:
    await send_seat(shipped, "OFFER", "offer")
    await send_seat(shipped, "LOOK", "look")
    organizer = await give_role(shipped, Role.ORGANIZER)
    sure = await walk_to_pair(shipped, organizer, "OFFER", "LOOK")
    await shipped.press(organizer, sure, "📨 Ask both")
    await shipped.press(organizer, sure, "📨 Ask both")
    assert "asked about each other before" in last(shipped, organizer).text
    shown = await shipped.ask(organizer, "/seats")
    assert "1 waiting for an answer, 0 agreed, 0 not" in shown.text
    await shipped.press(organizer, shown, "👉 OFFER")
    assert "there is nobody else to ask" in last(shipped, organizer).text
    assert await count_proposed(shipped) == 1


async def test_many_seats_come_page_by_page(shipped: Running) -> None:
    for number in range(7):
        await send_seat(shipped, f"OFFER{number}", "offer")
    organizer = await give_role(shipped, Role.ORGANIZER)
    first = await shipped.ask(organizer, "/seats")
    assert [len(row) for row in rows(first)] == [1] * 7
    await shipped.press(organizer, first, "More ›")
    assert ["👉 OFFER6"] in rows(last(shipped, organizer))
    await shipped.press(organizer, last(shipped, organizer), "🔎 Wanted (0)")
    assert rows(last(shipped, organizer)) == [["🪑 Offered (7)"]]


async def test_who_cannot_be_written_to_any_more_is_not_asked(shipped: Running) -> None:
    await send_seat(shipped, "OFFER", "offer")
    looking = await send_seat(shipped, "LOOK", "look")
    organizer = await give_role(shipped, Role.ORGANIZER)
    sure = await walk_to_pair(shipped, organizer, "OFFER", "LOOK")
    pseudonym = shipped.app.cipher.pseudonym("telegram", looking.id)
    await shipped.app.db.write(lambda conn: people.erase_person(conn, pseudonym))
    await shipped.press(organizer, sure, "📨 Ask both")
    assert "does not let me write" in last(shipped, organizer).text
    await shipped.app.db.write(lambda conn: forms.withdraw(conn, "LOOK", pseudonym))
    await shipped.press(organizer, sure, "📨 Ask both")
    assert "no longer there" in last(shipped, organizer).text
    assert await count_proposed(shipped) == 0


@pytest.mark.parametrize("role", [None, Role.STAFF])
async def test_who_is_no_organizer_brings_nobody_together(shipped: Running, role: Role | None) -> None:
    await send_seat(shipped, "OFFER", "offer")
    await send_seat(shipped, "LOOK", "look")
    somebody = await give_role(shipped, role) if role else shipped.simulator.add_person("Stranger", "en")
    assert "Women of the port" not in (await shipped.ask(somebody, "/seats")).text
    for data in ("seats", "seats:look:0", "seatoffer:OFFER", "seatpair:OFFER:LOOK", "seatask:OFFER:LOOK"):
        await forge(shipped, somebody, last(shipped, somebody), f"D:en:{data}")
        assert "Women of the port" not in last(shipped, somebody).text
    assert await count_proposed(shipped) == 0


async def test_forged_pairs_of_an_organizer_are_refused(shipped: Running) -> None:
    await send_seat(shipped, "OFFER", "offer")
    await send_seat(shipped, "LOOK", "look")
    organizer = await give_role(shipped, Role.ORGANIZER)
    for data in ("seatask", "seatask:LOOK:OFFER", "seatask:OFFER:OFFER", "seatpair:OFFER:NONE", "seatoffer:LOOK"):
        await forge(shipped, organizer, last(shipped, organizer), f"D:en:{data}")
        assert "no longer there" in last(shipped, organizer).text
    assert await count_proposed(shipped) == 0


async def test_a_role_taken_away_ends_it(shipped: Running) -> None:
    await send_seat(shipped, "OFFER", "offer")
    await send_seat(shipped, "LOOK", "look")
    organizer = await give_role(shipped, Role.ORGANIZER)
    sure = await walk_to_pair(shipped, organizer, "OFFER", "LOOK")
    [holder] = await shipped.app.db.read(roles.find_holders)
    await shipped.app.db.write(lambda conn: roles.drop_holder(conn, holder.holder))
    await shipped.press(organizer, sure, "📨 Ask both")
    assert await count_proposed(shipped) == 0
