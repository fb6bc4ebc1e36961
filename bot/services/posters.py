"""Posters for walls and tables: the question, and a QR code that opens its answer in the chat."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from bot.content.library import Library
from bot.errors import ContentUnusable, FolderUnwritable
from bot.languages import Languages
from bot.services.form_texts import title
from bot.services.links import make_link

A6 = (4.13, 5.83)  # inches
LINE = 26


def draw_posters(
    library: Library,
    languages: Languages,
    locale: str,
    bot_name: str,
    ids: Sequence[str],
    folder: Path,
    form: str,
) -> int:
    """Draw a poster (`svg` or `png`) for each of these answers and forms, or for all; how many there are.

    Raises `ContentUnusable` for an id that has no answer, `FolderUnwritable` where nothing can be written.
    """
    titles = {entry.id: entry.title(locale) for entry in library.entries}
    titles |= {form.id: title(form, locale) for form in library.forms.values()}
    unknown = [one for one in ids if one not in titles]
    if unknown:
        raise ContentUnusable(f"There is no answer or form “{unknown[0]}”: `hiwar content check` lists the files.")
    wanted = ids or list(titles)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in wanted:
            link = make_link(bot_name, one, locale)
            below = languages.say(locale, "share.poster", bot=f"@{bot_name}")
            _draw(link, _plain(titles[one]), below, folder / f"{one}_{locale}.{form}")
    except OSError as error:
        raise FolderUnwritable(
            f"{folder} cannot be written to ({error.strerror}): choose another with --to."
        ) from error
    return len(wanted)


def _draw(link: str, title: str, below: str, file: Path) -> None:
    # Both take long to import, and only this needs them. Matplotlib joins and orders Arabic letters itself, and draws
    # text as outlines, so a poster looks the same wherever it is printed.
    import matplotlib as mpl
    import segno
    from matplotlib.figure import Figure

    code = segno.make_qr(link, error="m")
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": link, "font.family": "DejaVu Sans"}):
        figure = Figure(figsize=A6, facecolor="white")
        square = figure.add_axes((0.1, 0.12, 0.8, 0.57))
        square.imshow([[not cell for cell in row] for row in code.matrix_iter(border=4)], cmap="gray")
        square.set_axis_off()
        figure.text(
            0.5, 0.84, "\n".join(textwrap.wrap(title, LINE)), ha="center", va="center", fontsize=16, fontweight="bold"
        )
        figure.text(0.5, 0.06, below, ha="center", fontsize=11)
        figure.savefig(file, dpi=300, metadata={"Date": None} if file.suffix == ".svg" else None)


def _plain(title: str) -> str:
    return title.replace("\u2068", "").replace("\u2069", "")
