"""A simulator on a free port, and the two ways of calling it: python-telegram-bot's client, and bare HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.simulator import Person, Simulator

Json = dict[str, Any]
Post = Callable[..., Awaitable[tuple[int, Json]]]


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    simulator = Simulator()
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
def amina(simulator: Simulator) -> Person:
    """A person who has started the bot; that update is no longer waiting."""
    person = simulator.add_person("Amina", "ar", "amina")
    simulator.say(person, "/start")
    simulator._world.updates.drop()
    return person


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[Bot]:
    """The real client, as the bot uses it."""
    bot = Bot(simulator.token, base_url=f"{simulator.url}/bot", base_file_url=f"{simulator.url}/file/bot")
    async with bot:
        yield bot


@pytest.fixture
async def post(simulator: Simulator) -> AsyncIterator[Post]:
    """Call a method with a JSON body, as no library would stop it; gives status and answer."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, token: str = simulator.token, /, **params: object) -> tuple[int, Json]:
            async with session.post(f"{simulator.url}/bot{token}/{method}", json=params) as response:
                return response.status, await response.json()

        yield call
