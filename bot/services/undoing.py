"""Taking back the last change that was made from the chat, and then the one before it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.changes import FileChange, find_changed_since, plan_files
from bot.content.problems import Problem
from bot.messages import Reply
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.editing import STAFF
from bot.services.previews import list_differences, list_problems, offer
from bot.services.privileges import Call, Duty, duty_button, privileged
from bot.services.publishing import accept_change, make_change, name_files, open_files, reversed_files
from bot.storage import changes, roles
from bot.storage.changes import Change, State
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a change back would write, or why it cannot: files changed since, or Problems it would bring."""

    files: tuple[FileChange, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


async def plan_undoing(app: App, change: Change) -> Undoing:
    """What taking it back comes to as the folder now stands."""
    return await asyncio.to_thread(_plan, app, reversed_files(open_files(app, change)))


def _plan(app: App, files: tuple[FileChange, ...]) -> Undoing:
    folder = app.content.folder
    changed = find_changed_since(folder, files)
    if changed:
        return Undoing(changed=tuple(changed))
    plan = plan_files(folder, {one.name: one.new for one in files}, app.languages, app.today())
    return Undoing(problems=plan.problems) if plan.problems else Undoing(files)


def show_last(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """The last change that stands, and a button to take it back."""
    change = changes.find_last_live(conn)
    if change is None:
        return say(app, call.locale, "undo.none")
    labels = {one.holder: one.label for one in roles.find_holders(conn)}

    async def run() -> Lookup:
        reply = await asyncio.to_thread(_draw, app, call.locale, change, labels.get(change.holder) or change.holder)
        return lambda _conn: Response((reply,))

    return Response(errand=Errand(run))


def _draw(app: App, locale: str, change: Change, who: str) -> Reply:
    head = app.languages.say(locale, "undo.text", who=who, when=f"{change.made_at:%Y-%m-%d %H:%M}")
    rows = ((duty_button(app, locale, "undo.confirm", "undo-write", change.id),),)
    return offer(
        (head, list_differences(app, locale, "undo.back", reversed_files(open_files(app, change)))), locale, rows
    )


def confirm(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Let the version before be written."""
    change = changes.find_change(conn, call.text)
    if change is None or change.state is not State.LIVE:
        return say(app, call.locale, "undo.gone", replaces=call.message_id)

    async def run() -> Lookup:
        undoing = await plan_undoing(app, change)
        if undoing.changed:
            return lambda _conn: say(app, call.locale, "undo.changed", files=name_files(undoing.changed))
        if undoing.problems:
            return lambda _conn: Response((list_problems(app, call.locale, undoing.problems),))
        back = await asyncio.to_thread(make_change, app, call.holder.holder, call.locale, undoing.files, change.id)
        accepted = privileged(asking, STAFF, "undo content", change.subject, lambda conn: accept_change(conn, back))
        return lambda _conn: say(app, call.locale, "edit.accepted", accepted, replaces=call.message_id)

    return Response(errand=Errand(run))


DUTIES: Mapping[str, Duty] = {
    "undo": Duty(STAFF, show_last, in_menu=True),
    "undo-write": Duty(STAFF, confirm),
}
