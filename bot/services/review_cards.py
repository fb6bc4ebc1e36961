"""A moderated submission as moderators see it: every answer, what says nearly the same, and what can be done with it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from zlib import crc32

from bot.messages import Button, Document, Reply
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.filling import SUBMISSION_PURPOSE, find_version
from bot.services.form_texts import title
from bot.services.moderation import (
    TRANSITIONS,
    Moderated,
    State,
    find_alike,
    find_moderated,
    is_moderated,
    read_moderated,
)
from bot.services.pasting import format_pledge
from bot.services.pieces import gather_blocks, split_text
from bot.services.privileges import Call, duty_button, privileged
from bot.services.submissions import read_answers
from bot.storage import forms, reviews
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission
from bot.storage.reviews import Review
from bot.storage.roles import Role

MODERATORS = (Role.STAFF, Role.ORGANIZER)
PLEDGE = "pledge"
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A submission as it is stored, and read; `turn` is how many decisions there were."""

    stored: StoredSubmission
    read: Moderated
    turn: int

    @property
    def mark(self) -> str:
        """Another where somebody decided on it, or its answers were changed."""
        return f"{crc32(f'{self.turn} {self.read.state} '.encode() + self.stored.body):x}"


def open_submission(app: App, call: Call, conn: Connection, receipt: str, head: str = "") -> Response:
    """One submission with its answers, what says nearly the same, and what can be done with it."""
    card = find_card(app, conn, receipt)
    form = find_version(app, conn, card.stored.form, card.stored.fingerprint) if card else None
    if card is None or form is None:
        return say(app, call.locale, "moderate.gone", buttons=((list_button(app, call.locale),),))
    alike = find_alike(card.read, find_moderated(app, conn))[:MOST_ALIKE]
    answers = json.loads(app.cipher.open(card.stored.body, SUBMISSION_PURPOSE))
    blocks = [
        *([head] if head else []),
        _head(app, call.locale, card),
        *_tell_answers(read_answers(form, answers, call.locale)),
        *(_tell_alike(app, call.locale, other) for other in alike),
    ]
    *before, last = gather_blocks(blocks)
    rows = tuple((button,) for button in _buttons(app, call.locale, card, alike))
    return Response((*(Reply(html, call.locale) for html in before), Reply(last, call.locale, rows)))


def send_text(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """A pledge as the UN Network's form asks for it, as a file to copy from."""
    receipt = call.arguments[0] if call.arguments else ""
    card = find_card(app, conn, receipt)
    if card is None or card.stored.form != PLEDGE:
        return say(app, call.locale, "moderate.gone", buttons=((list_button(app, call.locale),),))
    text = format_pledge(card.read)
    caption = app.languages.say(call.locale, "moderate.pasted", receipt=receipt)
    reply = Reply(caption, call.locale, document=Document(f"{receipt}.txt", text.encode()))
    return Response((reply,), (privileged(asking, MODERATORS, "paste", receipt, lambda _conn: None),))


def find_card(app: App, conn: Connection, receipt: str) -> Card | None:
    """A moderated submission as it now is; None where there is none."""
    stored = forms.find_submission(conn, receipt)
    if stored is None or not is_moderated(app, stored.form):
        return None
    last = reviews.find_review(conn, receipt) or Review(State.SUBMITTED, 0)
    return Card(stored, read_moderated(app, stored, State(last.state)), last.turn)


def name_state(app: App, locale: str, state: State) -> str:
    return app.languages.say(locale, f"moderate.state.{state}")


def list_button(app: App, locale: str) -> Button:
    return duty_button(app, locale, "moderate.list", "moderate")


def name_form(app: App, locale: str, form_id: str) -> str:
    form = app.library.forms.get(form_id)
    return title(form, locale) if form else form_id


def _buttons(app: App, locale: str, card: Card, alike: Iterable[Moderated]) -> Iterator[Button]:
    """What can be done now; each knows what was seen, so that nobody decides past another, or on what they did not read."""
    receipt = card.stored.id
    for before, act in TRANSITIONS:
        if before is card.read.state:
            yield duty_button(app, locale, f"moderate.act.{act}", "decide", receipt, act, card.mark)
    if card.stored.form == PLEDGE:
        yield duty_button(app, locale, "moderate.paste", "paste", receipt)
    for other in alike:
        yield duty_button(app, locale, "moderate.open", "review", other.receipt, receipt=other.receipt)
    yield list_button(app, locale)


def _head(app: App, locale: str, card: Card) -> str:
    return app.languages.say(
        locale,
        "moderate.head",
        form=name_form(app, locale, card.stored.form),
        receipt=card.stored.id,
        day=app.languages.format_date(locale, card.stored.submitted_on),
        state=name_state(app, locale, card.read.state),
    )


def _tell_answers(answers: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, value in answers:
        first, *rest = split_text(value)
        yield f"<b>{escape(label, quote=False)}</b>\n{escape(first, quote=False)}"
        yield from (escape(piece, quote=False) for piece in rest)


def _tell_alike(app: App, locale: str, other: Moderated) -> str:
    return app.languages.say(
        locale,
        "moderate.alike",
        receipt=other.receipt,
        state=name_state(app, locale, other.state),
        title=other.answers.get("title", ""),
    )
