"""One door for everything a person does: state in, replies and effects out; commit, then send."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.messages import (
    Attachment,
    Blocked,
    Commanded,
    Edited,
    Incoming,
    Joined,
    Left,
    Pressed,
    Said,
    Searched,
    Sent,
    Unblocked,
)
from bot.services.answers import answer, answer_question, find_entries
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.context import NO_CONTEXT, Context, open_context
from bot.services.duties import do_command, take_awaited, take_file
from bot.services.effects import ContextDropped, DeskLeft, ReachChanged
from bot.services.filling import recall_filling
from bot.services.form_answers import answer_in_form, answer_sent
from bot.services.forms import introduce
from bot.services.human import HUMAN, answer_back, take_words
from bot.services.links import read_payload
from bot.services.menus import greet, locale_of
from bot.services.networks import ask_nearest
from bot.services.openings import OPENINGS, open_too
from bot.services.outgoing import Outgoing, plan_reply
from bot.services.presses import respond_to_press
from bot.services.roles import INVITATION, accept_invitation
from bot.services.sharing import offer_answers
from bot.services.staff import hear_in_group
from bot.services.writing import write_effect
from bot.storage import contexts, inbox, people
from bot.storage.database import Connection
from bot.storage.people import Person


async def handle(app: App, update_id: int, incoming: Incoming) -> list[Outgoing]:
    """Do what one message means, once: the replies to send are returned when all of it is durable.

    An update that was settled before gives no replies.
    """
    asking = await app.db.read(lambda conn: recall(app, conn, incoming))
    response = respond(app, asking)
    if not isinstance(response, Response):
        response = await app.db.read(response)
    while response.errand is not None:
        response = await app.db.read(await response.errand.run())
    response = _turn_away(asking, response)
    return await app.db.write(lambda conn: _write(app, conn, update_id, incoming.address, response))


async def apologize(app: App, incoming: Incoming) -> Outgoing:
    """Tell a person that their message could not be handled and is kept for someone to look at."""
    asking = meet(app, incoming)
    reply = say(app, locale_of(app, asking), "error.apology").replies[0]
    return await app.db.write(lambda conn: plan_reply(app, conn, incoming.address, reply))


def meet(app: App, incoming: Incoming, known: Person | None = None, context: Context = NO_CONTEXT) -> Asking:
    locale = known.locale if known and known.locale in app.languages else None
    return Asking(incoming, known, locale or app.languages.nearest(incoming.language_code), context)


def recall(app: App, conn: Connection, incoming: Incoming) -> Asking:
    """Who asks, with what is known of them."""
    body = contexts.find_context(conn, incoming.person, app.clock())
    context = NO_CONTEXT if body is None else open_context(app, body)
    filling = None if incoming.in_group else recall_filling(app, conn, incoming.person)
    return replace(meet(app, incoming, people.find_person(conn, incoming.person), context), filling=filling)


def respond(app: App, asking: Asking) -> Response | Lookup:
    """What the bot says to one message, and what that means. Writes nothing."""
    response = RESPONDERS[type(asking.incoming.act)](app, asking, asking.incoming.act)
    return open_too(app, asking, response) if isinstance(response, Response) else response


def _turn_away(asking: Asking, response: Response) -> Response:
    """Who does something else than write what they meant for the team, writes what comes next to the bot again."""
    if asking.context.awaiting != HUMAN or not isinstance(asking.incoming.act, Commanded | Pressed):
        return response
    return replace(response, effects=(ContextDropped(asking.incoming.person), *response.effects))


def _write(app: App, conn: Connection, update_id: int, address: str, response: Response) -> list[Outgoing]:
    if not inbox.mark_done(conn, update_id):
        return []
    elsewhere = [outgoing for effect in response.effects for outgoing in write_effect(app, conn, effect)]
    return [*(plan_reply(app, conn, address, reply) for reply in response.replies), *elsewhere]


def _respond_to_text(app: App, asking: Asking, said: Said) -> Response | Lookup:
    if asking.incoming.in_group and (asking.incoming.answers or asking.incoming.thread):
        return hear_in_group(app, asking, said, lambda: _answer_text(app, asking, said))
    if asking.context.awaiting and not asking.incoming.in_group:
        return _take_awaited(app, asking, said)
    if asking.incoming.answers and not asking.incoming.in_group:
        return answer_back(app, asking, said, lambda: _answer_text(app, asking, said))
    return _answer_text(app, asking, said)


def _take_awaited(app: App, asking: Asking, said: Said | Sent) -> Response | Lookup:
    """What somebody had asked for: the person who asks the team, or a duty."""
    return (take_words if asking.context.awaiting == HUMAN else take_awaited)(app, asking, said)


def _answer_text(app: App, asking: Asking, said: Said) -> Response | Lookup:
    if asking.filling is not None:
        return answer_in_form(app, asking, asking.filling, said)
    if not any(character.isalnum() for character in said.text):
        return say(app, locale_of(app, asking), "said.wordless")
    return answer_question(app, asking, said)


def _respond_to_command(app: App, asking: Asking, command: Commanded) -> Response | Lookup:
    responder = COMMANDS.get(command.name)
    return do_command(app, asking, command) if responder is None else responder(app, asking)


def _respond_to_attachment(app: App, asking: Asking, sent: Sent) -> Response | Lookup:
    if asking.incoming.in_group and (asking.incoming.answers or asking.incoming.thread):
        return hear_in_group(app, asking, sent, lambda: _answer_attachment(app, asking, sent))
    if asking.context.awaiting and not asking.incoming.in_group:
        return _take_awaited(app, asking, sent)
    return _answer_attachment(app, asking, sent)


def _answer_attachment(app: App, asking: Asking, sent: Sent) -> Response | Lookup:
    if asking.filling is not None:
        return answer_sent(app, asking, asking.filling, sent)
    ordinary = _respond_to_ordinary(app, asking, sent)
    if sent.attachment is not Attachment.DOCUMENT:
        return ordinary
    return take_file(app, asking, sent, open_too(app, asking, ordinary) if isinstance(ordinary, Response) else ordinary)


def _respond_to_ordinary(app: App, asking: Asking, sent: Sent) -> Response | Lookup:
    """What somebody sent that nobody had asked for."""
    caption = Said(sent.text, forwarded=sent.forwarded)
    if sent.text and find_entries(app, sent.text, asking.locale).entries:
        return answer_question(app, asking, caption)
    if sent.place is not None and not asking.incoming.in_group:
        return ask_nearest(app, locale_of(app, asking), *sent.place)
    return say(app, locale_of(app, asking), f"sent.{sent.attachment.value}")


def _respond_to_edit(app: App, asking: Asking, _edited: Edited) -> Response:
    return say(app, locale_of(app, asking), "edited.text")


def _respond_to_group(app: App, asking: Asking, _joined: Joined) -> Response:
    return say(app, locale_of(app, asking), "group.hello")


def _respond_to_leaving(_app: App, asking: Asking, _left: Left) -> Response:
    return Response(effects=(DeskLeft(asking.incoming.place),))


def _start(app: App, asking: Asking) -> Response | Lookup:
    """What the link a person came by opens: an answer, a form, or what a command shows; else the greeting."""
    command = asking.incoming.act
    wanted, locale = read_payload(app, command.argument) if isinstance(command, Commanded) else ("", "")
    locale = locale or locale_of(app, asking)
    if wanted.startswith(INVITATION):
        return accept_invitation(app, asking, wanted, locale)
    entry, form = app.library.entry(wanted), app.library.forms.get(wanted)
    if entry is not None and entry.is_valid_on(app.today()):
        return Response((answer(app, entry, locale),))
    if form is not None:
        return introduce(app, locale, form)
    return OPENINGS[wanted](app, asking) if wanted in OPENINGS else greet(app, asking)


COMMANDS: Mapping[str, Callable[[App, Asking], Response | Lookup]] = {"start": _start, **OPENINGS}
RESPONDERS: Mapping[type, Callable[[App, Asking, Any], Response | Lookup]] = {
    Said: _respond_to_text,
    Commanded: _respond_to_command,
    Pressed: respond_to_press,
    Sent: _respond_to_attachment,
    Edited: _respond_to_edit,
    Joined: _respond_to_group,
    Left: _respond_to_leaving,
    Blocked: lambda _app, asking, _act: Response((), (ReachChanged(asking.incoming.person, is_reachable=False),)),
    Unblocked: lambda _app, asking, _act: Response((), (ReachChanged(asking.incoming.person, is_reachable=True),)),
    Searched: offer_answers,
}
