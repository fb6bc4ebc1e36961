"""One row for each recipient of each broadcast, from planned to settled."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.storage.audiences import Reach, make_condition
from bot.storage.database import Connection
from bot.storage.moments import from_ms, to_ms

PSEUDONYM_BYTES = 16


class DeliveryState(StrEnum):
    """Where a delivery stands. Only `SENT` says that somebody got it; nothing says that they read it."""

    PLANNED = "planned"
    HELD = "held"  # waits for the person's digest
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"  # Telegram did not take it, and never will
    BLOCKED = "blocked"  # the person blocked the bot, or has no account any more
    UNKNOWN = "unknown"  # it was under way when the line, or the bot, broke
    DECLINED = "declined"  # the person ended all messages, or erased themselves, before it was sent
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Filling:
    """How deliveries are planned: people above the limit, and who asked for less, are held for a digest.

    `recent` are the broadcasts that count towards the limit; `due_by_country` when it may be sent where not at once.
    """

    number: int
    reach: Reach
    now: datetime
    most_a_week: int | None
    recent: Collection[int]
    digest_at: datetime
    due_by_country: Mapping[str, datetime]
    due_elsewhere: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that may be sent now; `address` is sealed, and None where the person is gone. `message_id`: of the
    message to be changed, in a correction."""

    pseudonym: bytes
    locale: str
    country: str
    message_id: int | None
    address: bytes | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery; planned again where `due_at` says when."""

    number: int
    pseudonym: bytes
    state: DeliveryState
    message_id: int | None = None
    reason: str | None = None
    due_at: datetime | None = None


def fill_page(conn: Connection, filling: Filling, after: bytes, most: int) -> tuple[int, bytes]:
    """Plan deliveries for the next people: how many, and the last of them. Done again it adds none."""
    condition, values = make_condition(filling.reach)
    named: dict[str, object] = {**values, "number": filling.number, "now": to_ms(filling.now), "after": after}
    held = _write_held(filling, named)
    due = _write_due(filling, named)
    named |= {"digest": to_ms(filling.digest_at), "most": most}
    # Fixed pieces and names of values: nothing in this text was written by anybody else.
    query = (
        "INSERT INTO delivery (broadcast, pseudonym, locale, country, state, due_at) "  # noqa: S608
        f"SELECT :number, pseudonym, locale, country, CASE WHEN {held} THEN 'held' ELSE 'planned' END, "
        f"CASE WHEN {held} THEN :digest ELSE {due} END "
        f"FROM person WHERE pseudonym > :after AND {condition} ORDER BY pseudonym LIMIT :most "
        "ON CONFLICT DO NOTHING RETURNING pseudonym"
    )
    return _count(conn.run(query, named))


def fill_correction(
    conn: Connection, number: int, corrects: int, now: datetime, after: bytes, most: int
) -> tuple[int, bytes]:
    """Plan to change the next delivered messages; otherwise as `fill_page`."""
    return _count(conn.sql.fill_correction(number=number, corrects=corrects, after=after, now=to_ms(now), most=most))


def find_due(conn: Connection, number: int, now: datetime, most: int) -> list[Due]:
    return [
        Due(bytes(pseudonym), locale, country, message_id, None if address is None else bytes(address))
        for pseudonym, locale, country, message_id, address in conn.sql.find_due_deliveries(
            number=number, now=to_ms(now), most=most
        )
    ]


def mark_sending(conn: Connection, deliveries: Iterable[tuple[int, bytes]], before: DeliveryState) -> None:
    """From now on nobody can know, until they are settled; `before` is what they are now."""
    rows = [{"number": number, "pseudonym": pseudonym, "before": before} for number, pseudonym in deliveries]
    if rows:
        conn.sql.mark_sending(rows)


def settle(conn: Connection, settled: Sequence[Settled], now: datetime) -> None:
    rows = [
        {
            "number": one.number,
            "pseudonym": one.pseudonym,
            "state": one.state,
            "message_id": one.message_id,
            "reason": one.reason,
            "due_at": None if one.due_at is None else to_ms(one.due_at),
            "settled_at": None if one.state is DeliveryState.PLANNED else to_ms(now),
        }
        for one in settled
    ]
    if rows:
        conn.sql.settle_deliveries(rows)


def interrupt(conn: Connection, now: datetime) -> int:
    """What was being sent when an earlier run ended is unknown; how many there were."""
    return int(conn.sql.interrupt_deliveries(now=to_ms(now)))


def plan_unknown_again(conn: Connection, number: int, now: datetime) -> int:
    return int(conn.sql.plan_unknown_again(number=number, now=to_ms(now)))


def find_next_due(conn: Connection, number: int) -> datetime | None:
    due = conn.sql.find_next_due_delivery(number=number)
    return None if due is None else from_ms(due)


def count_sending(conn: Connection, number: int) -> int:
    return int(conn.sql.count_sending(number=number))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries of one state, language, country and reason."""

    state: DeliveryState
    locale: str
    country: str
    reason: str
    count: int


