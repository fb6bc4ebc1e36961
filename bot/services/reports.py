"""What became of a broadcast, as far as it is known and no further."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Reply, Rows
from bot.services import broadcasts as runs
from bot.services.announcements import find_announcement
from bot.services.app import App
from bot.services.broadcasts import Reporter
from bot.services.outgoing import Outgoing, plan_reply
from bot.services.privileges import duty_button
from bot.storage import broadcasts, deliveries
from bot.storage.broadcasts import Broadcast, State
from bot.storage.database import Connection
from bot.storage.deliveries import SLICES, DeliveryState, Tally

BAR = 20
# A wait longer than this is said.
NOTED_WAIT = timedelta(minutes=2)
# Whoever of fewer people would be known by where they are: such groups are put together.
LEAST = 5
ENDED = (State.DONE, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Report:
    """A broadcast, its title, and what became of its deliveries."""

    broadcast: Broadcast
    title: str
    tallies: tuple[Tally, ...]

    @property
    def total(self) -> int:
        return sum(one.count for one in self.tallies)

    @property
    def duration(self) -> timedelta | None:
        began, ended = self.broadcast.began_at, self.broadcast.ended_at
        return ended - began if began and ended else None

    def by_state(self) -> dict[DeliveryState, int]:
        """The states that occur, in their own order."""
        counts: Counter[DeliveryState] = Counter()
        for one in self.tallies:
            counts[one.state] += one.count
        return {state: counts[state] for state in DeliveryState if counts[state]}

    def sent_by(self, field: str) -> dict[str, int]:
        """How many were sent by `locale` or `country`, the most first."""
        counts: Counter[str] = Counter()
        for one in self.tallies:
            if one.state is DeliveryState.SENT:
                counts[getattr(one, field)] += one.count
        return dict(counts.most_common())

    def reasons(self) -> dict[tuple[DeliveryState, str], int]:
        """Why what was not sent was not, the most frequent first."""
        counts: Counter[tuple[DeliveryState, str]] = Counter()
        for one in self.tallies:
            if one.state in (DeliveryState.REFUSED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN):
                counts[one.state, one.reason] += one.count
        return dict(counts.most_common())


async def make_report(app: App, number: int) -> Report:
    """The report of a broadcast, counted slice by slice so that nobody waits. Raises `SettingsError` for no number."""
    broadcast, title = await app.db.read(lambda conn: _find(conn, number))
    if broadcast.report is not None:
        return Report(broadcast, title, tuple(runs.read_tallies(broadcast.report)))
    tallies: list[Tally] = []
    for part in SLICES:
        tallies += await app.db.read(lambda conn, part=part: deliveries.count_states(conn, number, part))  # type: ignore[misc]
    return Report(broadcast, title, tuple(tallies))


def draw_report(app: App, report: Report, locale: str) -> str:
    """The report as people read it."""
    languages, number = app.languages, report.broadcast.number
    parts = [
        languages.say(
            locale,
            "broadcast.report",
            number=number,
            title=report.title,
            state=languages.say(locale, f"broadcast.state.{report.broadcast.state}"),
        ),
        "\n".join(
            f"• {languages.say_count(locale, f'delivery.{state}', count)}" for state, count in report.by_state().items()
        ),
        _list(app, locale, "broadcast.by_locale", _names_of_languages(app, locale, report.sent_by("locale"))),
        _list(app, locale, "broadcast.by_country", _names_of_countries(app, locale, report.sent_by("country"))),
        _list(
            app,
            locale,
            "broadcast.reasons",
            {reason or state: many for (state, reason), many in report.reasons().items()},
        ),
    ]
    if report.duration is not None:
        minutes = max(1, round(report.duration.total_seconds() / 60))
        parts.append(languages.say_count(locale, "broadcast.took", minutes))
    parts.append(languages.say(locale, "broadcast.truth"))
    return "\n\n".join(part for part in parts if part)


async def make_csv(app: App, number: int) -> bytes:
    """The report as a table for a spreadsheet: state, language, country, reason, how many."""
    report = await make_report(app, number)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["state", "language", "country", "reason", "deliveries"])
    people: Counter[str] = Counter()
    for one in report.tallies:
        people[one.country] += one.count
    merged: Counter[tuple[str, str, str, str]] = Counter()
    for one in report.tallies:
        country = one.country if people[one.country] >= LEAST else ""
        merged[one.state.value, one.locale, country, one.reason] += one.count
    writer.writerows([*key, count] for key, count in sorted(merged.items()))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


async def plan_progress(app: App, shown: dict[int, str]) -> list[Outgoing]:
    """Messages that show how far broadcasts are, where that changed since `shown`; the report once they have ended."""
    planned = []
    for broadcast in await app.db.read(_find_reported):
        if broadcast.state in ENDED:
            report = await make_report(app, broadcast.number)
            planned += await app.db.write(lambda conn, report=report: _plan_report(app, conn, report))  # type: ignore[misc]
            shown.pop(broadcast.number, None)
            continue
        if not Reporter.open(app, broadcast.reporter or b"").message_id:
            continue
        next_at = await app.db.read(lambda conn, one=broadcast: deliveries.find_next_due(conn, one.number))  # type: ignore[misc]
        waits = next_at is not None and next_at >= app.clock() + NOTED_WAIT
        line = f"{broadcast.state} {broadcast.settled} {broadcast.planned} {waits}"
        if shown.get(broadcast.number) != line:
            shown[broadcast.number] = line
            planned.append(await app.db.write(lambda conn, one=broadcast, at=next_at: _plan_line(app, conn, one, at)))  # type: ignore[misc]
    return planned


def draw_progress(app: App, broadcast: Broadcast, locale: str, next_at: datetime | None = None) -> str:
    """A bar and two numbers; and from when it goes on, where it waits."""
    share = broadcast.settled / broadcast.planned if broadcast.planned else 0
    full = min(BAR, round(BAR * share))
    html = app.languages.say(
        locale,
        "broadcast.progress",
        number=broadcast.number,
        state=app.languages.say(locale, f"broadcast.state.{broadcast.state}"),
        bar="█" * full + "░" * (BAR - full),
        settled=broadcast.settled,
        planned=broadcast.planned,
    )
    if broadcast.state is not State.SENDING or next_at is None or next_at < app.clock() + NOTED_WAIT:
        return html
    when = name_moment(app, next_at, locale)
    return f"{html}\n\n{app.languages.say(locale, 'broadcast.waits', when=when)}"


def name_moment(app: App, at: datetime, locale: str) -> str:
    """A moment as organizers read it, in the team's time zone."""
    local = at.astimezone(ZoneInfo(app.attention.zone))
    return f"{app.languages.format_date(locale, local.date())}, {local:%H:%M} ({app.attention.zone})"


