"""People who chose a language or agreed to be written to: a pseudonym and what they told, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.moments import to_ms


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody: the language, and for who agreed to be written to the (sealed) address, the country
    (ISO 3166 alpha-2) and the kind of stakeholder; empty where not told."""

    locale: str
    address: bytes | None = None
    country: str = ""
    stakeholder: str = ""


def choose_locale(conn: Connection, pseudonym: bytes, locale: str, chosen_at: datetime) -> None:
    conn.sql.choose_locale(pseudonym=pseudonym, locale=locale, chosen_at=to_ms(chosen_at))


def find_person(conn: Connection, pseudonym: bytes) -> Person | None:
    """What is stored about somebody, or None where nothing is."""
    row = conn.sql.find_person(pseudonym=pseudonym)
    if row is None:
        return None
    locale, address, country, stakeholder = row
    return Person(locale, None if address is None else bytes(address), country, stakeholder)


def keep_address(conn: Connection, pseudonym: bytes, locale: str, address: bytes, agreed_at: datetime) -> None:
    """A person agreed to be written to at a (sealed) address; a language chosen before stays."""
    conn.sql.keep_address(pseudonym=pseudonym, locale=locale, address=address, agreed_at=to_ms(agreed_at))


def keep_country(conn: Connection, pseudonym: bytes, country: str) -> None:
    conn.sql.keep_country(pseudonym=pseudonym, country=country)


def keep_stakeholder(conn: Connection, pseudonym: bytes, stakeholder: str) -> None:
    conn.sql.keep_stakeholder(pseudonym=pseudonym, stakeholder=stakeholder)


def mark_unreachable(conn: Connection, pseudonym: bytes, at: datetime) -> None:
    """A person blocked the bot: nothing is planned for them until they come back."""
    conn.sql.mark_unreachable(pseudonym=pseudonym, at=to_ms(at))


def mark_reachable(conn: Connection, pseudonym: bytes) -> None:
    conn.sql.mark_reachable(pseudonym=pseudonym)


def erase_person(conn: Connection, pseudonym: bytes) -> bool:
    """Erase what is stored here about a person; False when there was nothing."""
    return bool(conn.sql.erase_person(pseudonym=pseudonym))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_people(pseudonym=pseudonym))


def count_addresses(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_addresses(pseudonym=pseudonym))


def count_told(conn: Connection, pseudonym: bytes) -> int:
    """How much the person told of themselves: country, kind of stakeholder."""
    return int(conn.sql.count_told(pseudonym=pseudonym) or 0)


def count_reachable(conn: Connection) -> dict[str, int]:
    """How many people may be written to, by locale."""
    return {locale: int(count) for locale, count in conn.sql.count_reachable()}
