"""The numbers as a picture, its words in a language and its axes in that language's direction."""

import io
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.languages import Languages
from bot.services.numbers import OUTCOMES, STEPS, Numbers, Shown, show

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Told apart by people who see no red or no green, too (Okabe and Ito).
COLOURS = ("#0072B2", "#E69F00", "#999999")
INCHES, DOTS_AN_INCH = (10.0, 8.0), 110
LABEL_LENGTH = 28
# What is left free beside the longest bar for its number.
ROOM = 1.22
# Matplotlib's fonts and caches are not made for several threads.
_DRAWING = threading.Lock()

# A name for the legend, and a number for each label.
Series = tuple[str, Sequence[Shown]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A group of bars for each label, one bar of each series."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]


def draw_chart(languages: Languages, locale: str, numbers: Numbers) -> bytes:
    """A PNG of four panels. Takes a second, the first time two: not for the event loop."""
    # Takes half a second and 40 MiB, and most bots are never asked for it.
    from matplotlib.figure import Figure

    rtl = languages.is_rtl(locale)
    with _DRAWING:
        figure = Figure(figsize=INCHES, dpi=DOTS_AN_INCH, layout="constrained")
        period = unescape(languages.format_days(locale, numbers.since, numbers.until))
        figure.suptitle(f"{_say(languages, locale, 'title')}\n{period}", fontsize=15, parse_math=False)
        places = list(figure.subplots(2, 2).flat)
        # The first panel stands where reading begins.
        order = (1, 0, 3, 2) if rtl else (0, 1, 2, 3)
        for place, panel in zip(order, _plan_panels(languages, locale, numbers), strict=True):
            _draw_panel(places[place], panel, rtl, lambda one: show(languages, locale, one))
        stream = io.BytesIO()
        figure.savefig(stream, format="png")
    return stream.getvalue()


def _plan_panels(languages: Languages, locale: str, numbers: Numbers) -> list[Panel]:
    names = [languages[one].name for one in numbers.people]
    topics: Sequence[tuple[str, Shown]] = numbers.topics or (("", None),)
    outcomes = _turn([_say(languages, locale, one) for one in OUTCOMES], numbers.questions)
    steps = _turn([_say(languages, locale, one) for one in STEPS], numbers.forms)
    return [
        Panel(_say(languages, locale, "people"), names, [("", list(numbers.people.values()))]),
        Panel(_say(languages, locale, "questions"), names, outcomes),
        Panel(_say(languages, locale, "topics"), [name for name, _ in topics], [("", [one for _, one in topics])]),
        Panel(_say(languages, locale, "forms"), list(numbers.forms), steps),
    ]


def _say(languages: Languages, locale: str, key: str) -> str:
    return unescape(languages.say(locale, f"stats.{key}"))


def _turn(names: Sequence[str], rows: Mapping[str, tuple[Shown, ...]]) -> list[Series]:
    """A table's columns, each with its name."""
    return [(name, [row[number] for row in rows.values()]) for number, name in enumerate(names)]


def _draw_panel(axes: "Axes", panel: Panel, rtl: bool, show_number: Callable[[Shown], str]) -> None:
    """Bars that begin where reading begins, each with its number, or with the words for too few."""
    height = 0.8 / max(1, len(panel.series))
    longest = max((one or 0 for _, values in panel.series for one in values), default=0) or 1
    where = range(len(panel.labels))
    for number, ((name, values), colour) in enumerate(zip(panel.series, COLOURS, strict=False)):
        middles = [place + height * number for place in where]
        axes.barh(middles, [one or 0 for one in values], height, color=colour, label=name or None)
        for middle, one in zip(middles, values, strict=True):
            text, end = show_number(one), (one or 0) + longest * 0.02
            axes.text(end, middle, text, va="center", ha="right" if rtl else "left", fontsize=9, parse_math=False)
    ticks = [place + height * (len(panel.series) - 1) / 2 for place in where]
    axes.set_yticks(ticks, [shorten(one, LABEL_LENGTH, placeholder="…") for one in panel.labels], parse_math=False)
    axes.invert_yaxis()
    axes.set_xlim(0, longest * ROOM)
    axes.set_title(panel.title, fontsize=12, loc="right" if rtl else "left", parse_math=False)
    if len(panel.series) > 1:
        legend = {"ncols": len(panel.series), "reverse": rtl, "markerfirst": not rtl, "frameon": False}
        axes.legend(fontsize=9, loc="upper center", bbox_to_anchor=(0.5, 0), **legend)
    _turn_axes(axes, rtl)


def _turn_axes(axes: "Axes", rtl: bool) -> None:
    """Only the line the bars begin at, on the side where reading begins."""
    axes.xaxis.set_visible(False)
    axes.spines[["top", "bottom", "left" if rtl else "right"]].set_visible(False)
    if rtl:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
