"""What one sent by name: listed, shown in words, taken back; and never shown to anybody else."""

import pytest

from bot.services import ringing
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_seats import fill_in


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


async def test_what_was_sent_by_name_is_shown_in_words_and_taken_back(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    assert "nothing with your name" in (await shipped.ask(person, "/submissions")).text
    receipt = await fill_in(shipped, person, "offer")
    listed = await shipped.ask(person, "/submissions")
    assert [receipt in label for [label] in rows(listed)] == [True]
    await shipped.press(person, listed, rows(listed)[0][0])
    shown = last(shipped, person)
    assert "What would you like?\nWe have a place to give" in shown.text
    assert "ngo@example.org" in shown.text
    await shipped.press(person, shown, "🗑 Take it back")
    assert "nothing with your name" in (await shipped.ask(person, "/submissions")).text


async def test_nobody_else_sees_it(shipped: Running) -> None:
    person = shipped.simulator.add_person("Horizon", "en")
    receipt = await fill_in(shipped, person, "offer")
    stranger = shipped.simulator.add_person("Stranger", "en")
    await forge(shipped, stranger, await shipped.ask(stranger, "/help"), f"F:en:show:{receipt}")
    assert "no longer there" in last(shipped, stranger).text
    assert all("example.org" not in message.text for message in shipped.simulator.messages(stranger))
