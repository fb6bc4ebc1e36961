"""Putting staff's changes live: a good edit at once, a bad one never (design §5.5)."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
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
        return _name_unlearned(current)
    compilation = compile_content(folder, languages, today)
    if not compilation.errors:
        return _name_unlearned(write_content_db(compilation, path, wanted))
    log_problems(compilation.errors)
    if not path.exists():
        raise ContentUnusable
    log.error("older content served", remedy="mend the problems above; `hiwar content check` lists them")
    return Library.open(path)


def _name_unlearned(library: Library) -> Library:
    """Log the languages that have grown too large to be learned: nobody should find that out by the answers."""
    for name, model in library.matcher.models.items():
        if model.rows.phrasings and model.weights is None:
            remedy = (
                f"understood less well; it has {len(model.rows.phrasings)} ways of asking: take out what says the same"
            )
            log.warning("language too large to be learned", language=name, remedy=remedy)
    return library


async def watch_content(app: App) -> None:
    """Reload the content whenever a file in its folder changes, for ever."""
    await _tell(app)
    async for _changes in awatch(app.content.folder, debounce=QUIET_MS, step=50):
        await go_live(app)


async def go_live(app: App) -> bool:
    """Put the folder's content live, learn it, and set down who is to be told of it; False where it has errors."""
    finish = await place_content(app)
    if finish is None:
        return False
    await finish()
    return True


async def place_content(app: App) -> Callable[[], Awaitable[None]] | None:
    """Put the folder's content live, found word for word; None when it has errors, which are logged, and the old keeps
    serving. What is returned takes some seconds: it learns what the content teaches, and tells who waits for it."""
    async with app.reloading:
        wanted = await asyncio.to_thread(fingerprint, app.content.folder, app.languages)
        if wanted == app.library.fingerprint:
            return partial(_tell, app)
        compilation = await asyncio.to_thread(compile_content, app.content.folder, app.languages, app.today())
        if compilation.errors:
            log_problems(compilation.errors)
            return None
        placed = _put_in_place(app.library, compilation, wanted)
        app.replace_library(placed)
        log.info("content live", entries=len(placed.entries))

    async def finish() -> None:
        await _learn(app, placed, compilation)
        await _tell(app)

    return finish


async def _learn(app: App, placed: Library, compilation: Compilation) -> None:
    """Learn what was put live, unless something newer was put in its place meanwhile."""
    async with app.learning:
        if app.library is not placed:
            return
        path, wanted = app.content.database, placed.fingerprint
        learned = await asyncio.to_thread(write_content_db, compilation, path, wanted, placed.matcher)
        await asyncio.to_thread(learned.matcher.prepare)
        if app.library is placed:
            app.replace_library(_name_unlearned(learned))
            log.info("content learned")


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


def _put_in_place(library: Library, compilation: Compilation, wanted: str) -> Library:
    """The compiled content with what was learned from the older one."""
    asked = ways_of_asking(compilation.phrasings, compilation.entries)
    matcher = library.matcher.with_phrasings(asked, compilation.outside)
    return replace(with_texts(library, compilation), matcher=matcher, fingerprint=wanted)


def log_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        log.error("content problem", file=problem.file, line=problem.line, problem=problem.sentence)
