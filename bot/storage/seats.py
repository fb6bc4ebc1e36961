"""Pairs of submissions: one offers a seat, one looks for one."""

from dataclasses import dataclass
from datetime import date

from bot.storage.database import Connection

SIDES = ("offer", "look")


@dataclass(frozen=True, slots=True)
class SeatMatch:
    """A proposed pair: the receipts of both sides, and what each answered (None: nothing yet)."""

    id: str
    receipts: dict[str, str]
    agreed: dict[str, bool | None]

    @property
    def is_open(self) -> bool:
        """Whether it may still come about."""
        return False not in self.agreed.values()


def keep_match(conn: Connection, match_id: str, offer: str, look: str, made_on: date) -> None:
    conn.sql.keep_seat_match(id=match_id, offer=offer, look=look, made_on=made_on.isoformat())


def find_match(conn: Connection, match_id: str) -> SeatMatch | None:
    row = conn.sql.find_seat_match(id=match_id)
    return None if row is None else _to_match(row)


def find_matches(conn: Connection) -> list[SeatMatch]:
    """All pairs, the oldest first."""
    return [_to_match(row) for row in conn.sql.find_seat_matches()]


def set_agreed(conn: Connection, match_id: str, side: str, agreed: bool) -> bool:
    """Keep a side's first answer; False where it had answered already."""
    keep = conn.sql.agree_offer if side == "offer" else conn.sql.agree_look
    return bool(keep(id=match_id, agreed=int(agreed)))


def forget_orphans(conn: Connection) -> None:
    """Forget pairs one side of which was withdrawn or erased."""
    conn.sql.forget_seat_matches()


def _to_match(row: tuple[str, str, str, int | None, int | None]) -> SeatMatch:
    match_id, offer, look, *agreed = row
    answers = {side: None if one is None else bool(one) for side, one in zip(SIDES, agreed, strict=True)}
    return SeatMatch(match_id, {"offer": offer, "look": look}, answers)
