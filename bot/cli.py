"""The command `hiwar`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import __doc__ as purpose
from bot.config import Settings, read_settings
from bot.errors import HiwarError, SettingsError
from bot.languages import read_languages

if TYPE_CHECKING:
    from bot.content.compile import Compilation
    from bot.services.app import App

T = TypeVar("T")


@click.group(help=purpose)
def cli() -> None:
    pass


@cli.command()
def run() -> None:
    """Start the bot: on Telegram with HIWAR_TELEGRAM_TOKEN, else with the simulator's page."""
    from bot.assembly import run as run_bot
    from bot.logs import set_up_logs

    settings = read_settings()
    set_up_logs(settings)
    _run(run_bot(settings))


@cli.group()
def content() -> None:
    """Check and build what the bot answers from."""


@content.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list the problems.")
def check(form: str) -> None:
    """List every problem of the content folder; exit code 1 when there are errors."""
    from bot.content.problems import format_json, format_text

    compilation = _compile(read_settings())
    shown = (format_json if form == "json" else format_text)(compilation.problems)
    if shown:
        click.echo(shown)
    if form == "text":
        errors = len(compilation.errors)
        warnings = len(compilation.problems) - errors
        click.echo(f"{len(compilation.entries)} entries, {errors} errors, {warnings} warnings.")
    sys.exit(1 if compilation.errors else 0)


@content.command()
def build() -> None:
    """Compile the content folder into content.db; exit code 1 when there are errors, which are listed."""
    from bot.content.problems import format_text
    from bot.content.store import fingerprint, write_content_db

    settings = read_settings()
    wanted = fingerprint(settings.content_dir, read_languages(settings.locales_dir))
    compilation = _compile(settings)
    if compilation.errors:
        click.echo(format_text(compilation.errors), err=True)
        sys.exit(1)
    write_content_db(compilation, settings.content_db, wanted)
    click.echo(f"{len(compilation.entries)} entries built.")


@content.command()
def accept() -> None:
    """Remember that every translation agrees with its English, and every event with its revision, as they now stand."""
    from bot.content.compile import read_entries
    from bot.content.revisions import accept_revisions
    from bot.content.translations import accept_translations

    settings = read_settings()
    entries = read_entries(settings.content_dir, [])
    accept_revisions(settings.content_dir, entries)
    click.echo(f"{accept_translations(settings.content_dir, entries)} texts accepted.")


@cli.command()
@click.argument("question")
@click.option("--language", default=None, help="The person's last language.")
@click.option("--explain", is_flag=True, help="Show how the question was read and what spoke for each entry.")
def ask(question: str, language: str | None, explain: bool) -> None:
    """Ask the content a question, as a person would."""
    from bot.services.reloading import load_library

    settings = read_settings()
    languages = read_languages(settings.locales_dir)
    library = load_library(settings.content_dir, settings.content_db, languages, datetime.now(UTC).date())
    found = library.matcher.explain(question, language)
    if explain:
        click.echo(f"folded: {found.folded}")
        click.echo(f"language: {found.guess.locale or '–'} ({'sure' if found.guess.sure else 'not sure'})")
        for phrasing in found.same:
            click.echo(f"word for word: {phrasing.entry} ({phrasing.locale})")
        for reading in found.readings:
            click.echo(f"read as {reading.model}:")
            for match in reading.matches:
                spoke = (
                    " ".join(f"{name} {value:.2f}" for name, value in match.evidence._asdict().items())
                    if match.evidence
                    else ""
                )
                click.echo(f"  {match.score:.2f}  {match.entry}  [{spoke}]  nearest: {match.phrasing}")
    decision = found.decision
    shown = ", ".join(f"{match.entry} {match.score:.2f}" for match in decision.matches)
    click.echo(f"{decision.verdict.value} in {decision.locale or '–'}: {shown or '–'}")


@cli.command("calendar")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", default="en", help="The language of the titles.")
def export_calendar(file: Path, language: str) -> None:
    """Write all events whose day is known to an iCalendar file."""
    from bot.services.calendars import make_feed
    from bot.services.reloading import load_library

    settings = read_settings()
    languages = read_languages(settings.locales_dir)
    if language not in languages:
        raise SettingsError(f"There is no language “{language}”: use one of {', '.join(languages.locales)}.")
    library = load_library(settings.content_dir, settings.content_db, languages, datetime.now(UTC).date())
    file.write_bytes(make_feed(library, languages, language))
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

    for form_id, version, count in _with_app(read):
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
        if labels and labels not in app.languages:
            raise SettingsError(f"There is no language “{labels}”: use one of {', '.join(app.languages.locales)}.")
        rtl = bool(labels) and app.languages.is_rtl(labels)
        writers: dict[str, Callable[[], exporting.Writer]] = {
            ".csv": lambda: exporting.CsvWriter(file),
            ".xlsx": lambda: exporting.XlsxWriter(file, rtl),
            ".jsonl": lambda: exporting.JsonLinesWriter(file),
        }
        if file.suffix not in writers:
            raise SettingsError(f"“{file.name}” must end in {', '.join(writers)}.")
        return await exporting.export_form(app, wanted, writers[file.suffix](), labels)

    click.echo(f"{_with_app(write)} submissions written to {file}.")


@cli.group()
def inbox() -> None:
    """Look after updates that could not be handled (while the bot is stopped)."""


@inbox.command("list")
def list_aside() -> None:
    """List the updates put aside: number, when they came, what went wrong."""
    from bot.services.intake import find_aside

    for update in _with_app(find_aside):
        click.echo(f"{update.update_id}  {update.received_at:%Y-%m-%d %H:%M} UTC  {update.problem}")


@inbox.command()
def retry() -> None:
    """Let the updates put aside be handled again at the next start."""
    from bot.services.intake import reopen_aside

    click.echo(f"{_with_app(reopen_aside)} updates will be tried again at the next start.")


def main() -> None:
    """Run the command; what Hiwar knows about ends in one sentence and exit code 1."""
    try:
        cli()
    except HiwarError as error:
        click.echo(f"hiwar: {error}", err=True)
        sys.exit(1)


def _run(work: Coroutine[Any, Any, T]) -> T:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


def _with_app(use: Callable[["App"], Awaitable[T]]) -> T:
    from bot.assembly import open_app

    async def work() -> T:
        async with open_app(read_settings()) as app:
            return await use(app)

    return _run(work())


def _compile(settings: Settings) -> "Compilation":
    from bot.content.compile import compile_content

    return compile_content(settings.content_dir, read_languages(settings.locales_dir), datetime.now(UTC).date())
