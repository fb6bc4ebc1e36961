"""Guarantee 1: a bot that is killed in the middle of a load loses nothing and does nothing twice."""

import asyncio
import itertools
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.simulator import Person, Simulator
from tests.conftest import ROOT, SAMPLE_CONTENT

KILLS = 6
PEOPLE = 40
SECONDS_BETWEEN_KILLS = 0.6
MESSAGES_A_SECOND = 100
STEADY = 3


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
    talking = asyncio.create_task(talk(simulator, people))
    for _ in range(KILLS):
        # What piled up while the bot was away is sent as fast as it can be, many at once; a kill in that moment can
        # repeat as many as were under way. Here it is killed in the middle of a steady load.
        await simulator.wait_until(lambda: len(simulator.waiting_updates) <= STEADY, 20)
        await asyncio.sleep(SECONDS_BETWEEN_KILLS)
        await bot()
    await asyncio.sleep(SECONDS_BETWEEN_KILLS)
    talking.cancel()

    def count(*, by_bot: bool) -> int:
        return sum((message.sender == simulator.bot) is by_bot for one in people for message in simulator.messages(one))

    total = count(by_bot=False)
    await simulator.wait_until(lambda: count(by_bot=True) >= total and not simulator.waiting_updates, 60)
    await asyncio.sleep(0.5)
    assert await bot.stop() == 0
    with closing(sqlite3.connect(bot.folder / "hiwar.db")) as raw:
        stored = raw.execute("SELECT count(*) FROM question").fetchone()[0]
        left = raw.execute("SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + (SELECT count(*) FROM outbox)")
        assert left.fetchone()[0] == 0
    repeated = count(by_bot=True) - total
    print(f"{total} messages, {KILLS} kills, {repeated} replies repeated")
    assert stored == total
    assert 0 <= repeated <= KILLS


async def talk(simulator: Simulator, people: Sequence[Person]) -> None:
    """Questions nobody can answer: each is stored once and answered once."""
    for number in itertools.count():
        simulator.say(people[number % len(people)], f"olive bread number {number}")
        await asyncio.sleep(1 / MESSAGES_A_SECOND)