# What may be done with a broadcast, by where it stands: the buttons' texts are `broadcast.<step>`.
STEPS: Mapping[State, tuple[str, ...]] = {
    State.SCHEDULED: ("cancel",),
    State.FILLING: ("stop",),
    State.SENDING: ("stop",),
    State.STOPPED: ("resume", "cancel"),
    State.DONE: ("table", "correct", "again"),
    State.CANCELLED: ("table",),
}


def control_rows(app: App, locale: str, broadcast: Broadcast) -> Rows:
    """The buttons that fit where a broadcast stands."""
    steps = STEPS[broadcast.state]
    return tuple(
        (duty_button(app, locale, f"broadcast.{step}", "broadcast", step, broadcast.announcement),) for step in steps
    )


def _find_reported(conn: Connection) -> list[Broadcast]:
    quiet = (State.SCHEDULED,)
    return [one for one in broadcasts.find_broadcasts(conn) if one.reporter is not None and one.state not in quiet]


def _plan_line(app: App, conn: Connection, broadcast: Broadcast, next_at: datetime | None) -> Outgoing:
    reporter = Reporter.open(app, broadcast.reporter or b"")
    buttons = control_rows(app, reporter.locale, broadcast)
    html = draw_progress(app, broadcast, reporter.locale, next_at)
    return plan_reply(app, conn, reporter.address, Reply(html, reporter.locale, buttons, reporter.message_id))


def _plan_report(app: App, conn: Connection, report: Report) -> list[Outgoing]:
    """The last state of the bar, and the report as a message of its own, so that it is noticed; once."""
    now = broadcasts.find_broadcast(conn, report.broadcast.number)
    if now is None or now.reporter is None:
        return []
    broadcasts.drop_reporter(conn, now.number)
    reporter = Reporter.open(app, now.reporter)
    bars = [Reply(draw_progress(app, now, reporter.locale), reporter.locale, (), reporter.message_id)]
    buttons = control_rows(app, reporter.locale, now)
    final = Reply(draw_report(app, report, reporter.locale), reporter.locale, buttons)
    return [plan_reply(app, conn, reporter.address, reply) for reply in (*(bars if reporter.message_id else ()), final)]


def _find(conn: Connection, number: int) -> tuple[Broadcast, str]:
    broadcast = runs.find_one(conn, number)
    announcement = find_announcement(conn, broadcast.announcement)
    return broadcast, announcement.title("en") if announcement else ""


def _list(app: App, locale: str, key: str, counts: dict[str, int]) -> str:
    if not counts:
        return ""
    return app.languages.say(
        locale, key, list=app.languages.join(locale, [f"{name} {n}" for name, n in counts.items()])
    )


def _names_of_languages(app: App, locale: str, counts: dict[str, int]) -> dict[str, int]:
    return {app.languages.language_name(locale, code): count for code, count in counts.items()}


def _names_of_countries(app: App, locale: str, counts: dict[str, int]) -> dict[str, int]:
    named: Counter[str] = Counter()
    for code, count in counts.items():
        few = count < LEAST or code in ("", "-")
        key = app.languages.say(locale, "broadcast.elsewhere") if few else app.languages.country_name(locale, code)
        named[key] += count
    return dict(named)
