"""Questions that lean on a country, or on what was spoken of just before: "and in Jordan?", "when is the next one?"."""

from collections.abc import Iterable

from bot.content.library import Entry
from bot.matching import MOST_SUGGESTIONS, NEXT_WORDS, SMALL_WORDS, fold
from bot.messages import Incoming
from bot.services.app import App, Shelf
from bot.services.asking import Asking
from bot.services.context import Context
from bot.services.effects import ContextKept, Effect
from bot.services.networks import find_network, read_network

# Beside the country, a question that goes on with the last one has hardly a word of its own.
MOST_OWN_WORDS = 1


def lean_on_country(
    app: Shelf, question: str, found: tuple[Entry, ...], sure: bool, context: Context
) -> tuple[tuple[Entry, ...], bool]:
    """The entries found and whether the first is sure: the cards of the countries the question names instead, where it
    names nothing else but what such a card's title says, or goes on from another country's card.

    Where it names more, it has been matched with its countries (`bot.matching.slots`).
    """
    codes, rest = app.library.countries.find(question)
    cards = tuple(card for card in (find_network(app, code) for code in codes) if card is not None)[:MOST_SUGGESTIONS]
    if not cards:
        return found, sure
    own = [word for word in rest if not _is_small(word)]
    before = app.library.entry(context.entry)
    goes_on = before is not None and before.kind == "network" and len(own) <= MOST_OWN_WORDS
    named = {word for card in cards for text in card.texts.values() for word in fold(text.title).split()}
    if goes_on or all(word in named for word in own):
        return cards, len(cards) == 1
    return found, sure


def asks_for_next(app: App, question: str, context: Context) -> bool:
    """Whether somebody who was shown an event asks for the next one."""
    before = app.library.entry(context.entry)
    words = [word for word in fold(question).split() if not _is_small(word)]
    return before is not None and before.kind == "event" and bool(words) and all(word in NEXT_WORDS for word in words)


def remember(asking: Asking, entry: Entry) -> tuple[Effect, ...]:
    """What to keep of an answer for the next question: events and networks only, and never in a group."""
    incoming: Incoming = asking.incoming
    if entry.kind not in ("event", "network") or incoming.in_group:
        return ()
    country = read_network(entry).country if entry.kind == "network" else asking.context.country
    return (ContextKept(incoming.person, Context(entry.id, country)),)


def _is_small(word: str) -> bool:
    """Whether a word is one of some language's small words, or one with the Arabic "and" before it."""
    return any(one in words for words in _SMALL for one in (word, word.removeprefix("و")))


_SMALL: Iterable[frozenset[str]] = tuple(SMALL_WORDS.values())
