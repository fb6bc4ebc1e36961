"""getUpdates: offsets, redelivery, long polling, conflicts, ids over restarts."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.simulator import Person, Simulator

Post = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


def ids(simulator: Simulator) -> list[int]:
    return [update["update_id"] for update in simulator.waiting_updates]


async def test_unconfirmed_updates_come_again(simulator: Simulator, client: Bot, amina: Person) -> None:
    for text in ("one", "two", "three"):
        simulator.say(amina, text)
    first = await client.get_updates()
    assert [update.message and update.message.text for update in first] == ["one", "two", "three"]
    assert [update.update_id for update in await client.get_updates()] == [update.update_id for update in first]
    (rest,) = await client.get_updates(offset=first[2].update_id)
    assert rest.update_id == first[2].update_id
    assert ids(simulator) == [first[2].update_id]
    assert not await client.get_updates(offset=first[2].update_id + 1)


async def test_limit_and_negative_offset(simulator: Simulator, client: Bot, amina: Person) -> None:
    for text in "abcde":
        simulator.say(amina, text)
    assert [update.message and update.message.text for update in await client.get_updates(limit=2)] == ["a", "b"]
    assert [update.message and update.message.text for update in await client.get_updates(offset=-2)] == ["d", "e"]
    assert len(ids(simulator)) == 2


async def test_long_poll_wakes_for_an_update(simulator: Simulator, client: Bot, amina: Person) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await simulator.wait_until(lambda: simulator._world.updates._poller is not None)
    simulator.say(amina, "wake up")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "wake up"


async def test_second_poller_ends_the_first(simulator: Simulator, client: Bot, post: Post) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await simulator.wait_until(lambda: simulator._world.updates._poller is not None)
    assert (await post("getUpdates"))[1] == {"ok": True, "result": []}
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await poll


async def test_polling_and_webhook_exclude_each_other(simulator: Simulator, client: Bot) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await simulator.wait_until(lambda: simulator._world.updates._poller is not None)
    await client.set_webhook("http://127.0.0.1:9/", max_connections=1)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await client.get_updates()
    await client.delete_webhook()
    assert not await client.get_updates()


async def test_only_wanted_kinds_are_kept(simulator: Simulator, client: Bot, amina: Person) -> None:
    await client.get_updates(allowed_updates=["message"])
    simulator.block(amina)
    simulator.unblock(amina)
    assert [update.my_chat_member for update in await client.get_updates()] == [None]
    await client.get_updates(allowed_updates=[])
    simulator.block(amina)
    assert [update.my_chat_member is not None for update in await client.get_updates()] == [False, True]


async def test_malformed_update_goes_out_as_it_is(simulator: Simulator, post: Post) -> None:
    simulator.push_raw({"message": {"text": 5}})
    _, answer = await post("getUpdates")
    (update,) = answer["result"]
    assert update["message"] == {"text": 5}
    simulator.push_raw({"update_id": update["update_id"] + 10})
    simulator.push_raw({"poll": "?"})
    assert ids(simulator)[-1] == update["update_id"] + 11


async def test_stop_ends_a_long_poll(simulator: Simulator, client: Bot) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await simulator.wait_until(lambda: simulator._world.updates._poller is not None)
    await simulator.stop()
    assert not await poll


def test_ids_are_never_given_again_after_a_restart() -> None:
    started_at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    seen: list[int] = []
    for seconds in (0, 1):
        simulator = Simulator(now=lambda seconds=seconds: started_at + timedelta(seconds=seconds))  # type: ignore[misc]
        person = simulator.add_person("Amina")
        for _ in range(100):
            simulator.say(person, "x")
        seen += ids(simulator)
    assert seen == sorted(set(seen))
    assert len(seen) == 200


def test_first_update_id_can_be_chosen() -> None:
    simulator = Simulator(first_update_id=7)
    simulator.say(simulator.add_person("Amina"), "x")
    assert ids(simulator) == [7]
