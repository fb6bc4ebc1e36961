"""`hiwar content undo`: the last change made from the chat, taken back at the server."""

import sys
from typing import TYPE_CHECKING

import click

from bot.commands.running import with_app

if TYPE_CHECKING:
    from bot.services.app import App
    from bot.services.undoing import Undoing
    from bot.storage.changes import Change
    from bot.storage.database import Connection


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def undo(yes: bool) -> None:
    """Take the last change made from the chat back: show what that changes, and write it once somebody agrees."""
    from bot.content.comparing import compare_files
    from bot.content.problems import format_text
    from bot.services.undoing import plan_undoing
    from bot.storage.changes import find_last_live

    async def plan(app: "App") -> tuple["Change | None", "Undoing | None"]:
        change = await app.db.read(find_last_live)
        return change, await plan_undoing(app, change) if change else None

    change, undoing = with_app(plan)
    if change is None or undoing is None:
        click.echo("There is no change from the chat to take back.")
        return
    if undoing.problems or undoing.changed:
        changed = "\n".join(f"{name} was changed since, and that would be lost." for name in undoing.changed)
        click.echo(changed or format_text(undoing.problems), err=True)
        sys.exit(1)
    for one in compare_files(undoing.files):
        lines = [*(f"  - {line}" for line in one.removed), *(f"  + {line}" for line in one.added)]
        click.echo("\n".join((f"{one.file} {one.locale} {one.part}", *lines)))
    if yes or click.confirm(f"Take back what was changed at {change.made_at:%Y-%m-%d %H:%M} UTC?"):
        click.echo(with_app(lambda app: _take_back(app, change, undoing)))


async def _take_back(app: "App", change: "Change", undoing: "Undoing") -> str:
    """Decide it and write it; a running bot sees the folder change, and puts it live."""
    from bot.content.versioning import Commit
    from bot.services.publishing import accept_change, make_change, publish_accepted
    from bot.storage.audit import CONSOLE, log_act
    from bot.storage.changes import State

    back = make_change(app, CONSOLE, app.languages.locales[0], undoing.files, change.id)

    def accept(conn: "Connection") -> None:
        accept_change(conn, back)
        log_act(conn, app.clock(), CONSOLE, "undo content", change.subject)

    await app.db.write(accept)
    outcomes = await publish_accepted(app)
    if any(one.state is State.REFUSED for one in outcomes):
        return "Not written: the folder was changed at the same moment, or cannot be written to."
    if any(one.committed is Commit.FAILED for one in outcomes):
        return f"{back.subject} is as it was before, but git did not take the commit: run `git status` there."
    return f"{back.subject} is as it was before."
