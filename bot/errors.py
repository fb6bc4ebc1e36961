"""Every exception Hiwar raises on purpose.

HiwarError
├── StartError             the program cannot start; `str()` is one sentence with the remedy
│   ├── SettingsError      a setting is missing or has a value that cannot be used
│   ├── TokenRefused       Telegram does not know the bot's token
│   ├── AddressTaken       the HTTP port is used by another program
│   ├── FolderUnwritable   a folder Hiwar must write to does not let it
│   ├── DatabaseUnusable   the database cannot be reached, or is not Hiwar's
│   ├── DatabaseTooNew     the database was migrated by a newer version of Hiwar
│   ├── DatabaseTaken      another running Hiwar holds the database
│   └── ContentUnusable    the content has errors and no earlier content can be served
├── AudienceUnreadable     the words for an audience cannot be understood; `str()` says which, with the remedy
├── Outdated               what an answer rests on has changed since it was read: it is made anew
└── Unreadable             a stored or received text cannot be understood
"""


class HiwarError(Exception):
    """Something went wrong that Hiwar knows about."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class StartError(HiwarError):
    """Hiwar cannot start."""


class SettingsError(StartError):
    """A setting has a value that cannot be used."""


class TokenRefused(StartError):
    """Telegram refused the token: copy it again from @BotFather into HIWAR_TELEGRAM_TOKEN."""


class AddressTaken(StartError):
    """The HTTP port is used by another program: stop it, or choose another with HIWAR_HTTP_PORT."""


class FolderUnwritable(StartError):
    """A folder Hiwar must write to does not let it."""


class DatabaseUnusable(StartError):
    """The database cannot be used: check HIWAR_DATABASE_URL."""


class DatabaseTooNew(StartError):
    """The database was made by a newer Hiwar: install that version, or start with another database."""


class DatabaseTaken(StartError):
    """Another Hiwar is running on this database: stop it first."""


class ContentUnusable(StartError):
    """The content has errors: run `hiwar content check`, mend what it lists, and start again."""


class AudienceUnreadable(HiwarError):
    """The audience cannot be read."""


class Outdated(HiwarError):
    """What was read has changed meanwhile."""


class Unreadable(HiwarError):
    """A text cannot be understood."""
