"""Asking a person: what somebody is told before, the question itself, and what they write further."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.errors import Unreadable
from bot.messages import Button, Reply, Rows, Said, Sent
from bot.services.actions import Action, Verb, action
from bot.services.answers import finds_help, give_help
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.context import Context
from bot.services.desk import describe_hours, describe_pace, find_desk, hash_place
from bot.services.effects import ContextDropped, ContextKept, QuestionOpen, TicketAdded, TicketAsked, TicketEnded
from bot.services.links import make_link
from bot.services.menus import locale_of, start_rows
from bot.services.ticket_texts import open_asked, person_rows
from bot.storage import questions, tickets
from bot.storage.database import Connection
from bot.storage.questions import Outcome
from bot.storage.tickets import Ticket

HUMAN = "human"
# Written once more after help was shown, it is passed on.
INSISTS = "insists"
MOST_TEXTS, MOST_A_DAY, DAY = 20, 5, timedelta(days=1)


def offer_human(app: App, asking: Asking) -> Response | Lookup:
    """What happens when somebody asks the team, before anything is kept."""
    return _offer(app, asking, locale_of(app, asking), "")


def respond_to_human(app: App, asking: Asking, wanted: Action, message_id: int) -> Response | Lookup:
    """A press on a button about asking the team."""
    name, subject, *_ = (*wanted.arguments, "", "")
    step = STEPS.get(name)
    if step is None or asking.incoming.in_group:
        return say(app, wanted.locale, "button.old", buttons=start_rows(app, wanted.locale))
    return step(app, asking, wanted.locale, subject, message_id)


def take_words(app: App, asking: Asking, said: Said | Sent) -> Response | Lookup:
    """What somebody writes for the team: a new question, or more to the one they have open."""
    ticket_id, insists = (*asking.context.arguments, "", "")[:2]
    locale = locale_of(app, asking)
    if isinstance(said, Sent) or not any(character.isalnum() for character in said.text):
        return say(app, locale, "human.words_only", _await(asking, ticket_id, insists))
    return _pass_on(app, asking, locale, said, ticket_id, insists)


def answer_back(app: App, asking: Asking, said: Said, otherwise: Callable[[], Response | Lookup]) -> Lookup:
    """A reply to a message of the team's goes to the team; any other reply is a message like others."""

    def look(conn: Connection) -> Response:
        place = hash_place(app, asking.incoming.place)
        one = tickets.find_by_message(conn, place, asking.incoming.answers)
        if one is None or one.pseudonym != asking.incoming.person:
            response = otherwise()
            return response if isinstance(response, Response) else response(conn)
        found = _pass_on(app, asking, one.locale, said, one.id, "")
        return found if isinstance(found, Response) else found(conn)

    return look


def _offer(app: App, asking: Asking, locale: str, question: str) -> Response | Lookup:
    if asking.incoming.in_group:
        private = Button(app.languages.say(locale, "group.private"), url=make_link(app.bot_name, HUMAN, locale))
        return say(app, locale, "human.in_group", buttons=((private,),))

    def look(conn: Connection) -> Response:
        if find_desk(app, conn) is None:
            return say(app, locale, "human.nobody")
        opened = tickets.find_open_of(conn, asking.incoming.person)
        if opened:
            return say(app, locale, "human.open", buttons=person_rows(app, locale, opened[0].id))
        return Response((Reply(_describe(app, conn, locale), locale, _offer_rows(app, locale, question)),))

    return look


def _describe(app: App, conn: Connection, locale: str) -> str:
    """What happens with a question, when somebody is there, how long it takes, what is kept."""
    before, after = (app.languages.say(locale, key) for key in ("human.offer", "human.consent"))
    facts = " ".join(part for part in (describe_hours(app, locale), describe_pace(app, conn, locale)) if part)
    return f"{before}\n\n{facts}\n\n{after}"


def _offer_rows(app: App, locale: str, question: str) -> Rows:
    key = "human.send" if question else "human.ask"
    ask = Button(app.languages.say(locale, key), action(Verb.HUMAN, locale, "ask", question))
    return ((ask,), (Button(app.languages.say(locale, "human.leave"), action(Verb.HUMAN, locale, "leave")),))


def _offer_for(app: App, asking: Asking, locale: str, question: str, _message_id: int) -> Response | Lookup:
    return _offer(app, asking, locale, question)


