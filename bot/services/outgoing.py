"""Replies on their way: planned in the transaction that means them, sent after it."""

import json
from dataclasses import dataclass

from bot.messages import Reply
from bot.services.app import App
from bot.storage import outbox
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: its number in the outbox, where to, and what."""

    number: int
    address: str
    reply: Reply

    def to_json(self) -> str:
        return json.dumps([self.address, self.reply.to_json()], ensure_ascii=False)

    @classmethod
    def from_json(cls, number: int, text: str) -> "Outgoing":
        address, reply = json.loads(text)
        return cls(number, address, Reply.from_json(reply))


def plan_reply(app: App, conn: Connection, address: str, reply: Reply) -> Outgoing:
    """Put a reply in the outbox."""
    body = app.cipher.seal(Outgoing(0, address, reply).to_json(), "outbox")
    return Outgoing(outbox.plan_reply(conn, body, app.clock()), address, reply)
