"""Builds the running bot: the only place that wires concrete parts together."""

import asyncio
import gc
import secrets
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.config import Settings
from bot.errors import AddressTaken
from bot.languages import read_languages
from bot.services.app import App, ContentPlace
from bot.services.attention import WEEKDAYS, Attention
from bot.services.housekeeping import keep_house
from bot.services.publishing import publish_changes
from bot.services.reloading import load_library, watch_content
from bot.storage.database import open_database
from bot.storage.sealing import Cipher, decode_key, read_or_make_key
from bot.telegram.channel import TelegramChannel

# After how many new objects unused cycles are looked for, and how often among older ones (`gc.set_threshold`). A message
# makes hundreds that are gone with it: with Python's 700 a fifth of an answer's processor time goes into looking, with
# these 3 MiB more are held.
COLLECTOR = (50_000, 20, 50)


def utc_now() -> datetime:
    return datetime.now(UTC)


def make_id() -> str:
    """A random name nobody can guess, short enough for a button."""
    return secrets.token_urlsafe(9)


def make_cipher(settings: Settings) -> Cipher:
    """The cipher with the key of the settings, or the one kept in the working folder."""
    if settings.secret_key is not None:
        return Cipher(decode_key(settings.secret_key.get_secret_value()))
    return Cipher(read_or_make_key(settings.key_file))


def read_attention(settings: Settings) -> Attention:
    """The limits of announcements, as the settings write them."""
    quiet_from, quiet_to = (int(hour) for hour in settings.quiet_hours.split("-"))
    day, hour = settings.digest.split()
    return Attention(
        settings.announcements_a_week, quiet_from, quiet_to, settings.time_zone, WEEKDAYS.index(day), int(hour)
    )


@asynccontextmanager
async def open_app(settings: Settings, *, beside: bool = False) -> AsyncIterator[App]:
    """The app with content compiled and tables up to date; `beside` for a command that may run while the bot does.

    Raises a `StartError` that says what to do.
    """
    languages = read_languages(settings.locales_dir)
    cipher = make_cipher(settings)
    today = utc_now().date()
    library = await asyncio.to_thread(load_library, settings.content_dir, settings.content_db, languages, today)
    if not beside:
        await asyncio.to_thread(library.matcher.prepare)
    db = await open_database(settings.database_url, beside=beside)
    try:
        yield App(
            db,
            cipher,
            languages,
            library,
            ContentPlace(settings.content_dir, settings.content_db),
            utc_now,
            make_id,
            settings.question_days,
            attention=read_attention(settings),
            hours=settings.hours,
            patience=timedelta(hours=settings.desk_patience_hours),
        )
    finally:
        await db.close()


async def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way. Raises a `StartError` that says what to do."""
    gc.set_threshold(*COLLECTOR)
    serving = asyncio.create_task(_serve(settings))
    # Before anything is started, so that a signal during the start is a clean stop, too.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings))
        token, api_url = await _choose_server(settings, app, stack)
        await _run_together(
            TelegramChannel(app, settings, token, api_url).run(),
            watch_content(app),
            publish_changes(app),
            keep_house(app),
        )


async def _choose_server(settings: Settings, app: App, stack: AsyncExitStack) -> tuple[str, str]:
    """The token and the Bot API server: Telegram's, or without a token a simulator of our own."""
    if settings.telegram_token is not None:
        return settings.telegram_token.get_secret_value(), str(settings.telegram_api_url)
    # Imported only where it is wanted: a bot in service never loads it.
    from bot.services.explaining import explain_question
    from bot.simulator import Simulator
    from bot.simulator.page import add_page

    simulator = Simulator()

    def explain(text: str, language_code: str) -> list[str]:
        return explain_question(app.library.matcher, text, app.languages.nearest(language_code))

    add_page(simulator, app.languages, explain)
    try:
        await simulator.start(port=settings.simulator_port)
    except OSError as error:
        raise AddressTaken(
            f"HIWAR_SIMULATOR_PORT={settings.simulator_port} is used by another program: stop it, or choose another."
        ) from error
    stack.push_async_callback(simulator.stop)
    print(f"\n  Chat with Hiwar in your browser: {simulator.url}\n", flush=True)  # noqa: T201 - what `make run` is for
    return simulator.token, simulator.url


async def _run_together(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until one ends or fails, then stop the others and wait until they have stopped."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
