"""Starting and stopping as an operator does it: one sentence with the remedy, or a clean run."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.simulator import Simulator
from bot.storage.database import open_database
from tests.conftest import ROOT, SAMPLE_CONTENT


def environment(folder: Path, **settings: str) -> dict[str, str]:
    given = {
        "DATABASE_URL": f"sqlite:///{folder / 'hiwar.db'}",
        "VAR_DIR": str(folder),
        "CONTENT_DIR": str(SAMPLE_CONTENT),
        "SIMULATOR_PORT": "0",
        "HTTP_PORT": "0",
        **settings,
    }
    return {**os.environ, **{f"HIWAR_{name}": value for name, value in given.items()}}


async def start(folder: Path, **settings: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment(folder, **settings), stdout=pipe, stderr=pipe
    )


async def fail(folder: Path, **settings: str) -> str:
    """Start what cannot start; the last line it printed on standard error."""
    process = await start(folder, **settings)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert b"Traceback" not in errors
    return errors.decode().strip().splitlines()[-1]


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"HIWAR_SIMULATOR_PORT={port}" in await fail(tmp_path, SIMULATOR_PORT=port)


async def test_a_refused_token_is_explained(tmp_path: Path) -> None:
    simulator = Simulator()
    await simulator.start()
    line = await fail(tmp_path, TELEGRAM_TOKEN="123:wrong", TELEGRAM_API_URL=simulator.url)  # noqa: S106 - no secret
    await simulator.stop()
    assert "HIWAR_TELEGRAM_TOKEN" in line
    assert "123:wrong" not in line


async def test_content_with_errors_is_named_with_file_and_line(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE_CONTENT, tmp_path / "content")
    (tmp_path / "content" / "entries" / "danger.md").write_text("broken")
    assert "hiwar content check" in await fail(tmp_path, CONTENT_DIR=str(tmp_path / "content"))


async def test_a_newer_database_is_explained(tmp_path: Path) -> None:
    await (await open_database(f"sqlite:///{tmp_path / 'hiwar.db'}")).close()
    with sqlite3.connect(tmp_path / "hiwar.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert "newer" in await fail(tmp_path)


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    line = await fail(tmp_path, VAR_DIR=str(tmp_path / "file" / "var"))
    assert "HIWAR_VAR_DIR" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "a lot"),
        ("DATABASE_URL", "mysql://x"),
        ("SECRET_KEY", "short"),
        ("DESK_HOURS", "nine to five"),
        ("TIME_ZONE", "Cairo"),
    ],
)
async def test_a_bad_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    line = await fail(tmp_path, **{name: value})
    assert f"HIWAR_{name}" in line or "openssl" in line


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    process = await start(tmp_path)
    assert process.stdout is not None
    while b"http://127.0.0.1:" not in await asyncio.wait_for(process.stdout.readline(), 20):
        pass
    process.send_signal(number)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    assert b"Traceback" not in errors
