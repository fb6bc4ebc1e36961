"""The server itself: where it listens, and every way of handing it parameters."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.simulator import Person, Simulator

Post = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", ""])  # noqa: S104 - to be refused
async def test_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await Simulator().start(host)


async def test_taken_port_is_an_oserror(simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        await Simulator().start(port=port)


async def test_starts_again_after_a_stop(simulator: Simulator) -> None:
    await simulator.stop()
    await simulator.start()
    async with aiohttp.ClientSession() as session, session.get(f"{simulator.url}/bot{simulator.token}/getMe") as answer:
        assert (await answer.json())["result"]["username"] == "hiwar_simulated_bot"


async def test_takes_parameters_in_every_form(simulator: Simulator, amina: Person) -> None:
    url = f"{simulator.url}/bot{simulator.token}/SendMessage"
    fields = {
        "chat_id": str(amina.id),
        "text": "x",
        "protect_content": "true",
        "reply_markup": '{"inline_keyboard":[]}',
    }
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    async with aiohttp.ClientSession() as session:
        for call in (
            session.get(url, params=fields),
            session.post(url, params=fields),
            session.post(url, data=fields),
            session.post(url, data=multipart),
            session.post(url, json=fields | {"chat_id": amina.id, "protect_content": True}),
        ):
            async with call as response:
                assert response.status == 200, await response.text()
    assert [message.text for message in simulator.messages(amina)[1:]] == ["x"] * 5


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    [
        (b"{", "application/json", "can't parse JSON object"),
        (b"[]", "application/json", "can't parse JSON object: Object expected"),
        (b"x", "text/plain", "unsupported content type text/plain"),
    ],
)
async def test_refuses_bodies_it_cannot_read(simulator: Simulator, body: bytes, kind: str, refusal: str) -> None:
    url = f"{simulator.url}/bot{simulator.token}/getMe"
    async with (
        aiohttp.ClientSession(headers={"Content-Type": kind}) as session,
        session.post(url, data=body) as response,
    ):
        assert (response.status, (await response.json())["description"]) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(("token", "path", "status"), [("", "documents/none", 404), ("x", "documents/file_1", 401)])
async def test_refuses_downloads(simulator: Simulator, token: str, path: str, status: int) -> None:
    url = f"{simulator.url}/file/bot{token or simulator.token}/{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == status


async def test_keeps_calls_and_refusals(simulator: Simulator, amina: Person, post: Post) -> None:
    await post("sendMessage", chat_id=amina.id, text="x")
    await post("sendMessage", chat_id=amina.id, text="")
    assert [(call.method, call.params["text"], call.answer["ok"]) for call in simulator.calls] == [
        ("sendMessage", "x", True),
        ("sendMessage", "", False),
    ]
    assert [call.answer["description"] for call in simulator.refused] == ["Bad Request: message text is empty"]
