"""A bot killed again and again while people ask the team: no question, no answer is lost, and none goes astray."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.assembly import open_app
from bot.config import Settings
from bot.services.roles import invite, make_payload
from bot.simulator import Chat, Person, Simulator
from bot.storage.roles import Role
from tests.conftest import SAMPLE_CONTENT
from tests.telegram.test_kill import KillAndRestart, kill_and_restart

__all__ = ["kill_and_restart"]

SIDE_BY_SIDE, KILLS, SECONDS_BETWEEN_KILLS = 3, 5, 1.2


async def make_desk(simulator: Simulator, folder: Path) -> tuple[Person, Chat]:
    """Somebody of the staff, and their group."""
    url = f"sqlite:///{folder / 'hiwar.db'}"
    settings = Settings(database_url=url, var_dir=folder, content_dir=SAMPLE_CONTENT)
    payload = make_payload()
    async with open_app(settings, beside=True) as app:
        await app.db.write(lambda conn: invite(app, conn, payload, Role.STAFF, "office"))
    staff = simulator.add_person("Staff", "en")
    simulator.say(staff, f"/start {payload}")
    assert "🔑" in (await simulator.wait_for_reply(staff)).text
    group = simulator.add_group("Team", [staff], topics=True)
    await simulator.wait_for_reply(group)
    simulator.say(staff, "/desk", chat=group)
    assert "desk now" in (await simulator.wait_for_reply(group)).text
    return staff, group


async def ask(simulator: Simulator, person: Person) -> None:
    simulator.say(person, "/human")
    offer = await simulator.wait_for_reply(person, seconds=30)
    simulator.press(person, offer, "✍️ I agree – write my question")
    await simulator.wait_until(lambda: "Write your question" in offer.text, 30)
    simulator.say(person, f"question of {person.name}")
    await simulator.wait_until(
        lambda: any("passing your question on" in one.text for one in simulator.messages(person)), 30
    )


async def answer_all(simulator: Simulator, staff: Person, group: Chat) -> None:
    """Answer each question once, in its topic."""
    answered: set[str] = set()
    while True:
        for one in simulator.messages(group):
            name = one.text.partition("question of ")[2].split("\n")[0]
            if name and name not in answered:
                answered.add(name)
                simulator.say(staff, f"answer to {name}", chat=group, topic=group.topics[one.thread])
        await asyncio.sleep(0.02)


def answers(simulator: Simulator, person: Person) -> set[str]:
    found = (
        one.text.rpartition("\nanswer to ")[2] if "\nanswer to " in one.text else ""
        for one in simulator.messages(person)
    )
    return {text for text in found if text}


async def test_no_question_and_no_answer_is_lost(kill_and_restart: KillAndRestart) -> None:
    simulator, bot = kill_and_restart.simulator, kill_and_restart
    staff, group = await make_desk(simulator, bot.folder)
    answering = asyncio.create_task(answer_all(simulator, staff, group))
    people: list[Person] = []
    killed = asyncio.Event()

    async def ask_in_turn() -> None:
        """One after the other till the last kill, and one more."""
        is_last = False
        while not is_last:
            is_last = killed.is_set()
            people.append(simulator.add_person(f"person{len(people)}", "en"))
            await ask(simulator, people[-1])

    asking = [asyncio.create_task(ask_in_turn()) for _ in range(SIDE_BY_SIDE)]
    for _ in range(KILLS):
        await asyncio.sleep(SECONDS_BETWEEN_KILLS)
        await bot()
    killed.set()
    await asyncio.gather(*asking)
    await simulator.wait_until(lambda: all(answers(simulator, one) for one in people), 60)
    answering.cancel()
    await simulator.wait_until(lambda: not simulator.waiting_updates, 30)
    await asyncio.sleep(0.5)
    assert await bot.stop() == 0
    print(f"{len(people)} questions, {KILLS} kills")
    assert {one.name: answers(simulator, one) for one in people} == {one.name: {one.name} for one in people}
    # A press that was being answered when the bot died is answered again.
    assert [call for call in simulator.refused if "not modified" not in call.answer["description"]] == []
    with closing(sqlite3.connect(bot.folder / "hiwar.db")) as raw:
        assert raw.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
        states = raw.execute("SELECT state, count(*) FROM ticket GROUP BY state").fetchall()
    assert states == [("answered", len(people))]
