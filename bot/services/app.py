"""The running bot, as its services see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.content.library import Library
from bot.languages import Languages
from bot.storage.database import Database
from bot.storage.sealing import Cipher


@dataclass
class App:
    """What the services work with. `library` is replaced as a whole when staff change the content."""

    db: Database
    cipher: Cipher
    languages: Languages
    library: Library
    clock: Callable[[], datetime]
    make_id: Callable[[], str]
    question_days: int = 90
    # The bot's public name, once its channel knows it.
    bot_name: str = ""

    def today(self) -> date:
        return self.clock().date()
