"""`hiwar stats`: how much the bot is used."""

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.running import check_language, with_app

if TYPE_CHECKING:
    from bot.services.app import App

TAG = re.compile(r"<[^>]+>")


@click.command()
@click.option("--days", type=click.IntRange(1, 3660), default=30, help="Of how many days, today included.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Draw them, too, to this PNG."
)
@click.option("--language", default="en", help="The language of both.")
def stats(days: int, chart: Path | None, language: str) -> None:
    """Show how many people and questions there were; groups of fewer than five are not counted out."""
    from bot.services.charts import draw_chart
    from bot.services.numbers import find_numbers
    from bot.services.stats import tell_numbers

    async def read(app: "App") -> tuple[str, bytes]:
        locale = check_language(app.languages, language)
        numbers = await app.db.read(lambda conn: find_numbers(app, conn, days, locale))
        return tell_numbers(app, locale, numbers), draw_chart(app.languages, locale, numbers) if chart else b""

    told, drawn = with_app(read)
    click.echo(unescape(TAG.sub("", told)))
    if chart is not None:
        chart.write_bytes(drawn)
        click.echo(f"\n{chart} drawn.")
