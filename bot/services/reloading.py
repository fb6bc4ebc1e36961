"""Putting staff's changes live: a good edit at once, a bad one never (design §5.5)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.content.compile import Compilation, compile_content
from bot.content.library import Library, ways_of_asking
from bot.content.problems import Problem
from bot.content.store import fingerprint, open_current, write_content_db
from bot.errors import ContentUnusable
from bot.languages import Languages
from bot.services.app import App
from bot.services.notices import tell_changes
from bot.services.waiting import tell_found

log = structlog.get_logger(__name__)

# How long the folder must be quiet before it is compiled: an editor saves a file in several steps.
QUIET_MS = 300


def load_library(folder: Path, path: Path, languages: Languages, today: date) -> Library:
    """The content as the folder now has it, compiled only if it changed since `path` was written.

    With errors in the folder the older `path` serves, and the Problems are logged; raises `ContentUnusable` where
    there is none.
    """
    wanted = fingerprint(folder, languages)
    current = open_current(path, wanted)
    if current is not None:
        return current
    compilation = compile_content(folder, languages, today)
    if not compilation.errors:
        return write_content_db(compilation, path, wanted)
    log_problems(compilation.errors)
    if not path.exists():
        raise ContentUnusable
    log.error("older content served", remedy="mend the problems above; `hiwar content check` lists them")
    return Library.open(path)


async def watch_content(app: App) -> None:
    """Reload the content whenever a file in its folder changes, for ever."""
    await _tell(app)
    async for _changes in awatch(app.content.folder, debounce=QUIET_MS, step=50):
        await go_live(app)


async def go_live(app: App) -> bool:
    """Put the folder's content live, and set down who is to be told of it; False where it has errors."""
    if not await reload_content(app):
        return False
    await _tell(app)
    return True


async def reload_content(app: App) -> bool:
    """Put the folder's content live; False when it has errors, which are logged, and the old keeps serving."""
    folder, path = app.content.folder, app.content.database
    async with app.reloading:
        wanted = await asyncio.to_thread(fingerprint, folder, app.languages)
        if wanted == app.library.fingerprint:
            return True
        compilation = await asyncio.to_thread(compile_content, folder, app.languages, app.today())
        if compilation.errors:
            log_problems(compilation.errors)
            return False
        # What was written is live now, asked for word for word; what it teaches takes some seconds more to learn.
        app.replace_library(_put_in_place(app.library, compilation))
        log.info("content live", entries=len(app.library.entries))
        app.replace_library(await asyncio.to_thread(write_content_db, compilation, path, wanted, app.library.matcher))
        log.info("content learned")
        return True


async def _tell(app: App) -> None:
    await tell_changes(app)
    await tell_found(app)


def with_texts(library: Library, compilation: Compilation) -> Library:
    """The compiled texts; what they are asked by stays as it was."""
    return replace(
        library,
        topics=compilation.topics,
        entries=compilation.entries,
        phrasings=compilation.phrasings,
        countries=compilation.countries,
        forms={form.id: form for form in compilation.forms},
        way_in=compilation.way_in,
    )


def _put_in_place(library: Library, compilation: Compilation) -> Library:
    """The compiled content with what was learned from the older one."""
    asked = ways_of_asking(compilation.phrasings, compilation.entries)
    return replace(with_texts(library, compilation), matcher=library.matcher.with_phrasings(asked))


def log_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        log.error("content problem", file=problem.file, line=problem.line, problem=problem.sentence)
