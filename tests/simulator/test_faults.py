"""Each fault, as a bot meets it."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.simulator import Fails, Faults, Person, Simulator


async def test_flood_names_the_wait(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.faults.add(Fails.FLOOD, "sendMessage", retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await client.send_message(amina.id, "x")
    assert simulator.refused[-1].answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await client.send_message(amina.id, "x")


@pytest.mark.parametrize(
    ("fails", "error", "words"),
    [
        (Fails.BLOCKED, Forbidden, "bot was blocked by the user"),
        (Fails.CHAT_NOT_FOUND, BadRequest, "Chat not found"),
        (Fails.GATEWAY, NetworkError, "Bad Gateway|Unknown HTTPError|HTTP response"),
        (Fails.RESET, NetworkError, "httpx"),
    ],
)
async def test_call_fails_unhandled(
    simulator: Simulator, client: Bot, amina: Person, fails: Fails, error: type[Exception], words: str
) -> None:
    simulator.faults.add(fails, "sendMessage")
    with pytest.raises(error, match=words):
        await client.send_message(amina.id, "lost")
    assert "lost" not in [message.text for message in simulator.messages(amina)]
    assert not simulator.calls[-1].answer["ok"]
    await client.send_message(amina.id, "kept")


async def test_reset_after_the_message_was_accepted(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.faults.add(Fails.RESET_AFTER, "sendMessage")
    with pytest.raises(NetworkError):
        await client.send_message(amina.id, "arrived")
    assert simulator.messages(amina)[-1].text == "arrived"


async def test_slow_call_outlasts_the_clients_patience(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.faults.add(Fails.SLOW, seconds=60)
    with pytest.raises(NetworkError, match="Timed out"):
        await client.send_message(amina.id, "x", read_timeout=0.05)


async def test_gateway_answers_html(simulator: Simulator, client: Bot) -> None:
    simulator.faults.add(Fails.GATEWAY, status=504)
    with pytest.raises(NetworkError):
        await client.get_me()


async def test_confirmed_updates_come_twice(simulator: Simulator, client: Bot, amina: Person) -> None:
    simulator.faults.add(Fails.TWICE)
    assert not await client.get_updates()  # nothing to repeat: the fault waits
    simulator.say(amina, "x")
    (first,) = await client.get_updates()
    (second,) = await client.get_updates(offset=first.update_id + 1)
    assert first.update_id == second.update_id
    assert not await client.get_updates(offset=first.update_id + 1)


@pytest.mark.parametrize(
    ("method", "chat_id", "concerned"),
    [("", None, True), ("sendMessage", 5, True), ("SENDMESSAGE", None, True), ("getMe", None, False), ("", 6, False)],
)
def test_rules_name_method_and_chat(method: str, chat_id: int | None, concerned: bool) -> None:
    faults = Faults()
    faults.add(Fails.FLOOD, method, chat_id=chat_id)
    assert bool(faults.strike("sendMessage", 5)) is concerned


def test_rules_strike_as_often_as_told() -> None:
    faults = Faults()
    faults.add(Fails.FLOOD, times=2)
    assert [len(faults.strike("getMe", None)) for _ in range(3)] == [1, 1, 0]
    assert len(faults) == 0
    faults.add(Fails.FLOOD, times=None)
    assert all(faults.strike("getMe", None) for _ in range(100))
    faults.clear()
    assert not faults.strike("getMe", None)


def test_chance_is_repeatable() -> None:
    def draw() -> list[int]:
        faults = Faults(seed=4)
        faults.add(Fails.FLOOD, times=None, probability=0.3)
        return [len(faults.strike("getMe", None)) for _ in range(200)]

    assert draw() == draw()
    assert 30 < sum(draw()) < 90
