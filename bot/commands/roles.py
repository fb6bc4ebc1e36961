"""`hiwar role`: who may do what behind the bot."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bot.commands.running import T, with_app
from bot.storage.roles import Role

if TYPE_CHECKING:
    from bot.services.app import App
    from bot.storage.database import Connection


@click.group()
def role() -> None:
    """Give roles behind the bot by a link that works once, list them, take them back; read the log."""


@role.command("invite")
@click.argument("role_name", metavar="ROLE", type=click.Choice([one.value for one in Role]))
@click.option("--label", default="", help="What the log and the list call them, such as an office.")
def invite_to(role_name: str, label: str) -> None:
    """Make a link that gives ROLE (operator, organizer or staff) to the first who opens it."""
    from bot.services.profiles import find_bot_name
    from bot.services.roles import INVITATION_LASTS, invite, make_payload

    payload = make_payload()

    async def work(app: "App") -> str:
        await log_as_console(app, lambda conn: invite(app, conn, payload, Role(role_name), label), "invite", role_name)
        return await find_bot_name(app)

    name = with_app(work)
    where = f"https://t.me/{name}?start={payload}" if name else f"/start {payload} (sent to the bot)"
    click.echo(f"{where}\nIt works once, within {INVITATION_LASTS.days} days.")


@role.command("list")
def list_roles() -> None:
    """List who holds a role: the random name the log uses, role, since when, label."""
    from bot.storage.roles import find_holders

    async def read(app: "App") -> list[str]:
        found = await app.db.read(find_holders)
        return [f"{one.holder}  {one.role:<9}  {one.since_at:%Y-%m-%d}  {one.label}" for one in found]

    click.echo("\n".join(with_app(read)) or "Nobody holds a role.")


@role.command("revoke")
@click.argument("holder")
def revoke(holder: str) -> None:
    """Take a role back from HOLDER, a name of `hiwar role list`; they are told when the bot runs."""
    from bot.services.roles import take_back

    write_as_console(lambda app: lambda conn: take_back(app, conn, holder), "take back", holder)
    click.echo(f"{holder} holds no role any more.")


@role.command("log")
@click.option("--most", default=100, help="How many lines.")
def show_log(most: int) -> None:
    """Show what was done with roles, the latest first."""
    from bot.storage.audit import find_acts

    async def read(app: "App") -> list[str]:
        found = await app.db.read(lambda conn: find_acts(conn, most))
        return [
            f"{one.number:>6}  {one.done_at:%Y-%m-%d %H:%M:%S}  {one.holder:<12}  {one.act}: {one.subject} {one.reason}"
            for one in found
        ]

    click.echo("\n".join(with_app(read)) or "Nothing was done yet.")


def write_as_console(
    make_work: Callable[["App"], Callable[["Connection"], T]], act: str, subject: str, reason: str = ""
) -> T:
    """Do something privileged from the server's command line, and log it in the same transaction; its result."""
    return with_app(lambda app: log_as_console(app, make_work(app), act, subject, reason))


async def log_as_console(app: "App", work: Callable[["Connection"], T], act: str, subject: str, reason: str = "") -> T:
    from bot.storage.audit import CONSOLE, log_act

    def do(conn: "Connection") -> T:
        done = work(conn)
        log_act(conn, app.clock(), CONSOLE, act, subject, reason)
        return done

    return await app.db.write(do)
