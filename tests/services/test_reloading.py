"""A good edit is live at once; a bad one leaves what was."""

import asyncio
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.config import Settings
from bot.languages import Languages
from bot.matching import models
from bot.services.reloading import go_live, load_library, watch_content
from tests.conftest import SAMPLE_CONTENT, Running


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(SAMPLE_CONTENT, tmp_path / "content")
    return settings.model_copy(update={"content_dir": tmp_path / "content"})


def edit(settings: Settings, old: str, new: str) -> None:
    path = settings.content_dir / "entries" / "forum-next.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


async def test_a_good_edit_is_answered_without_a_restart(hiwar: Running) -> None:
    watching = asyncio.create_task(watch_content(hiwar.app))
    await asyncio.sleep(0.3)
    before = hiwar.app.library
    edit(hiwar.settings, "**2030**", "**2031**")
    await hiwar.simulator.wait_until(lambda: hiwar.app.library is not before, 10)
    person = hiwar.simulator.add_person("Nadia", "en")
    assert "2031" in (await hiwar.ask(person, "when is the next forum")).text
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def test_a_bad_edit_leaves_the_old_content(hiwar: Running) -> None:
    edit(hiwar.settings, "topic: forum", "topic: nonsense")
    assert not await go_live(hiwar.app)
    person = hiwar.simulator.add_person("Nadia", "en")
    assert "2030" in (await hiwar.ask(person, "when is the next forum")).text


def test_a_language_too_large_to_be_learned_is_named(
    settings: Settings, languages: Languages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "MOST_TRAINED_ROWS", 20)
    with capture_logs() as lines:
        load_library(settings.content_dir, tmp_path / "content.db", languages, date(2026, 11, 20))
    named = {line["language"] for line in lines if line["event"] == "language too large to be learned"}
    assert {"ar", "en", "fr"} <= named
