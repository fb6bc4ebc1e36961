"""`hiwar seat`: seats at the forum, offered and looked for."""

from typing import TYPE_CHECKING

import click

from bot.commands.roles import write_as_console
from bot.commands.running import with_app

if TYPE_CHECKING:
    from bot.services.app import App


@click.group()
def seat() -> None:
    """Bring together who offers a seat at the forum and who looks for one."""


@seat.command("list")
def list_seats() -> None:
    """List the seats offered and looked for, without anybody's contact, and the pairs they are in."""
    from bot.services import seats

    async def read(app: "App") -> list[str]:
        found = await app.db.read(lambda conn: seats.list_seats(app, conn))
        return [
            f"{one.receipt}  {one.side:<6} {one.answers.get('country', '')}  {one.answers.get('group', '')}  "
            f"{one.answers.get('places', '')} place(s)  pairs: {', '.join(pair.id for pair in pairs) or '–'}\n"
            f"    {' '.join(one.answers.get('about', '').split())}"
            for one, pairs in found
        ]

    click.echo("\n".join(with_app(read)) or "Nobody offers a seat or looks for one.")


@seat.command("match")
@click.argument("offer")
@click.argument("look")
def match_seats(offer: str, look: str) -> None:
    """Ask the sides of two receipts, OFFER and LOOK, whether they want to meet; each is asked when the bot runs."""
    from bot.services import seats

    pair = write_as_console(
        lambda app: lambda conn: seats.propose_match(app, conn, offer, look), "propose", f"{offer} {look}"
    )
    click.echo(f"Pair {pair}: both sides will be asked. A contact is given only when both say yes.")
