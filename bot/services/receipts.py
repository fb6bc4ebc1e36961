"""What becomes of replies the services want to hear of: settling one and what follows from it are one transaction."""

from collections.abc import Callable, Mapping, Sequence

from bot.messages import Receipt
from bot.services import ticket_receipts
from bot.services.app import App
from bot.services.outgoing import Outgoing
from bot.storage import outbox
from bot.storage.database import Connection

# By the kind a reply is tracked as; what follows the colon after it is handed over.
RECEIVERS: Mapping[str, Callable[[App, Connection, str, Receipt], Sequence[Outgoing]]] = {**ticket_receipts.RECEIVERS}


async def settle_tracked(app: App, outgoing: Outgoing, receipt: Receipt) -> Sequence[Outgoing]:
    """A reply was delivered, or never can be: nothing of it is kept, and what follows is planned and returned."""
    kind, _, subject = outgoing.reply.tracked.partition(":")

    def settle(conn: Connection) -> Sequence[Outgoing]:
        if not outbox.settle_reply(conn, outgoing.number):
            return ()
        return RECEIVERS[kind](app, conn, subject, receipt)

    return await app.db.write(settle)
