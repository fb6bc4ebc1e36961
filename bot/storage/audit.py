"""What was done with a role: a log that only grows. It names holders, never people."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms

# Who acts at the command line of the server; there is no finer name for them.
CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Logged:
    """One line: `holder` is the random name of a role's holder, or `console`; `subject` what it was done to."""

    number: int
    done_at: datetime
    holder: str
    act: str
    subject: str
    reason: str


def log_act(conn: Connection, done_at: datetime, holder: str, act: str, subject: str, reason: str = "") -> None:
    conn.sql.log_act(done_at=to_ms(done_at), holder=holder, act=act, subject=subject, reason=reason)


def find_acts(conn: Connection, most: int) -> list[Logged]:
    """The latest lines, the latest first."""
    return [
        Logged(number, from_ms(done_at), holder, act, subject, reason)
        for number, done_at, holder, act, subject, reason in conn.sql.find_acts(most=most)
    ]
