"""The one door to what only some roles may do: whoever holds none of them finds nothing behind it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from bot.messages import Commanded, Said, Sent
from bot.services import announcing, decisions, editing, formdesk, seating, staff, stats, team, unanswered, undoing
from bot.services.actions import Action
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.effects import ContextDropped
from bot.services.menus import locale_of, start_rows
from bot.services.privileges import Call, Duty
from bot.services.roles import find_holder
from bot.storage.database import Connection
from bot.storage.roles import Holder, Role

DUTIES: Mapping[str, Duty] = {
    **announcing.DUTIES,
    **staff.DUTIES,
    **decisions.DUTIES,
    **seating.DUTIES,
    **formdesk.DUTIES,
    **editing.DUTIES,
    **undoing.DUTIES,
    **unanswered.DUTIES,
    **stats.DUTIES,
    **team.DUTIES,
}


def list_commands(roles: Collection[str]) -> list[str]:
    """The commands that somebody with these roles has besides everybody's."""
    allowed = set(roles)
    return [
        name
        for name, duty in DUTIES.items()
        if duty.in_menu and (allowed.intersection(duty.roles) or Role.OPERATOR in allowed)
    ]


def do_command(app: App, asking: Asking, command: Commanded) -> Response | Lookup:
    """A command of some role; to everybody else it does not exist."""
    locale = locale_of(app, asking)
    unknown = say(app, locale, "command.unknown", command=f"/{command.name}")
    duty = DUTIES.get(command.name)
    if duty is None or not duty.in_menu:
        return unknown
    return _do(app, asking, command.name, unknown, lambda holder: _call(holder, command.name, locale, command.argument))


def do_press(app: App, asking: Asking, action: Action, message_id: int) -> Response | Lookup:
    """A press on a button of some role; anybody else's is an old button."""
    name, *arguments = action.arguments or ("",)
    unknown = say(app, action.locale, "button.old", buttons=start_rows(app, action.locale))
    return _do(
        app,
        asking,
        name,
        unknown,
        lambda holder: Call(name, holder, action.locale, tuple(arguments), message_id),
    )


def take_awaited(app: App, asking: Asking, said: Said | Sent) -> Response | Lookup:
    """What a duty had asked for. The one who typed it may have lost the role since."""
    name, locale = asking.context.awaiting, locale_of(app, asking)
    unknown = say(app, locale, "button.old", ContextDropped(asking.incoming.person), buttons=start_rows(app, locale))
    return _do(
        app, asking, name, unknown, lambda holder: Call(name, holder, locale, asking.context.arguments, said=said)
    )


def take_file(app: App, asking: Asking, sent: Sent, ordinary: Response | Lookup) -> Response | Lookup:
    """A file that somebody sent unasked: of staff it is one of the content, of everybody else an ordinary one."""
    locale = locale_of(app, asking)
    return _do(app, asking, "content", ordinary, lambda holder: Call("content", holder, locale, said=sent))


def _call(holder: Holder, name: str, locale: str, argument: str) -> Call:
    return Call(name, holder, locale, tuple(argument.split()))


def _do(
    app: App, asking: Asking, name: str, unknown: Response | Lookup, make_call: Callable[[Holder], Call]
) -> Response | Lookup:
    duty = DUTIES.get(name)
    if duty is None or (asking.incoming.in_group and not duty.in_group):
        return unknown

    def look(conn: Connection) -> Response:
        holder = find_holder(conn, asking.incoming.person, duty.roles)
        if holder is None:
            return unknown if isinstance(unknown, Response) else unknown(conn)
        return _drop_awaited(asking, duty.do(app, asking, make_call(holder), conn))

    return look


def _drop_awaited(asking: Asking, response: Response) -> Response:
    """What was awaited is no longer, unless the duty, or what its errand ends in, asks again."""
    errand = response.errand
    if errand is None:
        return replace(response, effects=(ContextDropped(asking.incoming.person), *response.effects))

    async def run() -> Lookup:
        look = await errand.run()
        return lambda conn: _drop_awaited(asking, look(conn))

    return Response(errand=Errand(run))
