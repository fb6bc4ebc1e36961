"""Saying what is due: what fell due during a stop is said after it, once."""

import asyncio
from collections.abc import Callable, Mapping

import structlog

from bot.errors import Unreadable
from bot.services import desk_changes, moderation, notices, paths, publishing, reminders, roles, seats, tickets, waiting
from bot.services.alarms import Sayer, Wake, read_alarm
from bot.services.app import App
from bot.services.outgoing import Outgoing, plan_reply
from bot.services.ticket_receipts import plan_reminders
from bot.storage import alarms
from bot.storage.alarms import Alarm
from bot.storage.database import Connection

log = structlog.get_logger(__name__)

# No more at once than a second may send: who writes to the bot meanwhile is answered within that second.
AT_ONCE = 20
BETWEEN_ROUNDS = 1.0
# A reminder set by another process, or a clock that was changed, is seen within this time.
LONGEST_SLEEP = 2.0

SAYERS: Mapping[str, Sayer] = {
    reminders.KIND: reminders.say_reminder,
    paths.KIND: paths.say_path,
    moderation.DECIDED: moderation.say_decision,
    moderation.PROGRESS: moderation.say_progress,
    seats.PROPOSED: seats.say_proposal,
    seats.MET: seats.say_met,
    seats.OFF: seats.say_off,
    roles.TAKEN_BACK: roles.say_taken_back,
    notices.CHANGED: notices.say_change,
    notices.ANNOUNCED: notices.say_announced,
    tickets.OVER: desk_changes.say_over,
    publishing.KIND: publishing.say_outcome,
    waiting.KIND: waiting.say_found,
}


async def ring_alarms(app: App, send: Callable[[Outgoing], None]) -> None:
    """Say what is due, for ever. `send` takes each message once it is durable in the outbox."""
    while True:
        try:
            planned = await app.db.write(lambda conn: _plan_due(app, conn))
            for outgoing in planned:
                send(outgoing)
            await asyncio.sleep(BETWEEN_ROUNDS if len(planned) >= AT_ONCE else await _seconds_to_next(app))
        except Exception as error:  # noqa: BLE001 - the disk may be full for a while; nobody's reminder is lost by it
            log.error("alarms not rung", error=type(error).__name__, again_in_seconds=LONGEST_SLEEP)
            await asyncio.sleep(LONGEST_SLEEP)


def _plan_due(app: App, conn: Connection) -> list[Outgoing]:
    """The alarm goes and its message comes in one transaction: whatever happens then, it is said, and planned once."""
    planned = [*plan_reminders(app, conn)]
    for alarm in alarms.find_due(conn, app.clock(), AT_ONCE):
        alarms.drop_alarm(conn, alarm.id, alarm.pseudonym)
        wake = _read(app, alarm)
        reply = SAYERS[wake.kind](app, wake) if wake else None
        if wake and reply:
            planned.append(plan_reply(app, conn, wake.address, reply))
    return planned


def _read(app: App, alarm: Alarm) -> Wake | None:
    try:
        return read_alarm(app, alarm)
    except Unreadable:
        log.error("alarm dropped", kind=alarm.kind, remedy="it was sealed with another HIWAR_SECRET_KEY")
        return None


async def _seconds_to_next(app: App) -> float:
    due_at = await app.db.read(alarms.find_next_due)
    if due_at is None:
        return LONGEST_SLEEP
    return min(max(0.0, (due_at - app.clock()).total_seconds()), LONGEST_SLEEP)
