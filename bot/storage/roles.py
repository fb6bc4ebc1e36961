"""Who holds a role, and the invitations that give one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms


class Role(StrEnum):
    """What somebody is behind the bot."""

    OPERATOR = "operator"
    ORGANIZER = "organizer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a role: `holder` is the role's random name, `label` what the inviter called them, `address` where
    to write to them (sealed)."""

    pseudonym: bytes
    role: Role
    holder: str
    label: str
    locale: str
    address: bytes
    since_at: datetime


def keep_invitation(conn: Connection, token: bytes, role: Role, label: str, expires_at: datetime) -> None:
    """Keep an invitation by its token's hash."""
    conn.sql.keep_invitation(token=token, role=role, label=label, expires_at=to_ms(expires_at))


def find_invitation(conn: Connection, token: bytes, now: datetime) -> tuple[Role, str] | None:
    """The role and label of an invitation that can still be used, by its token's hash."""
    row = conn.sql.find_invitation(token=token, now=to_ms(now))
    return None if row is None else (Role(row[0]), row[1])


def use_invitation(conn: Connection, token: bytes, now: datetime) -> bool:
    """Use an invitation up; False where somebody did before."""
    return bool(conn.sql.use_invitation(token=token, now=to_ms(now)))


def forget_invitations(conn: Connection, now: datetime) -> None:
    conn.sql.forget_invitations(now=to_ms(now))


def keep_holder(conn: Connection, one: Holder) -> bool:
    """False where the person holds the role already."""
    return bool(
        conn.sql.keep_role_holder(
            pseudonym=one.pseudonym,
            role=one.role,
            holder=one.holder,
            label=one.label,
            locale=one.locale,
            address=one.address,
            since_at=to_ms(one.since_at),
        )
    )


def find_holders(conn: Connection) -> list[Holder]:
    return [_to_holder(row) for row in conn.sql.find_role_holders()]


def find_roles_of(conn: Connection, pseudonym: bytes) -> list[Holder]:
    """The roles a person holds."""
    return [_to_holder(row) for row in conn.sql.find_roles_of(pseudonym=pseudonym)]


def drop_holder(conn: Connection, holder: str) -> bool:
    return bool(conn.sql.drop_role_holder(holder=holder))


def drop_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.drop_roles_of(pseudonym=pseudonym))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_roles_of(pseudonym=pseudonym))


def _to_holder(row: tuple[Any, ...]) -> Holder:
    pseudonym, role, holder, label, locale, address, since_ms = row
    return Holder(bytes(pseudonym), Role(role), holder, label, locale, bytes(address), from_ms(since_ms))
