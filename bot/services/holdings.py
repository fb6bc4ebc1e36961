"""Everything that is kept about a person, in one table: what /privacy shows is what erasing erases."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage import alarms, contexts, deliveries, follows, forms, people, roles, tickets
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing kept under a person's pseudonym. `key` is its line in /privacy, with plural forms."""

    key: str
    count: Callable[[Connection, bytes], int]
    erase: Callable[[Connection, bytes], object]


# A test holds this table against the database: every table with a pseudonym must be here.
HOLDINGS = (
    Holding("privacy.holds.context", contexts.count_of, contexts.drop_context),
    Holding("privacy.holds.alarms", alarms.count_of, alarms.drop_of),
    Holding("privacy.holds.follows", follows.count_of, follows.drop_of),
    Holding("privacy.holds.sessions", forms.count_sessions_of, forms.drop_sessions_of),
    Holding("privacy.holds.submissions", forms.count_submissions_of, forms.withdraw_all_of),
    Holding("privacy.holds.deliveries", deliveries.count_of, deliveries.forget_person),
    Holding("privacy.holds.tickets", tickets.count_of, tickets.drop_of),
    Holding("privacy.holds.roles", roles.count_of, roles.drop_of),
    Holding("privacy.holds.address", people.count_addresses, people.erase_person),
    Holding("privacy.holds.told", people.count_told, people.erase_person),
    Holding("privacy.holds.locale", people.count_of, people.erase_person),
)


def count_holdings(conn: Connection, person: bytes) -> dict[str, int]:
    """How many of each kind are kept, by key; kinds of which there are none are left out."""
    counts = {holding.key: holding.count(conn, person) for holding in HOLDINGS}
    return {key: count for key, count in counts.items() if count}


def erase_holdings(conn: Connection, person: bytes) -> None:
    for holding in HOLDINGS:
        holding.erase(conn, person)
