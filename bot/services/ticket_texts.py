"""What tickets say: in the staff's group, and to who asked."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape, unescape

from bot.errors import Unreadable
from bot.messages import Button, Carried, Reply, Rows, Said, Sent
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.desk import Desk
from bot.services.privileges import duty_button
from bot.storage import roles
from bot.storage.database import Connection
from bot.storage.tickets import Ticket

PURPOSE = "ticket"
POSTED, BEGUN, ANSWERED = "ticket", "thread", "answer"
# Telegram's limit is 4096 UTF-16 units for the whole message.
MOST_UNITS = 3000
EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wrote, in order; `question` is the id under which the first is kept as a gap already, if it is."""

    texts: tuple[str, ...]
    question: str = ""


def seal_asked(app: App, asked: Asked) -> bytes:
    return app.cipher.seal(json.dumps(asdict(asked), ensure_ascii=False), PURPOSE)


def open_asked(app: App, body: bytes | None) -> Asked:
    """Nothing where the ticket is closed, or was sealed with another key."""
    try:
        fields = json.loads(app.cipher.open(body, PURPOSE)) if body else None
    except Unreadable:
        fields = None
    return Asked(tuple(fields["texts"]), fields["question"]) if fields else Asked(())


def draw_thread(app: App, desk: Desk, ticket: Ticket) -> Reply:
    """Asks for a thread of the ticket's own."""
    title = app.languages.say(desk.locale, "ticket.title", id=ticket.id, language=_language(app, desk, ticket))
    return Reply("", desk.locale, opens_thread=unescape(title), tracked=f"{BEGUN}:{ticket.id}")


def draw_posts(app: App, conn: Connection, desk: Desk, ticket: Ticket, key: str, texts: Sequence[str]) -> list[Reply]:
    """Texts of the person for the group, each with a head and the buttons; very long ones in pieces."""
    head = app.languages.say(desk.locale, key, id=ticket.id, language=_language(app, desk, ticket))
    hint = app.languages.say(desk.locale, "ticket.hint.thread" if ticket.thread else "ticket.hint")
    rows = ticket_rows(app, desk.locale, ticket.id, find_taker(conn, ticket))
    return [
        Reply(
            f"{head}\n<blockquote>{escape(piece, quote=False)}</blockquote>\n<i>{hint}</i>",
            desk.locale,
            rows,
            thread=ticket.thread,
            tracked=f"{POSTED}:{ticket.id}",
        )
        for text in texts
        for piece in cut(text)
    ]


def ticket_rows(app: App, locale: str, ticket_id: str, who: str) -> Rows:
    """Take, or who has it; and close."""
    taken = Button(app.languages.say(locale, "ticket.taken", who=who), action(Verb.NOTED))
    take = taken if who else duty_button(app, locale, "ticket.take", "ticket-take", ticket_id)
    return ((take, duty_button(app, locale, "ticket.close", "ticket-close", ticket_id)),)


def find_taker(conn: Connection, ticket: Ticket) -> str:
    """What the one who took it is called; nobody's, where they hold no role any more."""
    found = (one for one in roles.find_holders(conn) if ticket.taker and one.holder == ticket.taker)
    return next((one.label or one.holder for one in found), "")


def draw_answer(app: App, ticket: Ticket, said: Said | Sent, staff_address: str) -> list[Reply]:
    """An answer for who asked, without who wrote it; the last of its messages has the buttons and is tracked."""
    head = app.languages.say(ticket.locale, "ticket.answer", id=ticket.id)
    pieces = list(cut(said.text)) or [""]
    replies = [
        Reply("\n\n".join(part for part in (head, escape(piece, quote=False)) if part), ticket.locale)
        for piece in pieces
    ]
    if isinstance(said, Sent):
        replies.insert(0, Reply("", ticket.locale, carries=Carried(said.attachment, said.file)))
    last = replies.pop()
    rows = person_rows(app, ticket.locale, ticket.id, ("ticket.more", "ticket.thanks"))
    tracked = f"{ANSWERED}:{ticket.id}:{staff_address}"
    return [*replies, Reply(last.html, last.locale, rows, tracked=tracked)]


def person_rows(app: App, locale: str, ticket_id: str, keys: tuple[str, str] = ("human.add", "human.withdraw")) -> Rows:
    """For who asked: to write more, and to end it; `keys` are the words for both."""
    labels = (app.languages.say(locale, key) for key in keys)
    steps = zip(labels, ("more", "end"), strict=True)
    return tuple((Button(label, action(Verb.HUMAN, locale, step, ticket_id)),) for label, step in steps)


def cut(text: str) -> Iterator[str]:
    """Pieces short enough for one message each."""
    piece: list[str] = []
    units = 0
    for character in text:
        size = 2 if ord(character) > 0xFFFF else 1
        if units + size > MOST_UNITS:
            yield "".join(piece)
            piece, units = [], 0
        piece.append(character)
        units += size
    if piece:
        yield "".join(piece)


def excerpt(app: App, ticket: Ticket) -> str:
    """The beginning of what was asked, in one line."""
    line = " ".join(" ".join(open_asked(app, ticket.body).texts[:1]).split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


def _language(app: App, desk: Desk, ticket: Ticket) -> str:
    return app.languages.language_name(desk.locale, ticket.locale)
