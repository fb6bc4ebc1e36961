"""The command `hiwar`."""

import sys
from pathlib import Path

import click

from bot import __doc__ as purpose
from bot.commands.announcements import announce, broadcast
from bot.commands.content import content
from bot.commands.desk import desk
from bot.commands.forms import form
from bot.commands.inbox import inbox
from bot.commands.roles import role
from bot.commands.running import check_language, open_library, run_async
from bot.commands.seats import seat
from bot.commands.stats import stats
from bot.commands.submissions import submission
from bot.config import read_settings
from bot.errors import HiwarError


@click.group(help=purpose)
def cli() -> None:
    pass


cli.add_command(announce)
cli.add_command(broadcast)
cli.add_command(content)
cli.add_command(desk)
cli.add_command(form)
cli.add_command(inbox)
cli.add_command(role)
cli.add_command(seat)
cli.add_command(stats)
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


def main() -> None:
    """Run the command; what Hiwar knows about ends in one sentence and exit code 1."""
    try:
        cli()
    except HiwarError as error:
        click.echo(f"hiwar: {error}", err=True)
        sys.exit(1)
