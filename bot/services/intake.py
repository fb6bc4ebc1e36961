"""Taking updates in so that none is lost, and letting go of them when they are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.services.app import App
from bot.services.desk_changes import let_go_of_old
from bot.services.outgoing import Outgoing
from bot.storage import changes, contexts, follows, forms, inbox, outbox, questions, reviews, roles, seats
from bot.storage.database import Connection
from bot.storage.inbox import UpdateAside

MOST_TRIES = 3
# Telegram keeps an unconfirmed update for 24 hours (Bot API, "Getting updates"); after a week without updates it may
# begin to number them anew.
SETTLED_KEPT = timedelta(days=2)
# A form nobody went on with for so long is given up.
SESSIONS_KEPT = timedelta(days=60)
ASIDE_KEPT = timedelta(days=30)
# A change of the content nobody confirmed, and how long one that was made can be taken back.
DRAFTS_KEPT = timedelta(days=2)
CHANGES_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as the channel sent it: its number and its JSON; `tries` counts the failures so far."""

    update_id: int
    text: str
    tries: int = 0


async def accept_updates(app: App, updates: Sequence[RawUpdate]) -> list[RawUpdate]:
    """Make updates durable and return those that are new. Only then may the channel be told that they were taken."""
    sealed = [(update, app.cipher.seal(update.text, "inbox")) for update in updates]
    received_at = app.clock()

    def record(conn: Connection) -> list[RawUpdate]:
        return [update for update, body in sealed if inbox.record_update(conn, update.update_id, body, received_at)]

    return await app.db.write(record)


async def find_waiting(app: App) -> list[RawUpdate]:
    """Updates that an earlier run took in and did not finish, oldest first."""
    waiting = await app.db.read(inbox.find_waiting)
    return [RawUpdate(one.update_id, app.cipher.open(one.body, "inbox"), one.tries) for one in waiting]


async def find_unsent(app: App) -> list[Outgoing]:
    """Replies an earlier run planned and is not known to have sent, oldest first.

    One that was under way when the process died may arrive twice: Telegram has no way to ask.
    """
    planned = await app.db.read(outbox.find_replies)
    return [Outgoing.from_json(one.id, app.cipher.open(one.body, "outbox")) for one in planned]


async def settle_silently(app: App, update_id: int) -> None:
    """An update that asks for nothing is done."""
    await app.db.write(lambda conn: inbox.mark_done(conn, update_id))


async def count_failure(app: App, update_id: int, problem: str) -> None:
    """Note that handling an update failed once more, and how."""
    await app.db.write(lambda conn: inbox.count_try(conn, update_id, problem))


async def put_aside(app: App, update_id: int, problem: str | None = None) -> None:
    """Keep an update that cannot be handled for someone to look at; None keeps the problem noted last."""
    await app.db.write(lambda conn: inbox.put_aside(conn, update_id, problem))


async def settle_reply(app: App, number: int) -> None:
    """A reply was delivered, or never can be: nothing of it is kept."""
    await app.db.write(lambda conn: outbox.settle_reply(conn, number))


async def count_open(app: App) -> dict[str, int]:
    """How many updates wait or were put aside, and how many replies are not known to be sent."""

    def count(conn: Connection) -> dict[str, int]:
        states = inbox.count_by_state(conn)
        return {
            "inbox": states.get("waiting", 0),
            "aside": states.get("aside", 0),
            "outbox": outbox.count_replies(conn),
        }

    return await app.db.read(count)


async def forget_old(app: App) -> None:
    """Erase what has been kept for as long as it may be."""
    now = app.clock()

    def forget(conn: Connection) -> None:
        inbox.forget_before(conn, now - SETTLED_KEPT, now - ASIDE_KEPT)
        contexts.forget_expired(conn, now)
        forms.forget_before(conn, now - SESSIONS_KEPT)
        seats.forget_orphans(conn)
        reviews.forget_orphans(conn)
        roles.forget_invitations(conn, now)
        let_go_of_old(app, conn)
        questions.forget_before(conn, now.date() - timedelta(days=app.question_days))
        follows.forget_question_follows(conn)
        changes.forget_before(conn, now - DRAFTS_KEPT, now - CHANGES_KEPT)

    await app.db.write(forget)


async def find_aside(app: App) -> list[UpdateAside]:
    """Updates put aside, oldest first."""
    return await app.db.read(inbox.find_aside)


async def reopen_aside(app: App) -> int:
    """Let every update put aside be handled again at the next start; how many there were."""
    return await app.db.write(inbox.reopen_aside)
