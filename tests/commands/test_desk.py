"""`hiwar desk list | close` as staff type it, while the bot runs."""

import asyncio
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import SettingsError
from bot.services import ringing
from bot.storage import audit
from tests.conftest import Running
from tests.telegram.test_conversations import last
from tests.telegram.test_desk import QUESTION, make_team


async def run(hiwar: Running, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    settings = hiwar.settings
    given = {"DATABASE_URL": settings.database_url, "VAR_DIR": settings.var_dir, "CONTENT_DIR": settings.content_dir}
    for name, value in given.items():
        monkeypatch.setenv(f"HIWAR_{name}", str(value))
    return await asyncio.to_thread(CliRunner().invoke, cli, ["desk", *words])


async def test_what_is_open_is_listed_and_closed(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    assert "No question is open" in (await run(hiwar, monkeypatch, "list")).output
    team = await make_team(hiwar, code="fr")
    await team.ask()
    [ticket] = await team.find()
    listed = (await run(hiwar, monkeypatch, "list")).output
    assert f"  {ticket.id}  open" in listed
    assert QUESTION in listed
    assert "closed" in (await run(hiwar, monkeypatch, "close", ticket.id)).output
    await hiwar.simulator.wait_until(lambda: "L’équipe a clos votre question" in last(hiwar, team.asker).text)
    assert await team.find() == []
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 1))
    assert [(one.holder, one.act, one.subject) for one in acts] == [(audit.CONSOLE, "close", ticket.id)]
    again = await run(hiwar, monkeypatch, "close", ticket.id)
    assert isinstance(again.exception, SettingsError)
    assert "hiwar desk list" in str(again.exception)


async def test_what_waits_too_long_is_marked(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    team = await make_team(hiwar)
    await team.ask()
    clock = hiwar.app.clock
    monkeypatch.setattr("bot.assembly.utc_now", lambda: clock() + timedelta(hours=25))
    assert (await run(hiwar, monkeypatch, "list")).output.startswith("! ")
