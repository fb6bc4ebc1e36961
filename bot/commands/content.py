"""`hiwar content`: what staff do with the folder of content."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.running import check_language, compile_folder, open_library, with_app
from bot.commands.undoing import undo
from bot.config import Settings, read_settings
from bot.languages import read_languages

if TYPE_CHECKING:
    from bot.content.library import Library
    from bot.services.app import App


def _warn_of_worse(settings: Settings, library: "Library") -> None:
    """A build that helps clearly fewer of the known questions is a Problem, though it stands."""
    from bot.content import questions
    from bot.content.problems import Problem, format_text
    from bot.services.trials import try_questions

    languages = read_languages(settings.locales_dir)
    entries = {entry.id for entry in library.entries}
    listed = questions.read_questions(settings.content_dir, entries, languages.locales, [])
    worse, margin = questions.find_worse(settings.content_dir, try_questions(library, languages, listed, today()))
    if margin > questions.MARGIN:
        shown = f"{margin:.1f} of 100, such as “{worse[0].question.question}”"
        click.echo(format_text([Problem(questions.NAME, 1, "questions-worse", shown)]), err=True)
        sys.exit(1)


def today() -> date:
    return datetime.now(UTC).date()


@click.group()
def content() -> None:
    """Check and build what the bot answers from."""


@content.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list the problems.")
def check(form: str) -> None:
    """List every problem of the content folder; exit code 1 when there are errors."""
    from bot.content.problems import format_json, format_text

    compilation = compile_folder(read_settings())
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
    compilation = compile_folder(settings)
    if compilation.errors:
        click.echo(format_text(compilation.errors), err=True)
        sys.exit(1)
    library = write_content_db(compilation, settings.content_db, wanted)
    click.echo(f"{len(compilation.entries)} entries built.")
    _warn_of_worse(settings, library)


@content.command("questions")
@click.option("--half", type=click.Choice(["work", "report", "both"]), default="both", help="Which half to count.")
@click.option("--misses", is_flag=True, help="List the questions of the working half that were not helped.")
@click.option("--accept", "accepting", is_flag=True, help="Remember what each question gets now.")
def ask_questions(half: str, misses: bool, accepting: bool) -> None:
    """Ask the questions of questions.yaml; exit code 1 when clearly fewer are helped than when last accepted."""
    from bot.content import questions
    from bot.services.trials import try_questions

    settings = read_settings()
    library, languages = open_library()
    listed = questions.read_questions(
        settings.content_dir, {entry.id for entry in library.entries}, languages.locales, []
    )
    asked = try_questions(library, languages, listed, today())
    counted = [one for one in asked if half in ("both", one.question.half)]
    click.echo(f"{'':20}" + "".join(f"{name:>10}" for name in ("asked", "first", *questions.Outcome)))
    for group, counts in sorted(questions.count_outcomes(counted).items()):
        total = sum(counts[one] for one in questions.Outcome)
        shares = (counts[name] / total for name in ("first", *questions.Outcome))
        click.echo(f"{group:<20}{total:>10}" + "".join(f"{share:>10.1%}" for share in shares))
    if misses:
        for one in asked:
            if one.question.half == "work" and not questions.is_helped(one):
                wanted = ", ".join(one.question.entries) or "none"
                click.echo(f"{one.outcome}: {one.question.question} ({one.question.language}, {wanted})")
    worse, margin = questions.find_worse(settings.content_dir, asked)
    for one in worse:
        click.echo(f"worse than before: {one.question.question} ({one.question.language}): {one.outcome}")
    if accepting:
        questions.accept_questions(settings.content_dir, asked)
        click.echo(f"{len(asked)} questions remembered.")
    elif margin > questions.MARGIN:
        click.echo(
            f"Of a hundred questions {margin:.1f} fewer are helped than before: mend it, or --accept it.", err=True
        )
        sys.exit(1)


@content.command()
def gaps() -> None:
    """List what people asked and did not get, and the phrasings their choices propose."""
    from bot.services.gaps import find_gaps, find_verdicts
    from bot.storage.questions import find_questions

    async def read(app: "App") -> list[str]:
        lines = [
            f"{len(gap.texts):>4} ×  {gap.locale}  {gap.texts[0]}"
            + (f"  → a phrasing for {gap.entry}?" if gap.entry else "")
            for gap in find_gaps(app, await app.db.read(find_questions))
        ]
        verdicts = await app.db.read(find_verdicts)
        return [*lines, *(f"{one.entry} ({one.locale}): 👍 {one.up}  👎 {one.down}" for one in verdicts)]

    click.echo("\n".join(with_app(read)) or "Nothing is missing so far.")


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


@content.command()
def report() -> None:
    """List what staff should look at: unconfirmed, long not reviewed, soon or already invalid, missing in a language."""
    from bot.content.reporting import report_content

    settings = read_settings()
    compilation = compile_folder(settings)
    languages = read_languages(settings.locales_dir)
    reported = report_content(compilation, languages, today())
    for concern, lines in reported.concerns.items():
        click.echo(f"{concern} ({len(lines)})")
        for line in lines:
            click.echo(f"  {line}")
    click.echo(f"{reported.complete} of {reported.all} pieces are complete in {', '.join(languages.locales)}.")


@content.command()
@click.argument("kind")
@click.argument("entry_id")
@click.option("--topic", default="", help="The topic it belongs to.")
def new(kind: str, entry_id: str, topic: str) -> None:
    """Begin a file of a KIND (entry, event, term …) with the places to fill in."""
    from bot.content.beginning import begin_entry

    settings = read_settings()
    path = begin_entry(settings.content_dir, read_languages(settings.locales_dir), kind, entry_id, topic, today())
    click.echo(f"{path} is begun: fill in the titles, phrasings and answers, then run `hiwar content check`.")


@content.command()
@click.argument("ids", nargs=-1)
@click.option("--bot", "bot_name", required=True, help="The bot's name on Telegram, without @.")
@click.option("--language", default="en", help="The language of the title and of the answer that opens.")
@click.option("--format", "form", type=click.Choice(["svg", "png"]), default="svg", help="The kind of picture.")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where to put them."
)
def qr(ids: tuple[str, ...], bot_name: str, language: str, form: str, folder: Path) -> None:
    """Draw posters with a QR code that opens an answer (all of them without IDS)."""
    from bot.services.posters import draw_posters

    library, languages = open_library()
    written = draw_posters(library, languages, check_language(languages, language), bot_name, ids, folder, form)
    click.echo(f"{written} posters written to {folder.absolute()}.")


@content.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--language", default="", help="Only the English and this language, for its translator.")
def export_content(file: Path, language: str) -> None:
    """Write all texts to a spreadsheet (.xlsx) for translators."""
    from bot.content.compile import read_entries
    from bot.content.sheets import write_sheets

    settings = read_settings()
    languages = read_languages(settings.locales_dir)
    locales = ("en", check_language(languages, language)) if language else languages.locales
    rows = write_sheets(file, read_entries(settings.content_dir, []), tuple(dict.fromkeys(locales)), languages)
    click.echo(f"{rows} texts written to {file}.")


@content.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_content(file: Path, yes: bool) -> None:
    """Take a translators' spreadsheet back: show what changes, and write it once somebody agrees."""
    from bot.content.importing import plan_import, write_import
    from bot.content.problems import format_text

    settings = read_settings()
    languages = read_languages(settings.locales_dir)
    plan = plan_import(settings.content_dir, file.read_bytes(), file.name, languages, today())
    if plan.problems:
        click.echo(format_text(plan.problems), err=True)
        sys.exit(1)
    for change in plan.changes:
        click.echo(f"{change.file} {change.locale} {change.part}\n  - {change.old}\n  + {change.new}")
    if plan.changes and (yes or click.confirm(f"Write these {len(plan.changes)} changes?")):
        write_import(settings.content_dir, plan)
        click.echo("Written. Run `hiwar content accept` when every language agrees with its English.")
    elif not plan.changes:
        click.echo("The spreadsheet changes nothing.")


content.add_command(undo)
