"""How much, and when, people may be written to: quiet nights where they live, and a digest for what is too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

WEEK = timedelta(days=7)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Attention:
    """The limits. `quiet_from` to `quiet_to` are hours of people's own day; equal hours mean no quiet at all.

    `zone` is for people whose country is not known; digests go out on `digest_day` (0 is Monday) at `digest_hour`.
    """

    most_a_week: int = 2
    quiet_from: int = 21
    quiet_to: int = 8
    zone: str = "Asia/Beirut"
    digest_day: int = 1
    digest_hour: int = 10

    def wake_at(self, country: str, now: datetime) -> datetime | None:
        """When the night ends in a country; None where it is day there."""
        local = now.astimezone(find_zone(country, self.zone))
        if not self._is_quiet(local.hour):
            return None
        morning = datetime.combine(local.date(), time(self.quiet_to), local.tzinfo)
        return (morning if morning > local else morning + timedelta(days=1)).astimezone(now.tzinfo)

    def next_digest(self, now: datetime) -> datetime:
        """When the next digests go out."""
        local = now.astimezone(ZoneInfo(self.zone))
        day = local.date() + timedelta(days=(self.digest_day - local.weekday()) % 7)
        at = datetime.combine(day, time(self.digest_hour), local.tzinfo)
        return (at if at > local else at + WEEK).astimezone(now.tzinfo)

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


def find_zone(country: str, otherwise: str) -> ZoneInfo:
    """The time zone of a country (ISO 3166 alpha-2), its first where it has several (CLDR)."""
    return ZoneInfo(_zones().get(country, otherwise))


@cache
def _zones() -> Mapping[str, str]:
    zones: dict[str, str] = {}
    for zone, country in sorted(get_global("zone_territories").items()):
        zones.setdefault(country, zone)
    return zones
