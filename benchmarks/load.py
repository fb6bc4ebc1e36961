"""Question → reply through the simulator, against a bare python-telegram-bot echo on the same simulator.

    python -m benchmarks.load [questions]

The simulator and its people run here; each bot runs as a process of its own. Hiwar makes every update durable.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import psutil

from bot.config import ROOT
from bot.simulator import Person, Simulator

PEOPLE = 100
QUESTION = "when is the next forum"


async def start(command: list[str], simulator: Simulator, folder: Path) -> asyncio.subprocess.Process:
    settings = {
        "HIWAR_TELEGRAM_TOKEN": simulator.token,
        "HIWAR_TELEGRAM_API_URL": simulator.url,
        "HIWAR_DATABASE_URL": f"sqlite:///{folder / 'hiwar.db'}",
        "HIWAR_VAR_DIR": str(folder),
        "HIWAR_CONTENT_DIR": str(ROOT / "tests" / "sample_content"),
        "HIWAR_HTTP_PORT": "0",
        "HIWAR_MESSAGES_PER_SECOND": "0",
        "HIWAR_LOG_LEVEL": "error",
    }
    return await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, env={**os.environ, **settings})


async def measure(name: str, command: list[str], questions: int) -> float:
    """Print a row; the updates a second."""
    simulator = Simulator()
    await simulator.start()
    people = [simulator.add_person(f"Person {number}", "en") for number in range(PEOPLE)]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = await start(command, simulator, Path(folder))
        await ask(simulator, people[0])
        ready = time.perf_counter() - began
        delays = [await ask(simulator, person) for person in people * 3]
        bot, own = psutil.Process(process.pid), psutil.Process()
        spent, spent_here = sum(bot.cpu_times()[:2]), sum(own.cpu_times()[:2])
        began = time.perf_counter()
        before = count_replies(simulator, people)
        for number in range(questions):
            simulator.say(people[number % PEOPLE], QUESTION)
        while count_replies(simulator, people) - before < questions:  # noqa: ASYNC110 - the simulator counts, too
            await asyncio.sleep(0.005)
        rate = questions / (time.perf_counter() - began)
        memory = bot.memory_info().rss / 2**20
        cost = (sum(bot.cpu_times()[:2]) - spent) / questions
        cost_here = (sum(own.cpu_times()[:2]) - spent_here) / questions
        process.terminate()
        await process.wait()
    await simulator.stop()
    cuts = quantiles(delays, n=100)
    print(
        f"{name:<28}{ready:>9.2f} s{cuts[49] * 1000:>10.1f} ms{cuts[98] * 1000:>10.1f} ms{rate:>10.0f}/s{memory:>8.0f} MiB"
        f"{cost * 1000:>10.2f} ms{cost_here * 1000:>10.2f} ms"
    )
    return rate


async def ask(simulator: Simulator, person: Person) -> float:
    began = time.perf_counter()
    simulator.say(person, QUESTION)
    await simulator.wait_for_reply(person, seconds=30)
    return time.perf_counter() - began


def count_replies(simulator: Simulator, people: list[Person]) -> int:
    return sum(message.sender.is_bot for person in people for message in simulator.messages(person))


async def main(questions: int) -> None:
    print(f"{'':<28}{'first':>11}{'p50':>13}{'p99':>13}{'updates':>12}{'memory':>12}{'bot CPU':>13}{'simulator':>13}")
    echo = await measure("bare python-telegram-bot", ["-m", "benchmarks.echo"], questions)
    ours = await measure("Hiwar, durable", ["-m", "bot", "run"], questions)
    print(f"ratio {ours / echo:.2f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
