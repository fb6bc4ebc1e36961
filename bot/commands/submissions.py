"""`hiwar submission`: moderated submissions."""

from typing import TYPE_CHECKING

import click

from bot.commands.roles import write_as_console
from bot.commands.running import with_app

if TYPE_CHECKING:
    from bot.services.app import App
    from bot.services.moderation import Moderated
    from bot.storage.database import Connection

ACTS = ("approve", "ask-changes", "publish", "withdraw")


@click.group()
def submission() -> None:
    """Read pledges and practices, and decide on them."""


@submission.command("list")
@click.option("--state", default="", help="Only those that stand so, such as submitted.")
def list_submissions(state: str) -> None:
    """List the moderated submissions: receipt, form, where it stands, title, whether it was sent anew."""
    from bot.services.moderation import find_moderated

    async def read(app: "App") -> list[str]:
        found = await app.db.read(lambda conn: find_moderated(app, conn))
        return [
            f"{one.receipt}  {one.form:<9} {one.state:<13} {one.answers.get('title', '')}{_tell_change(one)}"
            for one in found
            if not state or one.state == state
        ]

    click.echo("\n".join(with_app(read)) or "There is nothing to read.")


def _tell_change(one: "Moderated") -> str:
    return f"  (changed on {one.changed_on})" if one.changed_on else ""


@submission.command("show")
@click.argument("receipt")
@click.option("--paste", is_flag=True, help="As the UN Network's form asks for it, ready to be pasted.")
def show_submission(receipt: str, paste: bool) -> None:
    """Show one, and those that say nearly the same."""
    from bot.services.moderation import find_alike, find_moderated, find_one
    from bot.services.pasting import format_pledge

    async def read(app: "App") -> str:
        def find(conn: "Connection") -> str:
            one = find_one(app, conn, receipt)
            if paste:
                return format_pledge(one)
            lines = [f"{name}: {value}" for name, value in one.answers.items() if value]
            alike = find_alike(one, find_moderated(app, conn))
            warnings = [
                f"nearly the same: {other.receipt} ({other.state}) {other.answers.get('title', '')}" for other in alike
            ]
            return "\n".join((f"{one.receipt}: {one.form}, {one.state}", *lines, *warnings))

        return await app.db.read(find)

    click.echo(with_app(read))


@submission.command("decide")
@click.argument("receipt")
@click.argument("act", type=click.Choice(ACTS))
@click.option("--reason", default="", help="Why; the person reads it.")
def decide_on(receipt: str, act: str, reason: str) -> None:
    """Approve, ask for changes, publish or withdraw; the person is told in their language when the bot runs."""
    from bot.services.moderation import Act, decide

    # The reason is about what somebody wrote, and so not for a log that never forgets.
    state = write_as_console(lambda app: lambda conn: decide(app, conn, receipt, Act(act), reason), act, receipt)
    click.echo(f"{receipt} is {state} now.")
