"""From saving a changed event to the notice in every subscriber's chat, through the whole bot and the simulator.

    python -m benchmarks.notices [subscribers]

Everybody follows the sample content's event; then its file is changed as staff would. The bot sends what it says of its
own at most twenty a second, so that whoever writes meanwhile is answered at once: what one question takes is measured
while the notices go out.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

from bot.assembly import open_app
from bot.config import ROOT, Settings
from bot.services.app import App
from bot.services.reloading import watch_content
from bot.simulator import Person, Simulator
from bot.storage import follows, people
from bot.storage.database import Connection
from bot.telegram.channel import TelegramChannel

EVENT = "regional-day"
# What somebody said and what the bot answered: a bot may not write to who never wrote to it.
GREETED = 2
QUESTION = "when is the next forum"


def subscribe(app: App, conn: Connection, persons: list[Person]) -> None:
    for person in persons:
        pseudonym = app.cipher.pseudonym("telegram", person.id)
        people.keep_address(conn, pseudonym, "en", app.cipher.seal(str(person.id), "person"), app.clock())
        follows.keep_follow(conn, pseudonym, f"event/{EVENT}", app.clock())


def count_told(simulator: Simulator, persons: list[Person]) -> int:
    """How many have had more than the greeting."""
    return sum(len(simulator.messages(person)) > GREETED for person in persons)


async def ask(simulator: Simulator, person: Person) -> float:
    """Milliseconds from a question to its answer."""
    begun_at = time.perf_counter()
    simulator.say(person, QUESTION)
    await simulator.wait_for_reply(person)
    return 1_000 * (time.perf_counter() - begun_at)


async def measure(count: int, folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "sample_content", folder / "content")
    settings = Settings(
        content_dir=folder / "content", var_dir=folder / "var", database_url=f"sqlite:///{folder / 'hiwar.db'}"
    )
    simulator = Simulator()
    await simulator.start()
    async with open_app(settings) as app:
        asker = simulator.add_person("Nadia", "en")
        persons = [simulator.add_person(f"Person {number}", "en") for number in range(count)]
        running = [
            asyncio.create_task(TelegramChannel(app, settings, simulator.token, simulator.url).run()),
            asyncio.create_task(watch_content(app)),
        ]
        for person in persons:
            simulator.say(person, "/start")
        await simulator.wait_until(lambda: all(len(simulator.messages(one)) >= GREETED for one in persons), 60)
        idle = [await ask(simulator, asker) for _ in range(20)]
        await app.db.write(lambda conn: subscribe(app, conn, persons))
        file = folder / "content" / "events" / f"{EVENT}.md"
        text = file.read_text("utf-8")
        changed = text.replace("2027-03-28T1", "2027-03-29T1").replace("revision: 1", "revision: 2")
        begun_at = time.perf_counter()
        file.write_text(changed, "utf-8")
        busy, first = [], 0.0
        while (told := count_told(simulator, persons)) < count:
            first = first or (time.perf_counter() - begun_at if told else 0.0)
            busy.append(await ask(simulator, asker))
            await asyncio.sleep(0.2)
        spent = time.perf_counter() - begun_at
        print(f"{count} subscribers: the first told after {first:.1f} s, the last after {spent:.1f} s")
        print(f"one question meanwhile: median {median(busy):.1f} ms (before: {median(idle):.1f} ms)")
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    await simulator.stop()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, Path(folder)))


if __name__ == "__main__":
    main()
