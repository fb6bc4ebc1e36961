"""`hiwar announce` and `hiwar broadcast`: what organizers do in the chat, from the server's command line."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.roles import log_as_console, write_as_console
from bot.commands.running import with_app
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.services.announcements import Announcement
    from bot.services.app import App
    from bot.storage.database import Connection

WATCHED_SECONDS = 1.0


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--audience", default="", help="Instead of the file's: such as `locale:ar and not country:EG`.")
@click.option("--at", "moment", default="", help="When, such as “2026-12-05 10:00 Africa/Tunis”; else now.")
@click.option("--again", is_flag=True, help="Send once more what nobody can know to have arrived.")
@click.option("--yes", is_flag=True, help="Do not ask before it is set down.")
def announce(file: Path, audience: str, moment: str, again: bool, yes: bool) -> None:
    """Check an announcement (a Markdown file with all languages), say whom it reaches, and set it down to be sent."""
    click.echo(with_app(lambda app: _announce(app, file, audience, moment, again=again, yes=yes)))


@click.group()
def broadcast() -> None:
    """See what was announced, and stop, resume, cancel or watch it."""


@broadcast.command("list")
def list_broadcasts() -> None:
    """List the broadcasts: number, state, settled of planned, when, title."""
    from bot.services.announcements import find_announcement
    from bot.storage.broadcasts import find_broadcasts

    def read(conn: "Connection") -> list[str]:
        lines = []
        for one in find_broadcasts(conn):
            announcement = find_announcement(conn, one.announcement)
            title = announcement.title("en") if announcement else ""
            lines.append(
                f"{one.number:>5}  {one.state:<9}  {one.settled:>8} of {one.planned:<8}  "
                f"{one.start_at:%Y-%m-%d %H:%M}  {title}"
            )
        return lines

    async def work(app: "App") -> list[str]:
        return await app.db.read(read)

    click.echo("\n".join(with_app(work)) or "Nothing was announced yet.")


@broadcast.command("show")
@click.argument("number", type=int)
@click.option(
    "--csv", "file", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write a table, too."
)
def show_broadcast(number: int, file: Path | None) -> None:
    """Report what became of a broadcast, as far as that is known."""
    from bot.services.reports import make_csv, make_report

    async def read(app: "App") -> tuple[str, bytes]:
        report = await make_report(app, number)
        lines = [f"{report.broadcast.number}. {report.title}: {report.broadcast.state}"]
        lines += [f"  {state:<10} {count:>9}" for state, count in report.by_state().items()]
        lines += [f"  {state}: {reason} {count}" for (state, reason), count in report.reasons().items()]
        lines += [f"  sent in {locale}: {count}" for locale, count in report.sent_by("locale").items()]
        return "\n".join(lines), await make_csv(app, number)

    text, table = with_app(read)
    click.echo(text)
    if file is not None:
        file.write_bytes(table)


@broadcast.command("watch")
@click.argument("number", type=int)
def watch(number: int) -> None:
    """Show a bar until a broadcast has ended."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from bot.services.broadcasts import find_one
    from bot.services.reports import ENDED

    async def follow(app: "App") -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as progress:
            task = progress.add_task("", total=None)
            while True:
                found = await app.db.read(lambda conn: find_one(conn, number))
                progress.update(task, description=found.state, total=found.planned or None, completed=found.settled)
                if found.state in ENDED:
                    return
                await asyncio.sleep(WATCHED_SECONDS)

    with_app(follow)


def _act(name: str, help_text: str) -> click.Command:
    @click.argument("number", type=int)
    def command(number: int) -> None:
        from bot.services.broadcasts import Act, act

        write_as_console(lambda app: lambda conn: act(app, conn, number, Act(name)), name, f"broadcast {number}")
        click.echo(f"Broadcast {number}: {name} done.")

    return click.command(name, help=help_text)(command)


broadcast.add_command(_act("stop", "Stop a broadcast; what was not sent waits."))
broadcast.add_command(_act("resume", "Go on with a stopped broadcast."))
broadcast.add_command(_act("cancel", "Cancel a scheduled or stopped broadcast for good."))


async def _announce(app: "App", file: Path, audience: str, moment: str, *, again: bool, yes: bool) -> str:
    from bot.services.announcements import find_missing
    from bot.services.broadcasts import create
    from bot.services.form_texts import plain
    from bot.services.targeting import describe_reach
    from bot.storage.audit import CONSOLE
    from bot.storage.broadcasts import Again

    announcement = _read(app, file, audience)
    start_at = _read_moment(app, moment) if moment else None
    for locale in find_missing(app, announcement):
        click.echo(f"The language {locale} is missing: those people get another, with a line that says so.")
    click.echo(plain(await app.db.read(lambda conn: describe_reach(app, conn, announcement, "en"))))
    if not yes:
        click.confirm("Set it down?", abort=True)
    policy = Again.SEND_AGAIN if again else Again.LEAVE
    act = "send emergency" if announcement.urgent else "send"
    number = await log_as_console(
        app,
        lambda conn: create(app, conn, announcement, CONSOLE, start_at, again=policy),
        act,
        announcement.id,
        announcement.reason,
    )
    return f"Broadcast {number} is set down: the running bot sends it. See `hiwar broadcast watch {number}`."


def _read(app: "App", file: Path, audience: str) -> "Announcement":
    from bot.services.announcements import Announcement, attach, read_file, take_written
    from bot.services.audiences import read_audience

    text = file.read_bytes().decode("utf-8-sig", "replace")
    written, problems = read_file(app, text, str(file))
    if written is None or problems:
        raise SettingsError("\n".join(f"{one.file}:{one.line}: {one.sentence}" for one in problems))
    announcement = take_written(app, Announcement(app.make_id()), written)
    announcement = replace(announcement, attached=attach(file.parent, written.fields))
    return replace(announcement, audience=read_audience(app, audience)) if audience else announcement


def _read_moment(app: "App", text: str) -> datetime:
    from bot.services.launching import read_moment

    moment = read_moment(text, app.attention.zone, app.clock())
    if isinstance(moment, str):
        raise SettingsError(app.languages.say("en", moment))
    return moment
