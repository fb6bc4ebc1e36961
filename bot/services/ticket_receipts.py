"""What follows when a ticket's thread was opened, its message reached the group, or an answer reached who asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.messages import Receipt, Reply
from bot.services.app import App
from bot.services.desk import Desk, find_desk, hash_place
from bot.services.desk_changes import lose_desk, move_desk
from bot.services.outgoing import Outgoing, plan_reply
from bot.services.ticket_texts import ANSWERED, BEGUN, POSTED, open_asked
from bot.services.tickets import forget_asker, give_up, post_texts
from bot.storage import tickets
from bot.storage.database import Connection
from bot.storage.tickets import Ticket


def plan_reminders(app: App, conn: Connection) -> Sequence[Outgoing]:
    """Remind the group, once and while somebody is there, of each ticket that has waited too long."""
    desk, now = find_desk(app, conn), app.clock()
    if desk is None or not app.hours.is_open(now):
        return ()
    planned: list[Outgoing] = []
    for one in tickets.find_late(conn, now - app.patience):
        tickets.change_ticket(conn, replace(one, reminded=True))
        planned += post_texts(app, conn, desk, one, "ticket.late", open_asked(app, one.body).texts[-1:])
    return planned


def _post_in_thread(app: App, conn: Connection, ticket_id: str, receipt: Receipt) -> Sequence[Outgoing]:
    """Its thread was opened: all the person wrote goes there. Where none could be, it goes to the group itself."""
    one = tickets.lock_ticket(conn, ticket_id, app.clock())
    if one is None or not _is_meant(app, one, receipt):
        return ()
    if receipt.gone:
        return lose_desk(app, conn)
    desk = _find_desk(app, conn, receipt)
    if desk is None:
        return give_up(app, conn, one)
    one = replace(one, thread=receipt.thread, awaits_thread=False, place=hash_place(app, receipt.place))
    tickets.change_ticket(conn, one)
    return post_texts(app, conn, desk, one, "ticket.text", open_asked(app, one.body).texts)


def _note_post(app: App, conn: Connection, ticket_id: str, receipt: Receipt) -> Sequence[Outgoing]:
    """A message of it reached the group, and replies to that lead to it; or none can."""
    if receipt.message_id:
        tickets.keep_message(conn, hash_place(app, receipt.place), receipt.message_id, ticket_id)
        _find_desk(app, conn, receipt)
        return ()
    one = tickets.lock_ticket(conn, ticket_id, app.clock())
    if one is None or not _is_meant(app, one, receipt):
        return ()
    return lose_desk(app, conn) if receipt.gone else give_up(app, conn, one)


def _note_answer(app: App, conn: Connection, subject: str, receipt: Receipt) -> Sequence[Outgoing]:
    """An answer reached who asked, or never can; who wrote it is told."""
    ticket_id, _, address = subject.partition(":")
    desk = find_desk(app, conn)
    locale = desk.locale if desk else app.languages.locales[0]
    if receipt.message_id:
        tickets.keep_message(conn, hash_place(app, receipt.place), receipt.message_id, ticket_id)
    elif receipt.gone:
        forget_asker(app, conn, ticket_id)
    key = "ticket.delivered" if receipt.message_id else "ticket.undelivered"
    return [plan_reply(app, conn, address, Reply(app.languages.say(locale, key, id=ticket_id), locale))]


def _is_meant(app: App, one: Ticket, receipt: Receipt) -> bool:
    """Whether the receipt is of the group the ticket is in now, or that group has moved."""
    return receipt.moved or one.place == hash_place(app, receipt.place)


def _find_desk(app: App, conn: Connection, receipt: Receipt) -> Desk | None:
    """The desk, moved where its group has."""
    desk = find_desk(app, conn)
    has_moved = desk is not None and receipt.moved and desk.place != receipt.place
    return move_desk(app, conn, desk, receipt.place) if desk and has_moved else desk


RECEIVERS: Mapping[str, Callable[[App, Connection, str, Receipt], Sequence[Outgoing]]] = {
    BEGUN: _post_in_thread,
    POSTED: _note_post,
    ANSWERED: _note_answer,
}
