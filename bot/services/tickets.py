"""Tickets: a person's question to the team, from asking to closing. Everything here runs inside a transaction and plans
what is to be said to the other side."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import Outdated, Unreadable
from bot.messages import Reply, Said, Sent
from bot.services.alarms import Wake, set_alarm
from bot.services.app import App
from bot.services.desk import Desk, find_desk, hash_place
from bot.services.effects import TicketAdded, TicketAsked
from bot.services.outgoing import Outgoing, plan_reply
from bot.services.ticket_texts import PURPOSE, Asked, draw_answer, draw_posts, draw_thread, open_asked, seal_asked
from bot.storage import questions, tickets
from bot.storage.database import Connection
from bot.storage.questions import Outcome, Question
from bot.storage.roles import Holder
from bot.storage.tickets import State, Ticket

OVER = "ticket-over"


def open_ticket(app: App, conn: Connection, asked: TicketAsked) -> Sequence[Outgoing]:
    """Pass a question on; where nobody can be reached any more, the person is told and the question kept as a gap."""
    desk, now = find_desk(app, conn), app.clock()
    address = app.cipher.seal(asked.address, PURPOSE)
    body = seal_asked(app, Asked((asked.text,), asked.question))
    one = Ticket(asked.id, asked.person, asked.locale, State.OPEN, body, address, "", "", 0, False, now, now)
    tickets.keep_ticket(conn, one)
    return give_up(app, conn, one) if desk is None else post(app, conn, desk, one)


def add_text(app: App, conn: Connection, added: TicketAdded) -> Sequence[Outgoing]:
    """Pass on what the person writes further; they wait again. Raises `Outdated` where it is closed."""
    one, desk = lock(app, conn, added.id), find_desk(app, conn)
    asked = open_asked(app, one.body)
    waits_since, state = one.waits_since, one.state
    if state is State.ANSWERED:
        waits_since, state = app.clock(), State.TAKEN if one.taker else State.OPEN
    body = seal_asked(app, replace(asked, texts=(*asked.texts, added.text)))
    reminded = one.reminded and one.waits_since is not None
    one = replace(one, state=state, body=body, waits_since=waits_since, reminded=reminded)
    tickets.change_ticket(conn, one)
    if desk is None:
        return give_up(app, conn, one)
    # While its thread is being begun, all that was written is posted there once it is.
    return () if one.awaits_thread else post_texts(app, conn, desk, one, "ticket.further", (added.text,))


def end_ticket(app: App, conn: Connection, ticket_id: str, key: str) -> Sequence[Outgoing]:
    """The person ends it; the group is told in the words `key`."""
    one = lock(app, conn, ticket_id)
    close(app, conn, one)
    return tell_desk(app, conn, one, key)


def withdraw_all(app: App, conn: Connection, person: bytes) -> Sequence[Outgoing]:
    """A person is about to be forgotten: the group is told of what it still has before it."""
    return [out for one in tickets.find_open_of(conn, person) for out in tell_desk(app, conn, one, "ticket.erased")]


def take_ticket(app: App, conn: Connection, ticket_id: str, taker: str, before: str) -> None:
    """Raises `Outdated` where it is closed, or has been taken by another than `before`."""
    one = lock(app, conn, ticket_id)
    if one.taker != before:
        raise Outdated
    tickets.change_ticket(conn, replace(one, taker=taker, state=State.TAKEN if one.state is State.OPEN else one.state))


def answer_ticket(
    app: App, conn: Connection, ticket_id: str, holder: Holder, said: Said | Sent, staff_address: str
) -> Sequence[Outgoing]:
    """Pass an answer on to who asked. Raises `Outdated` where the ticket is closed."""
    one, now = lock(app, conn, ticket_id), app.clock()
    one = replace(
        one,
        state=State.ANSWERED,
        taker=one.taker or holder.holder,
        waits_since=None,
        reminded=False,
        answered_at=one.answered_at or now,
    )
    tickets.change_ticket(conn, one)
    return _tell(app, conn, one, draw_answer(app, one, said, staff_address))


def close_ticket(app: App, conn: Connection, ticket_id: str, *, later: bool = False) -> Sequence[Outgoing]:
    """The team closes it; the person is told, `later` where it is not the bot itself that closes it. Raises `Outdated`
    where it is closed already."""
    one = lock(app, conn, ticket_id)
    close(app, conn, one)
    if later:
        tell_later(app, conn, one, "ticket.closed_by_team")
        return ()
    return _say(app, conn, one, "ticket.closed_by_team")


def give_up(app: App, conn: Connection, one: Ticket) -> Sequence[Outgoing]:
    """Nobody can be reached for this ticket."""
    waits = one.waits_since is not None
    if waits:
        keep_gap(app, conn, one)
    close(app, conn, one)
    return _say(app, conn, one, "human.unreachable") if waits else ()


def forget_asker(app: App, conn: Connection, ticket_id: str) -> None:
    """Who asked cannot be written to any more."""
    one = tickets.lock_ticket(conn, ticket_id, app.clock())
    if one is not None:
        close(app, conn, one)


def lock(app: App, conn: Connection, ticket_id: str) -> Ticket:
    """Raises `Outdated` where it is closed or gone."""
    one = tickets.lock_ticket(conn, ticket_id, app.clock())
    if one is None:
        raise Outdated
    return one


def post_texts(
    app: App, conn: Connection, desk: Desk, one: Ticket, key: str, texts: Sequence[str]
) -> Sequence[Outgoing]:
    return [plan_reply(app, conn, desk.place, reply) for reply in draw_posts(app, conn, desk, one, key, texts)]


def tell_desk(app: App, conn: Connection, one: Ticket, key: str) -> Sequence[Outgoing]:
    """Say something of a ticket in the group, if that is where it was posted."""
    desk = find_desk(app, conn)
    if desk is None or one.place != hash_place(app, desk.place):
        return ()
    html = app.languages.say(desk.locale, key, id=one.id)
    return [plan_reply(app, conn, desk.place, Reply(html, desk.locale, thread=one.thread))]


def post(app: App, conn: Connection, desk: Desk, one: Ticket) -> Sequence[Outgoing]:
    """Put a ticket before the group, in a thread of its own where there are threads."""
    one = replace(one, place=hash_place(app, desk.place), awaits_thread=desk.threaded)
    tickets.change_ticket(conn, one)
    if desk.threaded:
        return [plan_reply(app, conn, desk.place, draw_thread(app, desk, one))]
    return post_texts(app, conn, desk, one, "ticket.text", open_asked(app, one.body).texts)


def close(app: App, conn: Connection, one: Ticket) -> None:
    """What was asked and where to write to who asked are erased."""
    closed = replace(one, state=State.CLOSED, body=None, address=None, waits_since=None, closed_at=app.clock())
    tickets.change_ticket(conn, closed)


def keep_gap(app: App, conn: Connection, one: Ticket) -> None:
    """The question stays with those nobody answered, without who asked."""
    asked = open_asked(app, one.body)
    if asked.texts and not asked.question:
        body = app.cipher.seal(asked.texts[0], "question")
        questions.keep_question(conn, Question(app.make_id(), one.locale, body, Outcome.UNKNOWN, app.today()))


def _say(app: App, conn: Connection, one: Ticket, key: str) -> Sequence[Outgoing]:
    return _tell(app, conn, one, [Reply(app.languages.say(one.locale, key), one.locale)])


def _tell(app: App, conn: Connection, one: Ticket, replies: Sequence[Reply]) -> Sequence[Outgoing]:
    address = _open_address(app, one)
    return [plan_reply(app, conn, address, reply) for reply in replies] if address else ()


def tell_later(app: App, conn: Connection, one: Ticket, key: str) -> None:
    address = _open_address(app, one)
    if address:
        set_alarm(app, conn, Wake(one.pseudonym, address, one.locale, OVER, one.id, key, app.clock()))


def _open_address(app: App, one: Ticket) -> str:
    """Where to write to who asked; nothing where that was sealed with another key."""
    try:
        return app.cipher.open(one.address or b"", PURPOSE)
    except Unreadable:
        return ""
