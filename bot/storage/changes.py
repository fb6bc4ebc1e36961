"""What staff propose to change in the content, and what was changed from the chat, with what stood there before."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


class State(StrEnum):
    """Where a change stands: accepted by somebody who may, then in the folder, or refused since the folder was
    changed meanwhile; one in the folder may be taken back."""

    ACCEPTED = "accepted"
    LIVE = "live"
    REFUSED = "refused"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `holder` is the random name of who made it, `subject` names the files, `body` holds them (sealed),
    `undoes` is the change it takes back."""

    id: str
    holder: str
    locale: str
    state: State
    subject: str
    undoes: str
    body: bytes
    made_at: datetime


def keep_draft(conn: Connection, draft_id: str, body: bytes, made_at: datetime) -> None:
    conn.sql.keep_content_draft(id=draft_id, body=body, made_at=to_ms(made_at))


def find_draft(conn: Connection, draft_id: str) -> bytes | None:
    body = conn.sql.find_content_draft(id=draft_id)
    return None if body is None else bytes(body)


def drop_draft(conn: Connection, draft_id: str) -> bool:
    """False where it was confirmed, or dropped, before."""
    return bool(conn.sql.drop_content_draft(id=draft_id))


def keep_change(conn: Connection, change: Change) -> None:
    conn.sql.keep_content_change(
        id=change.id,
        holder=change.holder,
        locale=change.locale,
        state=change.state.value,
        subject=change.subject,
        undoes=change.undoes,
        body=change.body,
        made_at=to_ms(change.made_at),
    )


def set_state(conn: Connection, change_id: str, before: State, state: State) -> bool:
    """False where the change does not stand where it did."""
    return bool(conn.sql.set_content_change(id=change_id, before=before.value, state=state.value))


def find_change(conn: Connection, change_id: str) -> Change | None:
    row = conn.sql.find_content_change(id=change_id)
    return None if row is None else _to_change(row)


def find_accepted(conn: Connection) -> list[Change]:
    """What is to be written, the oldest first."""
    return [_to_change(row) for row in conn.sql.find_content_changes_in(state=State.ACCEPTED.value)]


def find_last_live(conn: Connection) -> Change | None:
    """The last change that can be taken back."""
    row = conn.sql.find_last_content_change(state=State.LIVE.value)
    return None if row is None else _to_change(row)


def list_changes(conn: Connection, most: int) -> list[Change]:
    """The latest, the latest first, without what they changed."""
    return [_to_change((*row[:6], b"", row[6])) for row in conn.sql.list_content_changes(most=most)]


def forget_before(conn: Connection, drafts: datetime, changes: datetime) -> None:
    conn.sql.forget_content_drafts(before=to_ms(drafts))
    conn.sql.forget_content_changes(before=to_ms(changes))


def _to_change(row: tuple[Any, ...]) -> Change:
    change_id, holder, locale, state, subject, undoes, body, made_ms = row
    return Change(change_id, holder, locale, State(state), subject, undoes, bytes(body), from_ms(made_ms))
