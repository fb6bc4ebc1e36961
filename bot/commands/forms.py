"""`hiwar form`: XLSForms, and what people filled in."""

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.roles import write_as_console
from bot.commands.running import check_language, show_progress, with_app
from bot.config import read_settings
from bot.errors import SettingsError
from bot.languages import Languages, read_languages

if TYPE_CHECKING:
    from bot.forms import Form
    from bot.services.app import App
    from bot.storage.database import Connection


@click.group()
def form() -> None:
    """Check, try and take in forms; see and export what people filled in."""


@form.command("list")
def list_forms() -> None:
    """List the forms, and how many were sent."""
    from bot.storage import forms

    async def read(app: "App") -> list[tuple[str, str, int]]:
        sent = await app.db.read(forms.count_submissions)
        return [(one.id, one.version, sent.get(one.id, 0)) for one in app.library.forms.values()]

    for form_id, version, count in with_app(read):
        click.echo(f"{form_id}  version {version}  {count} sent")


@form.command("close")
@click.argument("form_id")
def close_form(form_id: str) -> None:
    """Let nobody begin FORM_ID any more; who has begun may finish."""
    _set_closed(form_id, closed=True)


@form.command("open")
@click.argument("form_id")
def open_form(form_id: str) -> None:
    """Let people begin FORM_ID again."""
    _set_closed(form_id, closed=False)


@form.command("export")
@click.argument("form_id")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--labels/--names", default=False, help="Labels instead of names, of questions and of choices.")
@click.option(
    "--language", default="", metavar="LANGUAGE", help="The language of the labels, with --labels or without."
)
def export_form(form_id: str, file: Path, labels: bool, language: str) -> None:
    """Write what was sent to FILE: .csv, .xlsx or .jsonl, in the shape KoboToolbox gives."""
    from bot.services.export_writers import WRITERS
    from bot.services.exporting import export_form as write_all
    from bot.storage.audit import CONSOLE, log_act
    from bot.storage.forms import count_submissions

    if file.suffix not in WRITERS:
        raise SettingsError(f"“{file.name}” must end in {', '.join(WRITERS)}.")

    async def write(app: "App") -> int:
        wanted = app.library.forms.get(form_id)
        if wanted is None:
            raise SettingsError(f"There is no form “{form_id}”: use one of {', '.join(app.library.forms)}.")
        locale = check_language(app.languages, language) if language else ""
        locale = locale or (wanted.locales[0] if labels else "")
        writer = WRITERS[file.suffix](file, locale in app.languages and app.languages.is_rtl(locale))
        total = (await app.db.read(count_submissions)).get(form_id, 0)
        with show_progress(f"{form_id} → {file.name}", total) as tell:
            count = await write_all(app, wanted, writer, locale, tell)
        reason = f"{file.suffix.removeprefix('.')} {count}"
        await app.db.write(lambda conn: log_act(conn, app.clock(), CONSOLE, "export", form_id, reason))
        return count

    click.echo(f"{with_app(write)} submissions written to {file}.")


@form.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_form(file: Path) -> None:
    """List every problem of an XLSForm (.xlsx, .csv, .md); exit code 1 when it cannot run."""
    _read_form(file, read_languages(read_settings().locales_dir))
    click.echo(f"{file.name} can run.")


@form.command("preview")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", help="The language to play it in.")
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), help="Write the conversation as a test.")
def preview_form(file: Path, language: str, record: Path | None) -> None:
    """Play an XLSForm in the terminal: type answers, or /skip, /back, /stop. Nothing is kept."""
    from bot.services.playing import play_form, write_test

    languages = read_languages(read_settings().locales_dir)
    wanted = _read_form(file, languages)

    def hear(shown: str) -> str | None:
        click.echo(f"\n{shown}")
        try:
            return str(click.prompt("", prompt_suffix="> ", default="", show_default=False))
        except click.Abort:
            return None

    played = play_form(wanted, check_language(languages, language), datetime.now(UTC), hear)
    for ref, value in (played.answers or {}).items():
        click.echo(f"{ref}: {value}")
    if record is not None:
        record.write_text(write_test(wanted.id, language, played), "utf-8")
        click.echo(f"{record} written.")


@form.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_form(file: Path) -> None:
    """Take an XLSForm into the content, with the files it attaches (a folder of its name beside it)."""
    settings = read_settings()
    wanted = _read_form(file, read_languages(settings.locales_dir))
    target = settings.content_dir / "forms" / file.name
    if target.exists():
        raise SettingsError(f"There is already a {target.name}: raise its version and replace it there.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target)
    if (attached := file.with_suffix("")).is_dir():
        shutil.copytree(attached, target.with_suffix(""))
    click.echo(f"{wanted.id} is in the content: a running bot has it in two seconds.")


def _set_closed(form_id: str, closed: bool) -> None:
    from bot.services.forms import set_closed

    def make_work(app: "App") -> "Callable[[Connection], None]":
        if form_id not in app.library.forms:
            raise SettingsError(f"There is no form “{form_id}”: use one of {', '.join(app.library.forms)}.")
        return lambda conn: set_closed(conn, form_id, closed)

    write_as_console(make_work, "close" if closed else "open", form_id)
    click.echo(f"{form_id} is {'closed' if closed else 'open'}.")


def _read_form(file: Path, languages: Languages) -> "Form":
    """The form; its problems are listed, and end the command where it cannot run."""
    from bot.content.forms import read_file
    from bot.content.problems import Problem, format_text

    problems: list[Problem] = []
    found = read_file(file, file.name, languages, problems)
    if problems:
        click.echo(format_text(problems), err=True)
    if found is None or any(problem.is_error for problem in problems):
        sys.exit(1)
    return found
