"""What an answer shows besides its text, by the kind of its entry."""

from dataclasses import dataclass

from bot.messages import Rows


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` is HTML that stands between the title and the text; `rows` stand above the related questions."""

    facts: str = ""
    rows: Rows = ()


NO_CARD = Card()