def _ask(app: App, asking: Asking, locale: str, question: str, message_id: int) -> Response | Lookup:
    """The person agrees: the question they came with is passed on, else the next thing they write."""

    def look(conn: Connection) -> Response:
        text = _find_text(app, conn, question)
        if text:
            return _open(app, asking, conn, locale, text, question, message_id)
        return say(app, locale, "human.write", _await(asking, "", ""), replaces=message_id)

    return look


def _ask_further(app: App, asking: Asking, locale: str, ticket_id: str, _message_id: int) -> Lookup:
    def look(conn: Connection) -> Response:
        if _find_own(conn, asking, ticket_id) is None:
            return say(app, locale, "human.over")
        return say(app, locale, "human.write_further", _await(asking, ticket_id, ""))

    return look


def _end(app: App, asking: Asking, locale: str, ticket_id: str, message_id: int) -> Lookup:
    def look(conn: Connection) -> Response:
        one = _find_own(conn, asking, ticket_id)
        if one is None:
            return say(app, locale, "human.over")
        key = "ticket.withdrawn" if one.answered_at is None else "ticket.ended"
        ended = TicketEnded(ticket_id, key)
        # The answer stays to be read; only what has not been answered gives way.
        return say(app, locale, "human.ended", ended, replaces=message_id if one.answered_at is None else None)

    return look


def _leave(app: App, _asking: Asking, locale: str, _subject: str, message_id: int) -> Response:
    return say(app, locale, "human.left", replaces=message_id)


STEPS: Mapping[str, Callable[[App, Asking, str, str, int], Response | Lookup]] = {
    "offer": _offer_for,
    "ask": _ask,
    "more": _ask_further,
    "end": _end,
    "leave": _leave,
}


def _pass_on(app: App, asking: Asking, locale: str, said: Said, ticket_id: str, insists: str) -> Response | Lookup:
    """Somebody who may be in danger is shown help first, and nothing is kept of what they wrote."""
    if not insists and (found := finds_help(app, said.text, locale)):
        shown = give_help(app, asking, found)
        after = say(app, locale, "human.danger", _await(asking, ticket_id, INSISTS))
        return Response((shown, *after.replies), after.effects)
    if not ticket_id:
        return lambda conn: _open(app, asking, conn, locale, said.text, "", None)
    return lambda conn: _add(app, asking, conn, locale, said.text, ticket_id)


def _open(
    app: App, asking: Asking, conn: Connection, locale: str, text: str, question: str, message_id: int | None
) -> Response:
    person, dropped = asking.incoming.person, ContextDropped(asking.incoming.person)
    opened = tickets.find_open_of(conn, person)
    if opened:
        return _add(app, asking, conn, locale, text, opened[0].id)
    if find_desk(app, conn) is None:
        kept = () if question else (QuestionOpen(app.make_id(), locale, text, Outcome.UNKNOWN),)
        return say(app, locale, "human.unreachable", dropped, *kept)
    if tickets.count_since(conn, person, app.clock() - DAY) >= MOST_A_DAY:
        return say(app, locale, "human.enough", dropped)
    ticket_id = app.make_id()[:6].replace("-", "x").replace("_", "y").upper()
    asked = TicketAsked(ticket_id, person, asking.incoming.address, locale, text, question)
    rows = person_rows(app, locale, ticket_id)
    return say(app, locale, "human.passed", dropped, asked, buttons=rows, replaces=message_id, id=ticket_id)


def _add(app: App, asking: Asking, conn: Connection, locale: str, text: str, ticket_id: str) -> Response:
    one, dropped = _find_own(conn, asking, ticket_id), ContextDropped(asking.incoming.person)
    if one is None:
        return say(app, locale, "human.over", dropped)
    if len(open_asked(app, one.body).texts) >= MOST_TEXTS:
        return say(app, locale, "human.enough", dropped)
    rows = person_rows(app, locale, one.id)
    return say(app, locale, "human.added", dropped, TicketAdded(one.id, text), buttons=rows, id=one.id)


def _await(asking: Asking, ticket_id: str, insists: str) -> ContextKept:
    return ContextKept(asking.incoming.person, Context(awaiting=HUMAN, arguments=(ticket_id, insists)))


def _find_own(conn: Connection, asking: Asking, ticket_id: str) -> Ticket | None:
    """The ticket, if it is this person's and not closed."""
    return next((one for one in tickets.find_open_of(conn, asking.incoming.person) if one.id == ticket_id), None)


def _find_text(app: App, conn: Connection, question: str) -> str:
    """What the bot could not answer, as long as it is kept."""
    kept = questions.find_question(conn, question) if question else None
    try:
        return app.cipher.open(kept.body, "question") if kept else ""
    except Unreadable:
        return ""