# Pseudonyms are as good as random: by their first byte a broadcast falls into slices that are quickly counted each.
SLICES = tuple((bytes([low]), bytes([low + 7, *[255] * PSEUDONYM_BYTES])) for low in range(0, 256, 8))


def count_states(conn: Connection, number: int, part: tuple[bytes, bytes]) -> list[Tally]:
    """What became of one of the `SLICES` of a broadcast."""
    low, high = part
    return [
        Tally(DeliveryState(state), locale, country, reason or "", int(count))
        for state, locale, country, reason, count in conn.sql.count_deliveries(number=number, low=low, high=high)
    ]


def find_held_people(conn: Connection, now: datetime, most: int) -> list[bytes]:
    """People whose digest is due."""
    return [bytes(pseudonym) for (pseudonym,) in conn.sql.find_held_people(now=to_ms(now), most=most)]


def find_held_of(conn: Connection, pseudonym: bytes) -> list[tuple[int, Due]]:
    """What is held for somebody, with the numbers of the broadcasts, the oldest first."""
    return [
        (number, Due(pseudonym, locale, country, None, None if address is None else bytes(address)))
        for number, locale, country, address in conn.sql.find_held_of(pseudonym=pseudonym)
    ]


def cancel(conn: Connection, number: int, now: datetime) -> int:
    """What was not begun to be sent never will be."""
    return int(conn.sql.cancel_deliveries(number=number, now=to_ms(now)))


def decline(conn: Connection, pseudonym: bytes, now: datetime) -> int:
    """A person wants nothing more: what was planned for them is not sent."""
    return int(conn.sql.decline_deliveries(pseudonym=pseudonym, now=to_ms(now)))


def count_of(conn: Connection, pseudonym: bytes) -> int:
    return int(conn.sql.count_deliveries_of(pseudonym=pseudonym))


def forget_person(conn: Connection, pseudonym: bytes) -> int:
    """Let a person's deliveries lead to nobody; reports still count them."""
    numbers = [number for (number,) in conn.sql.find_broadcasts_of(pseudonym=pseudonym)]
    for number in numbers:
        conn.sql.rename_delivery(number=number, pseudonym=pseudonym, nobody=os.urandom(PSEUDONYM_BYTES))
    return len(numbers)


def forget_page(conn: Connection, number: int, most: int) -> int:
    """Forget some deliveries of a broadcast; how many."""
    return int(conn.sql.forget_deliveries(number=number, most=most))


def find_page(
    conn: Connection, number: int, after: bytes, most: int
) -> list[tuple[bytes, str, str, str, str, datetime | None]]:
    """Deliveries in the order of pseudonyms: pseudonym, state, locale, country, reason, settled at."""
    return [
        (bytes(pseudonym), state, locale, country, reason or "", None if at is None else from_ms(at))
        for pseudonym, state, locale, country, reason, at in conn.sql.find_delivery_page(
            number=number, after=after, most=most
        )
    ]


def _write_held(filling: Filling, named: dict[str, object]) -> str:
    """The SQL condition for who is told in a digest."""
    if filling.most_a_week is None:
        return "1 = 0"
    less = "EXISTS (SELECT 1 FROM follow WHERE follow.pseudonym = person.pseudonym AND follow.subject = 'less')"
    if not filling.recent:
        return less
    names = ", ".join(str(int(number)) for number in filling.recent)
    named["most_a_week"] = filling.most_a_week
    told = (
        f"(SELECT count(*) FROM delivery WHERE delivery.broadcast IN ({names}) "  # noqa: S608 - whole numbers
        "AND delivery.pseudonym = person.pseudonym "
        "AND delivery.state IN ('planned', 'sending', 'sent', 'unknown'))"
    )
    return f"({less} OR {told} >= :most_a_week)"


def _write_due(filling: Filling, named: dict[str, object]) -> str:
    """When it may be sent: by country, because the nights differ."""
    named["elsewhere"] = to_ms(filling.due_elsewhere)
    if not filling.due_by_country:
        return ":elsewhere"
    cases = []
    for place, (country, due_at) in enumerate(sorted(filling.due_by_country.items())):
        named |= {f"country{place}": country, f"due{place}": to_ms(due_at)}
        cases.append(f"WHEN :country{place} THEN :due{place}")
    return f"CASE country {' '.join(cases)} ELSE :elsewhere END"


def _count(rows: Iterable[Sequence[bytes]]) -> tuple[int, bytes]:
    planned = [bytes(pseudonym) for (pseudonym,) in rows]
    return len(planned), max(planned, default=b"")
