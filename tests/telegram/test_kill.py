"""Guarantee 1: a bot that is killed in the middle of a load loses nothing and does nothing twice."""

import asyncio
import itertools
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.assembly import open_app
from bot.config import Settings
from bot.services.announcements import NEWS, Announcement
from bot.services.app import App
from bot.services.broadcasts import create
from bot.services.reports import make_report
from bot.simulator import Person, Simulator
from bot.storage import follows
from bot.storage import people as stored
from bot.storage.broadcasts import State
from bot.storage.database import Connection
from bot.storage.deliveries import DeliveryState
from bot.telegram.broadcasting import MOST_UNDER_WAY
from tests.conftest import ROOT, SAMPLE_CONTENT

KILLS = 6
PEOPLE = 40
SECONDS_BETWEEN_KILLS = 0.6
MESSAGES_A_SECOND = 60
AT_ONCE = 4
RECIPIENTS, BROADCAST_KILLS = 1_500, 3


@dataclass
class KillAndRestart:
    """A bot that can be killed."""

    simulator: Simulator
    folder: Path
    process: asyncio.subprocess.Process

    async def __call__(self) -> None:
        await self.kill()
        self.process = await start_bot(self.simulator, self.folder)

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> int:
        self.process.terminate()
        return await self.process.wait()


async def start_bot(simulator: Simulator, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "HIWAR_TELEGRAM_TOKEN": simulator.token,
        "HIWAR_TELEGRAM_API_URL": simulator.url,
        "HIWAR_DATABASE_URL": f"sqlite:///{folder / 'hiwar.db'}",
        "HIWAR_VAR_DIR": str(folder),
        "HIWAR_CONTENT_DIR": str(SAMPLE_CONTENT),
        "HIWAR_HTTP_PORT": "0",
        "HIWAR_MESSAGES_PER_SECOND": "0",
        "HIWAR_PEOPLE_AT_ONCE": str(AT_ONCE),
        "HIWAR_QUIET_HOURS": "0-0",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
    )


@pytest.fixture
async def kill_and_restart(tmp_path: Path) -> AsyncIterator[KillAndRestart]:
    """Starts the bot as a process of its own; each call kills it and starts it again. None is left behind."""
    async with AsyncExitStack() as stack:
        simulator = Simulator()
        await simulator.start()
        stack.push_async_callback(simulator.stop)
        running = KillAndRestart(simulator, tmp_path, await start_bot(simulator, tmp_path))
        stack.push_async_callback(running.kill)
        await simulator.wait_until(lambda: any(call.method == "deleteWebhook" for call in simulator.calls), 20)
        yield running


async def test_killed_again_and_again_it_loses_nothing_and_stores_nothing_twice(
    kill_and_restart: KillAndRestart,
) -> None:
    simulator, bot = kill_and_restart.simulator, kill_and_restart
    people = [simulator.add_person(f"Person {number}", "en") for number in range(PEOPLE)]

    def count(*, by_bot: bool) -> int:
        return sum((message.sender == simulator.bot) is by_bot for one in people for message in simulator.messages(one))

    talking = asyncio.create_task(talk(simulator, people))
    for _ in range(KILLS):
        answered = count(by_bot=True)
        await simulator.wait_until(lambda answered=answered: count(by_bot=True) > answered, 60)  # type: ignore[misc]
        await asyncio.sleep(SECONDS_BETWEEN_KILLS)
        await bot()
    await asyncio.sleep(SECONDS_BETWEEN_KILLS)
    talking.cancel()

    total = count(by_bot=False)
    await simulator.wait_until(lambda: count(by_bot=True) >= total and not simulator.waiting_updates, 240)
    await asyncio.sleep(0.5)
    assert await bot.stop() == 0
    with closing(sqlite3.connect(bot.folder / "hiwar.db")) as raw:
        stored = raw.execute("SELECT count(*) FROM question").fetchone()[0]
        left = raw.execute("SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + (SELECT count(*) FROM outbox)")
        assert left.fetchone()[0] == 0
    repeated = count(by_bot=True) - total
    print(f"{total} messages, {KILLS} kills, {repeated} replies repeated")
    assert stored == total
    # What was under way at a kill may arrive twice, and no more.
    assert 0 <= repeated <= KILLS * AT_ONCE


async def test_a_broadcast_killed_again_and_again_misses_nobody_silently(tmp_path: Path) -> None:
    simulator = Simulator()
    await simulator.start()
    people = [simulator.add_person(f"Person {number}", "en") for number in range(RECIPIENTS)]
    for person in people:
        person.started = True
    settings = Settings(content_dir=SAMPLE_CONTENT, var_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'hiwar.db'}")
    async with open_app(settings) as app:
        number = await app.db.write(lambda conn: announce_to(app, conn, people))
    bot = KillAndRestart(simulator, tmp_path, await start_bot(simulator, tmp_path))
    for kill in range(1, BROADCAST_KILLS + 1):
        some = kill * RECIPIENTS // (BROADCAST_KILLS + 1)
        await simulator.wait_until(lambda some=some: count_got(simulator, people)[0] <= RECIPIENTS - some, 60)  # type: ignore[misc]
        await bot()
    await simulator.wait_until(lambda: count_got(simulator, people)[0] <= BROADCAST_KILLS * MOST_UNDER_WAY, 60)
    async with open_app(settings, beside=True) as app:
        report = await make_report(app, number)
        while report.broadcast.state is not State.DONE:
            await asyncio.sleep(0.1)
            report = await make_report(app, number)
    assert await bot.stop() == 0
    await simulator.stop()
    got, states = count_got(simulator, people), report.by_state()
    unknown = states.get(DeliveryState.UNKNOWN, 0)
    assert set(states) <= {DeliveryState.SENT, DeliveryState.UNKNOWN}
    assert sum(states.values()) == RECIPIENTS
    assert unknown <= BROADCAST_KILLS * MOST_UNDER_WAY
    assert got[0] <= unknown, "whoever did not get it is called unknown"
    assert set(got) <= {0, 1}, "nobody gets it twice"


def announce_to(app: App, conn: Connection, people: Sequence[Person]) -> int:
    for person in people:
        pseudonym = app.cipher.pseudonym("telegram", person.id)
        stored.keep_address(conn, pseudonym, "en", app.cipher.seal(str(person.id), "person"), app.clock())
        follows.keep_follow(conn, pseudonym, NEWS, app.clock())
    return create(app, conn, Announcement(app.make_id(), {"en": "News"}, {"en": "On Monday."}), "test")


def count_got(simulator: Simulator, people: Sequence[Person]) -> Counter[int]:
    """How many people have the announcement how many times."""
    return Counter(sum("On Monday." in one.text for one in simulator.messages(person)) for person in people)


async def talk(simulator: Simulator, people: Sequence[Person]) -> None:
    """Questions nobody can answer (no event is on such a day): each is stored once and answered once."""
    for number in itertools.count(100_000):
        simulator.say(people[number % len(people)], f"olive bread number {number}")
        await asyncio.sleep(1 / MESSAGES_A_SECOND)
