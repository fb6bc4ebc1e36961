"""How much the bot is used, for those behind it: a chart and a few lines, never about one person."""

import asyncio
from collections.abc import Iterable, Mapping

from bot.messages import Button, Picture, Reply
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response
from bot.services.charts import draw_chart
from bot.services.effects import ContextDropped
from bot.services.numbers import OUTCOMES, STEPS, Numbers, Shown, add_up, find_numbers, show
from bot.services.privileges import Call, Duty
from bot.storage.database import Connection
from bot.storage.roles import Role

STAFF = (Role.STAFF, Role.ORGANIZER)
# A few fixed periods: from any two that are a day apart one could take one day's few from the other's.
PERIODS = (7, 30, 90, 365)
USUAL = 30


def show_numbers(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """The numbers of a period, with a button for each other."""
    wanted = call.arguments[0] if call.arguments else ""
    days = next((one for one in PERIODS if wanted == str(one)), USUAL)
    numbers = find_numbers(app, conn, days, call.locale)
    row = tuple(
        Button(
            app.languages.say_count(call.locale, "stats.period", one), action(Verb.DUTY, call.locale, "stats", str(one))
        )
        for one in PERIODS
        if one != days
    )
    told = Reply(tell_numbers(app, call.locale, numbers), call.locale, (row,))

    async def draw() -> Lookup:
        chart = await asyncio.to_thread(draw_chart, app.languages, call.locale, numbers)
        replies = (Reply("", call.locale, picture=Picture(chart)), told)
        return lambda _conn: Response(replies, (ContextDropped(asking.incoming.person),))

    return Response(errand=Errand(draw))


def tell_numbers(app: App, locale: str, numbers: Numbers) -> str:
    """The numbers in a few lines of HTML."""
    blocks = [
        f"📊 <b>{app.languages.say(locale, 'stats.title')}</b>\n"
        + app.languages.format_days(locale, numbers.since, numbers.until),
        _tell_people(app, locale, numbers),
        _tell_table(app, locale, "stats.questions", OUTCOMES, _by_name(app, numbers.questions)),
        _tell_list(app, locale, "stats.topics", numbers.topics),
        _tell_list(app, locale, "stats.entries", numbers.entries),
        _tell_table(app, locale, "stats.forms", STEPS, numbers.forms),
        f"<i>{app.languages.say(locale, 'stats.note')}</i>",
    ]
    return "\n\n".join(block for block in blocks if block)


def _tell_people(app: App, locale: str, numbers: Numbers) -> str:
    counts = {app.languages[one].name: show(app.languages, locale, count) for one, count in numbers.people.items()}
    known, is_all = add_up(numbers.people.values())
    if known:
        shown = app.languages.format_number(locale, known)
        total = shown if is_all else app.languages.say(locale, "stats.at_least", count=shown)
        counts[app.languages.say(locale, "stats.all")] = total
    lines = [app.languages.say(locale, "stats.line", name=name, figures=shown) for name, shown in counts.items()]
    return "\n".join((f"<b>{app.languages.say(locale, 'stats.people')}</b>", *lines))


def _tell_table(app: App, locale: str, key: str, columns: Iterable[str], rows: Mapping[str, tuple[Shown, ...]]) -> str:
    head = " · ".join(app.languages.say(locale, f"stats.{one}") for one in columns)
    lines = [
        app.languages.say(
            locale, "stats.line", name=name, figures=" · ".join(show(app.languages, locale, one) for one in row)
        )
        for name, row in rows.items()
    ]
    return "\n".join((f"<b>{app.languages.say(locale, key)}</b> ({head})", *lines))


def _tell_list(app: App, locale: str, key: str, rows: Iterable[tuple[str, int]]) -> str:
    lines = [
        app.languages.say(locale, "stats.line", name=name, figures=show(app.languages, locale, times))
        for name, times in rows
    ]
    return "\n".join((f"<b>{app.languages.say(locale, key)}</b>", *lines)) if lines else ""


def _by_name(app: App, rows: Mapping[str, tuple[Shown, ...]]) -> Mapping[str, tuple[Shown, ...]]:
    return {app.languages[one].name: row for one, row in rows.items()}


DUTIES: Mapping[str, Duty] = {"stats": Duty(STAFF, show_numbers, in_menu=True)}
