"""Small facts the bot keeps about its own account, such as which command menu it published."""

from bot.storage.database import Connection


def find_setting(conn: Connection, name: str) -> str | None:
    value = conn.sql.find_setting(name=name)
    return None if value is None else str(value)


def keep_setting(conn: Connection, name: str, value: str) -> None:
    conn.sql.keep_setting(name=name, value=value)
