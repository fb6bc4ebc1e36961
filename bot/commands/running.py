"""What commands begin with: the settings, the content, the app."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.config import Settings, read_settings
from bot.errors import SettingsError
from bot.languages import Languages, read_languages

if TYPE_CHECKING:
    from bot.content.compile import Compilation
    from bot.content.library import Library
    from bot.services.app import App

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


def with_app(use: Callable[["App"], Awaitable[T]]) -> T:
    """Do something with the whole app, opened for it and closed after; the bot may be running meanwhile."""
    from bot.assembly import open_app

    async def work() -> T:
        async with open_app(read_settings(), beside=True) as app:
            return await use(app)

    return run_async(work())


def compile_folder(settings: Settings) -> "Compilation":
    from bot.content.compile import compile_content

    return compile_content(settings.content_dir, read_languages(settings.locales_dir), datetime.now(UTC).date())


def open_library() -> tuple["Library", Languages]:
    """The content as the bot would serve it now, built anew where it changed."""
    from bot.services.reloading import load_library

    settings = read_settings()
    languages = read_languages(settings.locales_dir)
    today = datetime.now(UTC).date()
    return load_library(settings.content_dir, settings.content_db, languages, today), languages


@contextmanager
def show_progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal; to be told how many are done. It is gone when all are."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


def check_language(languages: Languages, wanted: str) -> str:
    """The language itself. Raises `SettingsError` where there is none of that name."""
    if wanted not in languages:
        raise SettingsError(f"There is no language “{wanted}”: use one of {', '.join(languages.locales)}.")
    return wanted
