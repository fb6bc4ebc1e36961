"""A country's network, asked for by name, by button, by place, and going on from another country's."""

from datetime import timedelta

import pytest

from bot.services.context import KEPT
from bot.services.holdings import count_holdings
from tests.conftest import Running
from tests.telegram.test_conversations import last, rows

TUNISIA, JORDAN = "UN Network in Tunisia", "UN Network in Jordan"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("network in tunisia", TUNISIA),
        ("is there a network in Tunis", TUNISIA),
        ("Tunisia?", TUNISIA),
        ("réseau en tounes", "Réseau en Tunisie"),
        ("et en Jordanie", "Réseau en Jordanie"),
        ("تونس؟", "الشبكة في تونس"),
        ("الشبكة في الأردن", "الشبكة في الأردن"),
        ("وفي تونس", "الشبكة في تونس"),
    ],
)
async def test_a_country_is_understood_by_its_names(hiwar: Running, question: str, words: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    assert words in (await hiwar.ask(person, question)).text


@pytest.mark.parametrize(
    "question", ["football match in tunisia", "i love jordan shoes and football", "my boss in jordan took my passport"]
)
async def test_a_country_alone_does_not_make_it_a_question_about_networks(hiwar: Running, question: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, question)
    assert "Did you mean" in reply.text or "I don't have an answer" in reply.text or "danger" in reply.text


@pytest.mark.parametrize("question", ["networks in jordan and tunisia", "Jordan, Tunisia?"])
async def test_who_names_two_countries_chooses(hiwar: Running, question: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, question)
    assert {TUNISIA, JORDAN} <= {title for row in rows(reply) for title in row}


async def test_a_country_carries_over_for_half_an_hour(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.ask(person, "network in tunisia")
    assert JORDAN in (await hiwar.ask(person, "and what about jordan please")).text
    started = hiwar.app.clock()
    hiwar.app.clock = lambda: started + KEPT + timedelta(seconds=1)
    assert JORDAN not in (await hiwar.ask(person, "and what about jordan football please")).text


async def test_after_an_event_the_next_one_can_be_asked_for(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.app.clock = lambda: (hiwar.app.library.built_at or hiwar.app.clock()).replace(year=2026, month=12)
    events = await hiwar.ask(person, "/events")
    await hiwar.press(person, events, rows(events)[0][0])
    assert "What is coming up" in (await hiwar.ask(person, "when is the next one?")).text


async def test_countries_are_chosen_by_button(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("سميرة", "ar")
    offered = await hiwar.ask(person, "/networks")
    assert rows(offered) == [["تونس", "الأردن"]]
    await hiwar.press(person, offered, "تونس")
    assert "منذ \u2068شباط/فبراير 2022" in last(hiwar, person).text
    assert last(hiwar, person).buttons[0][0]["url"] == "https://tunisia.iom.int"


async def test_a_shared_place_offers_the_nearest_and_is_not_kept(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.send(person, "location")
    offered = await hiwar.simulator.wait_for_reply(person)
    assert rows(offered)[0] == ["Jordan", "Tunisia"]
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}
