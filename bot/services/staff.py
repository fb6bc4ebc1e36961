"""What staff do about people's questions: make a group the desk, see what is open, take, answer and close."""

from collections.abc import Callable, Mapping

from bot.messages import Attachment, Reply, Said, Sent
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.desk import Desk, describe_hours, describe_time, find_desk, hash_place
from bot.services.desk_changes import lose_desk, set_desk
from bot.services.privileges import Call, Duty, privileged
from bot.services.roles import find_holder
from bot.services.ticket_texts import excerpt, find_taker, ticket_rows
from bot.services.tickets import answer_ticket, close_ticket, take_ticket
from bot.storage import tickets
from bot.storage.database import Connection
from bot.storage.roles import Holder, Role
from bot.storage.tickets import State, Ticket

STAFF = (Role.STAFF,)
MOST_LISTED = 20
PASSED_ON = (Attachment.PHOTO, Attachment.DOCUMENT)


def hear_in_group(app: App, asking: Asking, said: Said | Sent, otherwise: Callable[[], Response | Lookup]) -> Lookup:
    """A reply to a ticket's message, or words in its thread, are staff's answer to it; whoever else says something there
    is not heard. What belongs to no ticket is answered as ever."""

    def look(conn: Connection) -> Response:
        incoming = asking.incoming
        place = hash_place(app, incoming.place)
        one = tickets.find_by_message(conn, place, incoming.answers) or tickets.find_by_thread(
            conn, place, incoming.thread
        )
        holder = find_holder(conn, incoming.person, STAFF)
        if one is None:
            return _hear_other(app, asking, holder, conn, otherwise)
        return Response() if holder is None else _answer(app, asking, said, holder, one, conn)

    return look


def find_open(app: App, conn: Connection) -> list[Ticket]:
    """What is not closed: who waits too long first, then who waits, then what is answered."""
    return sorted(
        tickets.find_open(conn), key=lambda one: (not is_late(app, one), one.waits_since is None, one.asked_at)
    )


def is_late(app: App, one: Ticket) -> bool:
    return one.waits_since is not None and one.waits_since + app.patience <= app.clock()


def _hear_other(
    app: App, asking: Asking, holder: Holder | None, conn: Connection, otherwise: Callable[[], Response | Lookup]
) -> Response:
    """In the desk's group, a reply of staff to something of the bot's was meant for somebody: they are told that it
    reached nobody."""
    desk, incoming = find_desk(app, conn), asking.incoming
    if holder is not None and desk is not None and desk.place == incoming.place and incoming.answers:
        return say(app, desk.locale, "ticket.unknown")
    if incoming.overheard:
        return Response()
    response = otherwise()
    return response if isinstance(response, Response) else response(conn)


def _answer(app: App, asking: Asking, said: Said | Sent, holder: Holder, one: Ticket, conn: Connection) -> Response:
    desk, address = find_desk(app, conn), asking.incoming.address
    locale = desk.locale if desk else holder.locale
    if one.state is State.CLOSED:
        return say(app, locale, "ticket.is_closed", id=one.id)
    if isinstance(said, Sent) and said.attachment not in PASSED_ON:
        return say(app, locale, "ticket.not_passed", id=one.id)
    effect = privileged(
        asking, STAFF, "answer", one.id, lambda conn: answer_ticket(app, conn, one.id, holder, said, address)
    )
    return Response(effects=(effect,))


def _set_desk(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Make the group the desk, or nothing the desk any more."""
    incoming, before = asking.incoming, find_desk(app, conn)
    if call.text == "off":
        if before is None:
            return say(app, call.locale, "desk.none")
        return say(
            app, call.locale, "desk.off", privileged(asking, STAFF, "close desk", "", lambda c: lose_desk(app, c))
        )
    if not incoming.in_group:
        return say(app, call.locale, "desk.in_private")
    locale = call.text if call.text in app.languages else call.locale
    desk = Desk(incoming.place, incoming.threaded, locale)
    effect = privileged(asking, STAFF, "open desk", "", lambda conn: set_desk(app, conn, desk))
    key = "desk.set.threads" if desk.threaded else "desk.set"
    set_here = say(app, locale, key, effect)
    hours = describe_hours(app, locale) or app.languages.say(locale, "desk.hours.unset")
    return Response((Reply(f"{set_here.replies[0].html}\n\n{hours}", locale),), set_here.effects)


def _list_tickets(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    desk = find_desk(app, conn)
    if asking.incoming.in_group and (desk is None or desk.place != asking.incoming.place):
        return say(app, call.locale, "desk.elsewhere")
    found = find_open(app, conn)
    if not found:
        return say(app, call.locale, "desk.empty")
    lines = [_describe(app, conn, call.locale, one) for one in found[:MOST_LISTED]]
    head = app.languages.say_count(call.locale, "desk.open", len(found))
    return Response((Reply("\n\n".join((head, *lines)), call.locale),))


def _describe(app: App, conn: Connection, locale: str, one: Ticket) -> str:
    """One line of a list, and the beginning of the question."""
    key = "desk.line.answered" if one.waits_since is None else "desk.line.late" if is_late(app, one) else "desk.line"
    waited = describe_time(app, locale, app.clock() - (one.waits_since or one.answered_at or one.asked_at))
    language = app.languages.language_name(locale, one.locale)
    who = find_taker(conn, one) or "–"
    return app.languages.say(locale, key, id=one.id, time=waited, language=language, who=who, text=excerpt(app, one))


def _take(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Say that one will answer. Whoever comes second is told who has it."""
    one = tickets.find_ticket(conn, call.text)
    if one is None or one.state is State.CLOSED:
        return say(app, call.locale, "ticket.is_closed", id=call.text)
    who = find_taker(conn, one)
    if who:
        return say(app, call.locale, "ticket.is_taken", id=one.id, who=who)
    taker = call.holder.holder
    effect = privileged(
        asking, STAFF, "take", one.id, lambda conn: take_ticket(app, conn, one.id, taker, before=one.taker)
    )
    rows = ticket_rows(app, call.locale, one.id, call.holder.label or taker)
    return Response((Reply("", call.locale, rows, call.message_id),), (effect,))


def _close(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    one = tickets.find_ticket(conn, call.text)
    if one is None or one.state is State.CLOSED:
        return say(app, call.locale, "ticket.is_closed", id=call.text)
    effect = privileged(asking, STAFF, "close", one.id, lambda conn: close_ticket(app, conn, one.id))
    return say(app, call.locale, "ticket.closed", effect, id=one.id)


DUTIES: Mapping[str, Duty] = {
    "desk": Duty(STAFF, _set_desk, in_menu=True, in_group=True),
    "tickets": Duty(STAFF, _list_tickets, in_menu=True, in_group=True),
    "ticket-take": Duty(STAFF, _take, in_group=True),
    "ticket-close": Duty(STAFF, _close, in_group=True),
}
