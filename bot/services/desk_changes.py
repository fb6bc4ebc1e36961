"""What happens to all tickets at once: the desk is opened, moves or is lost, and old ones are let go of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages import Reply
from bot.services.alarms import Wake
from bot.services.app import App
from bot.services.desk import Desk, drop_desk, find_desk, hash_place, keep_desk
from bot.services.outgoing import Outgoing
from bot.services.tickets import close, give_up, keep_gap, lock, post, tell_later
from bot.storage import tickets
from bot.storage.database import Connection

# Once answered, a ticket with which nothing is done any more is closed after a week; one nobody answers, after a month.
# Closed, it is forgotten after another month.
ANSWERED_KEPT, WAITING_KEPT, CLOSED_KEPT = timedelta(days=7), timedelta(days=30), timedelta(days=30)


def set_desk(app: App, conn: Connection, desk: Desk) -> Sequence[Outgoing]:
    """Make a group the desk; what is open elsewhere is posted there, too."""
    before = find_desk(app, conn)
    keep_desk(app, conn, desk)
    if before is not None and before.place == desk.place:
        return ()
    moving = (tickets.lock_ticket(conn, one.id, app.clock()) for one in tickets.find_open(conn))
    return [out for one in moving if one for out in post(app, conn, desk, replace(one, thread=0))]


def move_desk(app: App, conn: Connection, desk: Desk, place: str) -> Desk:
    """The desk's group has another address now, and so has what is open in it."""
    before, moved = hash_place(app, desk.place), replace(desk, place=place)
    keep_desk(app, conn, moved)
    for one in tickets.find_open(conn):
        if one.place == before:
            tickets.change_ticket(conn, replace(lock(app, conn, one.id), place=hash_place(app, place), thread=0))
    return moved


def lose_desk(app: App, conn: Connection) -> Sequence[Outgoing]:
    """There is no desk any more: whoever still waits is told, and their question kept as a gap."""
    drop_desk(conn)
    lost = (tickets.lock_ticket(conn, one.id, app.clock()) for one in tickets.find_open(conn))
    return [out for one in lost if one for out in give_up(app, conn, one)]


def let_go_of_old(app: App, conn: Connection) -> None:
    """Close what nobody does anything with any more, and forget what is long closed."""
    now = app.clock()
    for one in tickets.find_untouched(conn, now - ANSWERED_KEPT):
        if one.waits_since is None:
            close(app, conn, one)
    for one in tickets.find_untouched(conn, now - WAITING_KEPT):
        keep_gap(app, conn, one)
        close(app, conn, one)
        tell_later(app, conn, one, "human.unreachable")
    tickets.forget_before(conn, now - CLOSED_KEPT)


def say_over(app: App, wake: Wake) -> Reply | None:
    """What became of a ticket, said when the bot runs."""
    return Reply(app.languages.say(wake.locale, wake.which), wake.locale)
