"""The kinds of content: each has a folder, fields of its own, and rules of its own.

A file of any kind is written the same way (a block, then the languages with title, phrasings and answer), is asked
for the same way, and has an id that no file of another kind has. A new kind is one line here, a schema with its
checks in a module of its own, and a card in `services.cards`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.entries import SourceEntry
from bot.content.problems import Problem
from bot.content.schema import EntryFields
from bot.languages import Languages


@dataclass(frozen=True, slots=True)
class Checking:
    """What the rules of a kind may look at besides the files of that kind; they add to `problems`."""

    languages: Languages
    today: date
    problems: list[Problem]


def _no_rules(_entries: Sequence[SourceEntry], _checking: Checking) -> None:
    """Nothing beyond what holds for all kinds."""


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


ENTRY_KINDS: Mapping[str, EntryKind] = {kind.name: kind for kind in (EntryKind("entry", "entries", EntryFields),)}
