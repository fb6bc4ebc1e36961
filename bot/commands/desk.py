"""`hiwar desk`: people's questions to the team."""

from typing import TYPE_CHECKING

import click

from bot.commands.roles import write_as_console
from bot.commands.running import with_app

if TYPE_CHECKING:
    from bot.services.app import App
    from bot.storage.database import Connection
    from bot.storage.tickets import Ticket


@click.group()
def desk() -> None:
    """See which questions to the team are open, and close them."""


@desk.command("list")
def list_tickets() -> None:
    """List the questions to the team that are not closed, who waits too long first (marked with !)."""
    from bot.services.staff import find_open

    async def read(app: "App") -> list[str]:
        return await app.db.read(lambda conn: [_describe(app, conn, one) for one in find_open(app, conn)])

    click.echo("\n".join(with_app(read)) or "No question is open.")


@desk.command("close")
@click.argument("ticket")
def close(ticket: str) -> None:
    """Close TICKET, a number of `hiwar desk list`: what was asked is erased; who asked is told when the bot runs."""
    from bot.errors import Outdated, SettingsError
    from bot.services.tickets import close_ticket

    try:
        write_as_console(lambda app: lambda conn: close_ticket(app, conn, ticket, later=True), "close", ticket)
    except Outdated as error:
        raise SettingsError(f"“{ticket}” is not open: see `hiwar desk list`.") from error
    click.echo(f"{ticket} is closed.")


def _describe(app: "App", conn: "Connection", one: "Ticket") -> str:
    from bot.services.staff import is_late
    from bot.services.ticket_texts import excerpt, find_taker

    since = one.waits_since or one.answered_at or one.asked_at
    return (
        f"{'!' if is_late(app, one) else ' '} {one.id}  {one.state:<8}  since {since:%Y-%m-%d %H:%M}  {one.locale}  "
        f"{find_taker(conn, one)}\n    {excerpt(app, one)}"
    )
