"""Webhook, health and metrics over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import aiohttp
import pytest
from icalendar import Calendar
from pydantic import HttpUrl, SecretStr

from bot.assembly import open_app
from bot.config import Settings
from bot.simulator import Simulator
from bot.telegram.channel import TelegramChannel
from bot.telegram.webhook import SECRET_HEADER, WEBHOOK_PATH
from tests.conftest import SAMPLE_CONTENT


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
async def simulator(tmp_path: Path, port: int) -> AsyncIterator[Simulator]:
    """A simulator whose bot takes updates by webhook."""
    async with AsyncExitStack() as stack:
        simulator = Simulator()
        await simulator.start()
        stack.push_async_callback(simulator.stop)
        settings = Settings(
            telegram_token=SecretStr(simulator.token),
            database_url=f"sqlite:///{tmp_path / 'hiwar.db'}",
            var_dir=tmp_path,
            content_dir=SAMPLE_CONTENT,
            webhook_url=HttpUrl(f"http://127.0.0.1:{port}"),
            http_port=port,
        )
        app = await stack.enter_async_context(open_app(settings))
        channel = asyncio.create_task(TelegramChannel(app, settings, simulator.token, simulator.url).run())
        await simulator.wait_until(lambda: any(call.method == "setWebhook" for call in simulator.calls))
        yield simulator
        channel.cancel()
        with suppress(asyncio.CancelledError):
            await channel


async def test_a_question_comes_by_webhook_and_is_answered(simulator: Simulator) -> None:
    person = simulator.add_person("Nadia", "en")
    simulator.say(person, "when is the next forum")
    assert "2030" in (await simulator.wait_for_reply(person)).text


async def test_a_forged_or_broken_webhook_is_refused(simulator: Simulator, port: int) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}{WEBHOOK_PATH}"
        for headers in ({}, {SECRET_HEADER: "guess"}):
            async with session.post(url, json={"update_id": 1}, headers=headers) as response:
                assert response.status == 403
    assert simulator.refused == []


async def test_health_and_metrics_tell_counts_and_nothing_else(simulator: Simulator, port: int) -> None:
    person = simulator.add_person("Nadia Unmistakable", "en")
    simulator.say(person, "when is the next forum")
    await simulator.wait_for_reply(person)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/health") as response:
            health = await response.json()
            assert health["status"] == "ok"
        async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
            metrics = await response.text()
    assert 'hiwar_updates_total{outcome="handled"}' in metrics
    assert "Unmistakable" not in metrics


async def test_the_events_are_a_calendar_to_subscribe_to(simulator: Simulator, port: int) -> None:
    assert simulator.persons == []
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/events/fr.ics") as response:
            assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
            [name] = [str(event["SUMMARY"]) for event in Calendar.from_ical(await response.read()).walk("VEVENT")][1:]
            assert name == "Journée régionale"
        async with session.get(f"http://127.0.0.1:{port}/events/xx.ics") as response:
            assert response.status == 404
