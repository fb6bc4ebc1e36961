"""The running bot, as its services see it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.content.library import Library
from bot.hours import Hours
from bot.languages import Languages
from bot.messages import Reply
from bot.services.attention import Attention
from bot.storage.database import Database
from bot.storage.sealing import Cipher


class Shelf(Protocol):
    """As much of the app as looking a question up takes."""

    @property
    def library(self) -> Library: ...
    @property
    def languages(self) -> Languages: ...
    def today(self) -> date: ...


async def _fetch_nothing(_file: str, _most_bytes: int) -> None:
    """Without a channel nobody sends files."""


@dataclass(frozen=True, slots=True)
class ContentPlace:
    """Where the content lies: the folder staff write in, and the file it is compiled to."""

    folder: Path
    database: Path


@dataclass
class App:
    """What the services work with. `library` is replaced as a whole when staff change the content."""

    db: Database
    cipher: Cipher
    languages: Languages
    library: Library
    content: ContentPlace
    clock: Callable[[], datetime]
    make_id: Callable[[], str]
    question_days: int = 90
    attention: Attention = field(default_factory=Attention)
    # Held while content is put live, and while it is learned: of two changes each sees what the other made.
    reloading: asyncio.Lock = field(default_factory=asyncio.Lock)
    learning: asyncio.Lock = field(default_factory=asyncio.Lock)
    # Answers already drawn, by entry, language and day; of one library, and gone with it.
    drawn: dict[tuple[str, str, date], Reply] = field(default_factory=dict)
    # When the people behind the bot are there, and after what time a question to them waits too long.
    hours: Hours = field(default_factory=Hours)
    patience: timedelta = timedelta(days=1)
    # The bot's public name, once its channel knows it.
    bot_name: str = ""
    # The content of a file somebody sent, by the channel's name for it; None where it is gone, or larger than so many
    # bytes.
    fetch_file: Callable[[str, int], Awaitable[bytes | None]] = _fetch_nothing

    def replace_library(self, library: Library) -> None:
        """Put other content live."""
        self.library = library
        self.drawn = {}

    def today(self) -> date:
        return self.clock().date()
