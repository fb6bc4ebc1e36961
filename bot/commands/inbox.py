"""`hiwar inbox`: updates that could not be handled."""

import click

from bot.commands.running import with_app


@click.group()
def inbox() -> None:
    """Look after updates that could not be handled."""


@inbox.command("list")
def list_aside() -> None:
    """List the updates put aside: number, when they came, what went wrong."""
    from bot.services.intake import find_aside

    for update in with_app(find_aside):
        click.echo(f"{update.update_id}  {update.received_at:%Y-%m-%d %H:%M} UTC  {update.problem}")


@inbox.command()
def retry() -> None:
    """Let the updates put aside be handled again at the next start."""
    from bot.services.intake import reopen_aside

    click.echo(f"{with_app(reopen_aside)} updates will be tried again at the next start.")
