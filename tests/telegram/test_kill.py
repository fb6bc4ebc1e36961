"""Guarantee 1: a bot that is killed in the middle of a load loses nothing and does nothing twice."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot.simulator import Simulator
from tests.conftest import ROOT, SAMPLE_CONTENT

KILLS = 6
PEOPLE = 40
SECONDS_BETWEEN_KILLS = 1.2
MESSAGES_A_SECOND = 100


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


async def test_killed_again_and_again_it_loses_nothing_and_stores_nothing_twice(tmp_path: Path) -> None:
    simulator = Simulator()
    await simulator.start()
    people = [simulator.add_person(f"Person {number}", "en") for number in range(PEOPLE)]
    said: Counter[int] = Counter()

    async def talk() -> None:
        while True:
            for person in people:
                # A question nobody can answer: each is stored once, with the number in it, and answered once.
                simulator.say(person, f"olive bread number {said[person.id]}")
                said[person.id] += 1
                await asyncio.sleep(1 / MESSAGES_A_SECOND)

    bot = await start_bot(simulator, tmp_path)
    await simulator.wait_until(lambda: any(call.method == "getUpdates" for call in simulator.calls), 20)
    talking = asyncio.create_task(talk())
    for _ in range(KILLS):
        await asyncio.sleep(SECONDS_BETWEEN_KILLS)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
        bot = await start_bot(simulator, tmp_path)
    await asyncio.sleep(SECONDS_BETWEEN_KILLS)
    talking.cancel()

    def replies() -> int:
        return sum(1 for person in people for message in simulator.messages(person) if message.sender == simulator.bot)

    total = said.total()
    await simulator.wait_until(lambda: replies() >= total and not simulator.waiting_updates, 60)
    await asyncio.sleep(0.5)
    bot.terminate()
    assert await bot.wait() == 0
    await simulator.stop()

    with closing(sqlite3.connect(tmp_path / "hiwar.db")) as raw:
        stored = raw.execute("SELECT count(*) FROM question").fetchone()[0]
        left = raw.execute("SELECT (SELECT count(*) FROM inbox WHERE state <> 'done') + (SELECT count(*) FROM outbox)")
        assert left.fetchone()[0] == 0
    repeated = replies() - total
    print(f"{total} messages, {KILLS} kills, {repeated} replies repeated")  # noqa: T201 - the figure the issue asks for
    assert stored == total
    assert 0 <= repeated <= KILLS
