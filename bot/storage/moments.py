"""How moments are kept: whole milliseconds since 1970, UTC, the same number in both databases."""

from datetime import UTC, datetime


def to_ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
