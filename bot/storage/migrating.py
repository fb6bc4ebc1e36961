"""Bringing the tables up to date with Alembic, which is imported only when something is due.

The migrations are the files of `migrations/versions`, named by their number, so that what is due can be told without
importing anything.
"""

from collections.abc import Collection
from pathlib import Path

from bot.errors import DatabaseTaken, DatabaseTooNew, DatabaseUnusable

FOLDER = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """The revision this version of the code works with."""
    return max(file.stem.split("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py"))


def check_tables(tables: Collection[str]) -> bool:
    """Whether the tables found are Hiwar's; False when there are none at all. Raises `DatabaseUnusable` for others'."""
    if tables and "alembic_version" not in tables:
        raise DatabaseUnusable(
            "HIWAR_DATABASE_URL names a database that holds something else than Hiwar's tables: choose an empty one."
        )
    return bool(tables)


def check_revision(found: str | None) -> None:
    """Hold what a running bot has made of its tables against what this version needs. Raises `DatabaseTaken`."""
    if found != newest_revision():
        raise DatabaseTaken(
            f"A Hiwar of another version is running on this database (revision {found}, here {newest_revision()}): "
            "start it anew with this version first."
        )


def migrate(found: str | None, sqlalchemy_url: str) -> None:
    """Bring a database at revision `found` (None: an empty one) up to date. Raises `DatabaseTooNew`."""
    newest = newest_revision()
    if found is not None and found > newest:
        raise DatabaseTooNew(
            f"The database is at revision {found}, newer than this Hiwar knows ({newest}): install the newer version, "
            "or set HIWAR_DATABASE_URL to another database."
        )
    if found != newest:
        _upgrade(sqlalchemy_url)


def _upgrade(sqlalchemy_url: str) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    engine = create_engine(sqlalchemy_url, poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
