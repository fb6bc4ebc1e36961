"""The command `hiwar`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import __doc__ as purpose
from bot.commands.content import content
from bot.commands.running import check_language, open_library, run_async, with_app
from bot.commands.seats import seat
from bot.commands.submissions import submission
from bot.config import read_settings
from bot.errors import HiwarError, SettingsError

if TYPE_CHECKING:
    from bot.services.app import App


@click.group(help=purpose)
def cli() -> None:
    pass


cli.add_command(content)
cli.add_command(seat)
cli.add_command(submission)


@cli.command()
def run() -> None:
    """Start the bot: on Telegram with HIWAR_TELEGRAM_TOKEN, else with the simulator's page."""
    from bot.assembly import run as run_bot
    from bot.logs import set_up_logs

    settings = read_settings()
    set_up_logs(settings)
    run_async(run_bot(settings))


@cli.command()
@click.argument("question")
@click.option("--language", default=None, help="The person's last language.")
@click.option("--explain", is_flag=True, help="Show how the question was read and what spoke for each entry.")
def ask(question: str, language: str | None, explain: bool) -> None:
    """Ask the content a question, as a person would."""
    from bot.services.explaining import explain_question

    library, _ = open_library()
    lines = explain_question(library.matcher, question, language)
    click.echo("\n".join(lines if explain else lines[-1:]))


@cli.command("calendar")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", default="en", help="The language of the titles.")
def export_calendar(file: Path, language: str) -> None:
    """Write all events whose day is known to an iCalendar file."""
    from bot.services.calendars import make_feed

    library, languages = open_library()
    file.write_bytes(make_feed(library, languages, check_language(languages, language)))
    click.echo(f"{file} written.")


@cli.group()
def form() -> None:
    """See and export what people filled in (while the bot is stopped)."""


@form.command("list")
def list_forms() -> None:
    """List the forms, and how many were sent."""
    from bot.storage import forms

    async def read(app: "App") -> list[tuple[str, str, int]]:
        sent = await app.db.read(forms.count_submissions)
        return [(one.id, one.version, sent.get(one.id, 0)) for one in app.library.forms.values()]

    for form_id, version, count in with_app(read):
        click.echo(f"{form_id}  version {version}  {count} sent")


@form.command("export")
@click.argument("form_id")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--labels", default="", metavar="LANGUAGE", help="Labels in this language instead of names.")
def export_form(form_id: str, file: Path, labels: str) -> None:
    """Write what was sent to FILE: .csv, .xlsx or .jsonl, in the shape KoboToolbox gives."""
    from bot.services import exporting

    async def write(app: "App") -> int:
        wanted = app.library.forms.get(form_id)
        if wanted is None:
            raise SettingsError(f"There is no form “{form_id}”: use one of {', '.join(app.library.forms)}.")
        rtl = bool(labels) and app.languages.is_rtl(check_language(app.languages, labels))
        writers: dict[str, Callable[[], exporting.Writer]] = {
            ".csv": lambda: exporting.CsvWriter(file),
            ".xlsx": lambda: exporting.XlsxWriter(file, rtl),
            ".jsonl": lambda: exporting.JsonLinesWriter(file),
        }
        if file.suffix not in writers:
            raise SettingsError(f"“{file.name}” must end in {', '.join(writers)}.")
        return await exporting.export_form(app, wanted, writers[file.suffix](), labels)

    click.echo(f"{with_app(write)} submissions written to {file}.")


@cli.group()
def inbox() -> None:
    """Look after updates that could not be handled (while the bot is stopped)."""


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


def main() -> None:
    """Run the command; what Hiwar knows about ends in one sentence and exit code 1."""
    try:
        cli()
    except HiwarError as error:
        click.echo(f"hiwar: {error}", err=True)
        sys.exit(1)
