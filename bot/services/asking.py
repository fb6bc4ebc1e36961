"""Who asks and how to answer them: what the menus and answers need to know of one incoming message."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages import Incoming, Reply, Rows
from bot.services.app import App
from bot.services.context import NO_CONTEXT, Context
from bot.services.effects import Effect
from bot.storage.database import Connection
from bot.storage.people import Person

if TYPE_CHECKING:
    from bot.services.filling import Filling


@dataclass(frozen=True, slots=True)
class Asking:
    """One incoming message and the language its sender is known to read, if any.

    `known` is what is stored about the person, `locale` the language they chose or their program speaks; `context` is
    what the last exchange was about, `filling` the form the person is inside of.
    """

    incoming: Incoming
    known: Person | None
    locale: str | None
    context: Context = NO_CONTEXT
    filling: "Filling | None" = None

    @property
    def has_agreed(self) -> bool:
        """Whether the person agreed to be written to."""
        return self.known is not None and self.known.address is not None


@dataclass(frozen=True, slots=True)
class Response:
    """What the bot says, and what that means; `opens` is the command that is done with it. No replies: it says nothing.

    With an `errand` the rest is not yet said: what the errand ends in is.
    """

    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    opens: str = ""
    errand: "Errand | None" = None


# A response that first has to look something up: run in a read of the database, so short and without waiting.
Lookup = Callable[[Connection], Response]


@dataclass(frozen=True, slots=True)
class Errand:
    """What takes long or waits (a file fetched, content compiled), outside any transaction; then the response.

    It may be run again after a failure or a stop, so it changes nothing that is kept.
    """

    run: Callable[[], Awaitable[Lookup]]


def say(
    app: App,
    locale: str,
    key: str,
    *effects: Effect,
    buttons: Rows = (),
    replaces: int | None = None,
    **values: object,
) -> Response:
    """A response of one catalogue text."""
    return Response((Reply(app.languages.say(locale, key, **values), locale, buttons, replaces),), effects)
