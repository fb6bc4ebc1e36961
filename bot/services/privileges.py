"""What only some roles may do: how a room says so, and what it is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.messages import Button, Said, Sent
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Response
from bot.services.context import Context
from bot.services.effects import ContextKept, Privileged
from bot.services.outgoing import Outgoing
from bot.storage.database import Connection, Work
from bot.storage.roles import Holder, Role


@dataclass(frozen=True, slots=True)
class Call:
    """One thing asked for by somebody who may: the duty's name, what follows it, and whose role it is.

    `said` is the text or file the duty had asked for; `message_id` the message whose button was pressed.
    """

    name: str
    holder: Holder
    locale: str
    arguments: tuple[str, ...] = ()
    message_id: int | None = None
    said: Said | Sent | None = None

    @property
    def text(self) -> str:
        """What was typed, behind a command or when asked for."""
        return self.said.text if self.said else " ".join(self.arguments)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that only `roles` (and operators) may do; `in_menu`: it is a command of its own."""

    roles: tuple[Role, ...]
    do: Callable[[App, Asking, Call, Connection], Response]
    in_menu: bool = False
    in_group: bool = False


def duty_button(app: App, locale: str, key: str, name: str, *arguments: str, **values: object) -> Button:
    return Button(app.languages.say(locale, key, **values), action(Verb.DUTY, locale, name, *arguments))


def await_text(asking: Asking, name: str, *arguments: str) -> ContextKept:
    """The next thing the person types or sends is for the duty `name`."""
    return ContextKept(asking.incoming.person, Context(awaiting=name, arguments=arguments))


def privileged(
    asking: Asking,
    roles: tuple[Role, ...],
    act: str,
    subject: str,
    write: Work[Sequence[Outgoing] | None],
    reason: str = "",
) -> Privileged:
    return Privileged(asking.incoming.person, roles, act, subject, write, reason)
