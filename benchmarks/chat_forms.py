"""What one answer in a form costs, and ten thousand people inside a form at once.

    python -m benchmarks.chat_forms [people] [rounds] [questions …]

First the form room alone, on 200 questions with 60 conditions. Then the whole bot, durable on SQLite, as a process of its
own: everybody begins the form, then everybody answers, `rounds` times. Beside it, in the same run, a bare
python-telegram-bot echo is told the same texts by the same people. The simulator and its people run here.

All of it twice: with the simulator as near as loopback is, where only work costs anything, and with fewer people and each
message taking as long to be sent as it does over a real line.

`processor` is that of the bot's process for one update, `rate` how many a second went through, `memory` the largest part
of it that the begun sessions took.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.forms import fill_in, make_form, make_table, time_answers
from bot.config import ROOT
from bot.simulator import Changed, Fails, Message, Person, Simulator

SIZES = (12, 200)
SETTINGS = "\n| settings |\n| | form_id | anonymous |\n| | large | always |\n"
# One of each kind the form asks in turn, as typed.
SAID = ("yes", "12", "Some words", "no")
AT_ONCE = 1_000
# What sendMessage takes from a server in Europe, about; and how many times fewer people are asked then.
LINE_SECONDS, FEWER = 0.04, 20
PATIENCE = 900


@dataclass
class Row:
    """What was measured of one bot."""

    name: str
    ready: float
    memory: float
    rate: float
    cost: float

    def __str__(self) -> str:
        return f"{self.name:<34}{self.ready:>8.0f} MiB{self.memory:>8.0f} MiB{self.rate:>10.0f}/s{self.cost * 1e6:>10.0f} µs"


class Counter:
    """How many messages the bot has sent."""

    def __init__(self, simulator: Simulator) -> None:
        self._watch = simulator.watch()
        self.count = 0
        self.task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async for change in self._watch:
            if change.what is Changed.MESSAGE_ADDED and change.person is not None and change.person.is_bot:
                self.count += 1

    async def wait_for(self, count: int) -> None:
        until = time.monotonic() + PATIENCE
        while self.count < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.count} of {count}")
            await asyncio.sleep(0.005)


async def start(command: Sequence[str], simulator: Simulator, folder: Path) -> psutil.Process:
    settings = {
        "HIWAR_TELEGRAM_TOKEN": simulator.token,
        "HIWAR_TELEGRAM_API_URL": simulator.url,
        "HIWAR_DATABASE_URL": f"sqlite:///{folder / 'hiwar.db'}",
        "HIWAR_VAR_DIR": str(folder),
        "HIWAR_CONTENT_DIR": str(folder / "content"),
        "HIWAR_HTTP_PORT": "0",
        "HIWAR_MESSAGES_PER_SECOND": "0",
        "HIWAR_LOG_LEVEL": "error",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env={**os.environ, **settings}, stdout=asyncio.subprocess.DEVNULL
    )
    return psutil.Process(process.pid)


async def act_all(people: Sequence[Person], counter: Counter, act: Callable[[Person], object]) -> None:
    """Let everybody do something, some at a time so that none waits for its poll alone, and wait for all replies."""
    for first in range(0, len(people), AT_ONCE):
        some, before = people[first : first + AT_ONCE], counter.count
        for person in some:
            act(person)
        await counter.wait_for(before + len(some))


@dataclass(frozen=True)
class Load:
    """How many people answer, how often, and how long each message to them is on its way."""

    people: int
    rounds: int
    line: float = 0.0


async def measure(name: str, command: Sequence[str], folder: Path, load: Load, form: bool) -> Row:
    simulator = Simulator()
    await simulator.start()
    if load.line:
        simulator.faults.add(Fails.SLOW, "sendMessage", times=None, seconds=load.line)
    counter = Counter(simulator)
    people = [simulator.add_person(f"Person {number}", "en") for number in range(load.people)]
    bot = await start(command, simulator, folder)
    simulator.say(people[0], "/help" if form else "hello")
    await counter.wait_for(1)
    ready = bot.memory_info().rss
    if form:
        await act_all(people, counter, lambda person: simulator.say(person, "/start large_en"))
        await act_all(people, counter, lambda person: _press_first(simulator, person))
    else:
        await act_all(people, counter, lambda person: simulator.say(person, "hello"))
    spent, began = _processor(bot), time.perf_counter()
    for number in range(load.rounds):
        text = SAID[number % len(SAID)]
        await act_all(people, counter, lambda person, text=text: simulator.say(person, text))  # type: ignore[misc]
    seconds, updates = time.perf_counter() - began, load.rounds * load.people
    cost, memory = (_processor(bot) - spent) / updates, bot.memory_info().rss
    _check(simulator, people, form)
    bot.terminate()
    bot.wait()
    counter.task.cancel()
    with suppress(asyncio.CancelledError):
        await counter.task
    await simulator.stop()
    return Row(name, ready / 2**20, (memory - ready) / 2**20, updates / seconds, cost)


def _press_first(simulator: Simulator, person: Person) -> None:
    simulator.press(person, _last(simulator, person), _last(simulator, person).buttons[0][0]["text"])


def _check(simulator: Simulator, people: Sequence[Person], form: bool) -> None:
    """Nothing was refused, and everybody is at the same question."""
    assert simulator.refused == [], simulator.refused[:1]
    assert len({_last(simulator, person).text for person in people}) == 1 or not form


def _last(simulator: Simulator, person: Person) -> Message:
    return simulator.messages(person)[-1]


def _processor(bot: psutil.Process) -> float:
    times = bot.cpu_times()
    return float(times.user + times.system)


async def measure_all(load: Load, sizes: Sequence[int]) -> None:
    print(f"{load.people} people, {load.rounds} answers each, {load.line * 1000:.0f} ms for each message")
    print(f"{'':<34}{'at first':>12}{'sessions':>12}{'rate':>12}{'processor':>13}")
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "content" / "forms").mkdir(parents=True)
            for one in ("countries.yaml", "sources.yaml", "topics.yaml"):
                (folder / "content" / one).write_bytes((ROOT / "tests" / "sample_content" / one).read_bytes())
            (folder / "content" / "forms" / "large.md").write_text(make_table(size) + SETTINGS, "utf-8")
            rows.append(await measure(f"Hiwar, a form of {size}", ("-m", "bot", "run"), folder, load, form=True))
            print(rows[-1], flush=True)
    with tempfile.TemporaryDirectory() as name:
        echo = await measure("bare python-telegram-bot", ("-m", "benchmarks.echo"), Path(name), load, form=False)
    print(echo, flush=True)
    for row in rows:
        print(
            f"{row.name}: {row.rate / echo.rate:.2f} times the echo's rate, {row.cost / echo.cost:.0%} of its processor time"
        )


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    form = make_form()
    fill_in(form)
    cost, answers = time_answers(form)
    print(f"the form room alone, 200 questions with 60 conditions: {cost:.0f} µs an answer ({answers} of them)")
    sizes = [int(one) for one in sys.argv[3:]] or SIZES
    for load in (Load(people, rounds), Load(max(1, people // FEWER), rounds, LINE_SECONDS)):
        asyncio.run(measure_all(load, sizes))


if __name__ == "__main__":
    main()
