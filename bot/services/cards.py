"""What an answer shows besides its text, by the kind of its entry: the facts of its fields, and buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.content.library import Entry
from bot.messages import Rows
from bot.services.app import App


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` is HTML that stands between the title and the text; `rows` stand above the related questions."""

    facts: str = ""
    rows: Rows = ()


# By kind. A kind without a card of its own shows its text and nothing more.
CARDS: Mapping[str, Callable[[App, Entry, str], Card]] = {}


def draw_card(app: App, entry: Entry, locale: str) -> Card:
    """The card of an entry in the language it is shown in."""
    draw = CARDS.get(entry.kind)
    return draw(app, entry, locale) if draw else Card()
