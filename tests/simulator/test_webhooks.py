"""Updates posted to a webhook: secret, order, retries, and what getWebhookInfo says of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.simulator import Fails, Person, Simulator

SECRET = "a-shared_secret"  # noqa: S105 - of this test


@dataclass
class Receiver:
    """A bot's webhook: answers with the given statuses, then 200, and keeps what it got."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.bodies]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(
    simulator: Simulator, client: Bot, amina: Person, receiver: Receiver
) -> None:
    simulator.say(amina, "before")
    await client.set_webhook(receiver.url, secret_token=SECRET)
    simulator.say(amina, "after")
    await simulator.wait_until(lambda: len(receiver.bodies) == 2)
    assert receiver.texts == ["before", "after"]
    assert receiver.secrets == [SECRET, SECRET]
    await simulator.wait_until(lambda: not simulator.waiting_updates)


async def test_refused_update_is_posted_again_before_the_next(
    simulator: Simulator, client: Bot, amina: Person, receiver: Receiver
) -> None:
    receiver.statuses = [500, 404, 302]
    await client.set_webhook(receiver.url)
    simulator.say(amina, "one")
    simulator.say(amina, "two")
    await simulator.wait_until(lambda: len(receiver.bodies) == 5)
    assert receiver.texts == ["one", "one", "one", "one", "two"]
    info = await client.get_webhook_info()
    assert info.url == receiver.url
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"


async def test_nothing_is_lost_while_the_bot_is_away(simulator: Simulator, client: Bot, amina: Person) -> None:
    await client.set_webhook("http://127.0.0.1:9/", max_connections=2)
    simulator.say(amina, "x")
    await simulator.wait_until(lambda: bool(simulator._answering._webhook and simulator._answering._webhook.last_error))
    info = await client.get_webhook_info()
    assert (info.pending_update_count, info.max_connections) == (1, 2)
    assert info.last_error_message == "Connection failed: ClientConnectorError"
    await client.delete_webhook()
    assert len(await client.get_updates()) == 1


async def test_waiting_updates_can_be_dropped(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.say(amina, "x")
    await client.delete_webhook(drop_pending_updates=True)
    assert not await client.get_updates()


async def test_update_posted_twice(simulator: Simulator, client: Bot, amina: Person, receiver: Receiver) -> None:
    simulator.faults.add(Fails.TWICE)
    await client.set_webhook(receiver.url)
    simulator.say(amina, "x")
    await simulator.wait_until(lambda: len(receiver.bodies) == 2)
    assert receiver.bodies[0] == receiver.bodies[1]
