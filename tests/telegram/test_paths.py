"""The way into the forum: questions by button, steps to tick, and the list again in a month."""

from datetime import timedelta

import pytest

from bot.services import ringing
from bot.services.holdings import count_holdings
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows


async def test_the_questions_lead_to_steps_that_can_be_ticked(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    asked = await hiwar.ask(person, "/takepart")
    assert rows(asked) == [["An association"], ["One person"]]
    await hiwar.press(person, asked, "An association")
    await hiwar.press(person, last(hiwar, person), "Yes")
    steps = last(hiwar, person)
    assert "You register" in steps.text
    assert rows(steps)[0] == ["☐ 1", "☐ 2"]
    await hiwar.press(person, steps, "☐ 2")
    assert "✅ Keep the answer." in last(hiwar, person).text
    assert rows(last(hiwar, person))[0] == ["☐ 1", "✅ 2"]
    await hiwar.press(person, last(hiwar, person), "✅ 2")
    assert "✅" not in last(hiwar, person).text
    await hiwar.press(person, last(hiwar, person), "↩️ Start again")
    assert rows(last(hiwar, person)) == [["An association"], ["One person"]]


async def test_nothing_is_kept_of_who_looks_for_a_way(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.press(person, await hiwar.ask(person, "/takepart"), "One person")
    await hiwar.press(person, last(hiwar, person), "☐ 1")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}


async def test_the_list_comes_back_in_a_month_as_it_stood(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    person = hiwar.simulator.add_person("سميرة", "ar")
    await hiwar.press(person, await hiwar.ask(person, "/takepart"), "شخص")
    await hiwar.press(person, last(hiwar, person), "☐ 1")
    await hiwar.press(person, last(hiwar, person), "⏰ ذكّروني بهذه القائمة بعد شهر")
    await hiwar.press(person, last(hiwar, person), rows(last(hiwar, person))[0][0])
    noted, started = last(hiwar, person), hiwar.app.clock()
    hiwar.app.clock = lambda: started + timedelta(days=31)
    reminded = await hiwar.simulator.wait_for_reply(person, after=noted)
    assert "طلبتم أن أعيد عليكم قائمتكم" in reminded.text
    assert rows(reminded)[0] == ["✅ 1"]


@pytest.mark.parametrize("data", ["q:en:gone:1", "q:en", "Q:en:gone:1"])
async def test_a_button_to_what_is_gone_begins_anew(hiwar: Running, data: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await forge(hiwar, person, await hiwar.ask(person, "/takepart"), data)
    assert "Who are you?" in last(hiwar, person).text


@pytest.mark.parametrize("ticks", ["99999999999", "-1", "\u0663", "x"])
async def test_forged_ticks_tick_nothing(hiwar: Running, ticks: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await forge(hiwar, person, await hiwar.ask(person, "/takepart"), f"q:en:seat:{ticks}")
    assert "Done: 0 of 1" in last(hiwar, person).text
