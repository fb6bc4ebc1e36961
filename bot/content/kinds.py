"""The kinds of content: each has a folder, fields of its own, and rules of its own.

A file of any kind is written the same way (a block, then the languages with title, phrasings and answer), is asked
for the same way, and has an id that no file of another kind has. A new kind is one line here, a schema with its
checks in a module of its own, and a card in `services.cards`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.content.entries import Checking, SourceEntry
from bot.content.events import EventFields, check_events
from bot.content.networks import NetworkFields, check_networks
from bot.content.references import (
    DocumentFields,
    MessageFields,
    ObjectiveFields,
    TermFields,
    check_documents,
    check_objectives,
)
from bot.content.revisions import check_revisions
from bot.content.schema import EntryFields


def _no_rules(_entries: Sequence[SourceEntry], _checking: Checking) -> None:
    """Nothing beyond what holds for all kinds."""


def _check_events(entries: Sequence[SourceEntry], checking: Checking) -> None:
    check_events(entries, checking)
    check_revisions(entries, checking)


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind: `fields` is what its block may hold, `check` what else must be true of all its files together.

    `phrasings` is how many a language should have: fewer where people mostly come by a button.
    """

    name: str
    folder: str
    fields: type[EntryFields]
    check: Callable[[Sequence[SourceEntry], Checking], None] = _no_rules
    phrasings: int = 10


ENTRY_KINDS: Mapping[str, EntryKind] = {
    kind.name: kind
    for kind in (
        EntryKind("entry", "entries", EntryFields),
        EntryKind("event", "events", EventFields, _check_events, phrasings=4),
        EntryKind("network", "networks", NetworkFields, check_networks, phrasings=4),
        EntryKind("objective", "objectives", ObjectiveFields, check_objectives, phrasings=4),
        EntryKind("message", "messages", MessageFields, phrasings=4),
        EntryKind("document", "documents", DocumentFields, check_documents, phrasings=4),
        EntryKind("term", "terms", TermFields, phrasings=4),
    )
}
