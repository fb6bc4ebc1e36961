"""Decisions of moderators in the chat: done at once, or with a reason that is typed, read once more and sent."""

from collections.abc import Mapping

from bot.errors import Outdated
from bot.messages import Reply, Said
from bot.services.alarms import find_reachable
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.context import Context
from bot.services.effects import ContextKept
from bot.services.form_buttons import mark
from bot.services.moderating import list_waiting, open_one
from bot.services.moderation import TRANSITIONS, Act, decide, tell_decision
from bot.services.privileges import Call, Duty, await_text, duty_button, privileged
from bot.services.review_cards import (
    MODERATORS,
    Card,
    find_card,
    list_button,
    name_state,
    open_submission,
    send_text,
)
from bot.storage.database import Connection

# These reach the person with words of the moderator's own.
WITH_REASON = frozenset({Act.ASK_CHANGES, Act.WITHDRAW})
MOST_CHARACTERS = 1_000


def take_decision(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Approve or publish at once; for what needs a reason ask for it."""
    card = _find_as_seen(app, call, conn)
    if isinstance(card, Response):
        return card
    act = Act(call.arguments[1])
    if act not in WITH_REASON:
        return _do(app, asking, call, card, conn)
    keep = await_text(asking, "reason", *call.arguments)
    return _ask_reason(app, call, f"moderate.reason.{act}", keep)


def take_reason(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """The reason as the person will read it, to be sent or thrown away; typed once more, it takes the other's place."""
    card = _find_as_seen(app, call, conn)
    if isinstance(card, Response):
        return card
    again = await_text(asking, "reason", *call.arguments[:3])
    if not isinstance(call.said, Said) or not call.text.strip():
        return _ask_reason(app, call, "moderate.reason.typed", again)
    reason = call.text.strip()
    if len(reason) > MOST_CHARACTERS:
        return _ask_reason(app, call, "moderate.reason.long", again)
    return _preview(app, asking, call, card, conn, reason)


def send_reason(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Decide with the reason that was read once more. The button of another draft sends nothing."""
    receipt, marked, *_ = (*call.arguments, "", "")
    drafted = asking.context.arguments if asking.context.awaiting == "reason" else ()
    if len(drafted) < 4 or drafted[0] != receipt or mark(drafted[3]) != marked:
        head = app.languages.say(call.locale, "moderate.expired")
        return open_submission(app, call, conn, receipt, head)
    call = Call(call.name, call.holder, call.locale, drafted)
    card = _find_as_seen(app, call, conn)
    return card if isinstance(card, Response) else _do(app, asking, call, card, conn, drafted[3])


def _find_as_seen(app: App, call: Call, conn: Connection) -> Card | Response:
    """The submission the call is about; where it stands elsewhere than when the button was made, what is so now."""
    receipt, act, seen, *_ = (*call.arguments, "", "", "")
    card = find_card(app, conn, receipt)
    if card is None or act not in set(Act):
        return open_submission(app, call, conn, receipt)
    if card.mark == seen and (card.read.state, Act(act)) in TRANSITIONS:
        return card
    state = name_state(app, call.locale, card.read.state)
    head = app.languages.say(call.locale, "moderate.meanwhile", receipt=receipt, state=state)
    return open_submission(app, call, conn, receipt, head)


def _ask_reason(app: App, call: Call, key: str, keep: ContextKept) -> Response:
    discard = duty_button(app, call.locale, "moderate.discard", "review", call.arguments[0])
    return say(app, call.locale, key, keep, buttons=((discard,),), receipt=call.arguments[0], count=MOST_CHARACTERS)


def _preview(app: App, asking: Asking, call: Call, card: Card, conn: Connection, reason: str) -> Response:
    person = find_reachable(conn, card.stored.pseudonym)
    receipt, act, seen, *_ = call.arguments
    state = TRANSITIONS[card.read.state, Act(act)]
    read = tell_decision(app, person.locale if person else call.locale, receipt, state, reason)
    key = "moderate.preview" if person else "moderate.nobody"
    html = f"{app.languages.say(call.locale, key)}\n\n<blockquote>{read}</blockquote>"
    rows = (
        (duty_button(app, call.locale, "moderate.send", "sendreason", receipt, mark(reason)),),
        (duty_button(app, call.locale, "moderate.discard", "review", receipt),),
    )
    drafted = Context(awaiting="reason", arguments=(receipt, act, seen, reason))
    return Response((Reply(html, call.locale, rows),), (ContextKept(asking.incoming.person, drafted),))


def _do(app: App, asking: Asking, call: Call, card: Card, conn: Connection, reason: str = "") -> Response:
    receipt, act = card.stored.id, Act(call.arguments[1])

    def write(conn: Connection) -> None:
        now = find_card(app, conn, receipt)
        if now is None or now.mark != card.mark:
            raise Outdated
        decide(app, conn, receipt, act, reason)

    # The reason is about what somebody wrote, and so not for a log that never forgets.
    effect = privileged(asking, MODERATORS, act, receipt, write)
    key = "moderate.done" if find_reachable(conn, card.stored.pseudonym) else "moderate.done.untold"
    state = name_state(app, call.locale, TRANSITIONS[card.read.state, act])
    rows = ((list_button(app, call.locale),),)
    return say(app, call.locale, key, effect, buttons=rows, receipt=receipt, state=state)


DUTIES: Mapping[str, Duty] = {
    "moderate": Duty(MODERATORS, list_waiting, in_menu=True),
    "review": Duty(MODERATORS, open_one),
    "decide": Duty(MODERATORS, take_decision),
    "reason": Duty(MODERATORS, take_reason),
    "sendreason": Duty(MODERATORS, send_reason),
    "paste": Duty(MODERATORS, send_text),
}
