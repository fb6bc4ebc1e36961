"""What is to be sent of broadcasts now, and what became of it: claimed, marked, settled (design §5.3)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Unreadable
from bot.messages import Reply
from bot.services import broadcasts as runs
from bot.services.announcements import Announcement, draw, draw_digest, find_announcement
from bot.services.app import App
from bot.services.broadcasts import Act
from bot.storage import broadcasts, deliveries, people
from bot.storage.broadcasts import Again, Broadcast, State
from bot.storage.database import Connection
from bot.storage.deliveries import DeliveryState, Due, Settled

# What one locale gets of one broadcast looks the same for everybody.
Drawn = dict[tuple[int, str], Reply]
MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to somebody: of one broadcast, or in a digest of several."""

    numbers: tuple[int, ...]
    pseudonym: bytes
    address: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: `message_id` where it arrived, and by which name the channel now has the `file` it carried;
    `due_at` where it is to be tried again."""

    parcel: Parcel
    state: DeliveryState
    message_id: int | None = None
    reason: str | None = None
    due_at: datetime | None = None
    file: str = ""


async def recover(app: App) -> int:
    """What an earlier run was sending when it ended is unknown; how many there were."""
    return await app.db.write(lambda conn: deliveries.interrupt(conn, app.clock()))


async def has_work(app: App) -> bool:
    """Whether any broadcast or digest has something to do now."""
    now = app.clock()

    def look(conn: Connection) -> bool:
        unreported = (one for one in broadcasts.find_broadcasts(conn) if one.ended_at and one.reporter)
        return bool(broadcasts.find_open(conn, now) or deliveries.find_held_people(conn, now, 1) or any(unreported))

    return await app.db.read(look)


async def take_turn(app: App, outcomes: Sequence[Outcome], most: int, drawn: Drawn) -> list[Parcel]:
    """Settle what was sent, move broadcasts on, and claim at most so many parcels; all of it is durable then."""
    return await app.db.write(lambda conn: _take_turn(app, conn, outcomes, most, drawn))


def _take_turn(app: App, conn: Connection, outcomes: Sequence[Outcome], most: int, drawn: Drawn) -> list[Parcel]:
    _settle(app, conn, outcomes)
    _keep_files(app, conn, outcomes, drawn)
    sending = []
    for broadcast in broadcasts.find_open(conn, app.clock()):
        if broadcast.state is State.SCHEDULED:
            runs.act(app, conn, broadcast.number, Act.BEGIN)
        elif broadcast.state is State.FILLING:
            if not runs.fill(app, conn, broadcast):
                runs.act(app, conn, broadcast.number, Act.FILLED)
        else:
            sending.append(broadcast)
    parcels: list[Parcel] = []
    for place, broadcast in enumerate(sending):
        # What is left is shared between those that are left, so that none waits for another.
        share = -(-(most - len(parcels)) // (len(sending) - place))
        parcels += _claim(app, conn, broadcast, share, drawn)
    return parcels + _claim_digests(app, conn, most - len(parcels))


def _settle(app: App, conn: Connection, outcomes: Iterable[Outcome]) -> None:
    settled = []
    for one in outcomes:
        settled += [
            Settled(number, one.parcel.pseudonym, one.state, one.message_id, one.reason, one.due_at)
            for number in one.parcel.numbers
        ]
        if one.state is DeliveryState.BLOCKED:
            people.mark_unreachable(conn, one.parcel.pseudonym, app.clock())
    deliveries.settle(conn, settled, app.clock())
    for number, count in Counter(one.number for one in settled if one.due_at is None).items():
        broadcasts.count_settled(conn, number, count)


def _keep_files(app: App, conn: Connection, outcomes: Iterable[Outcome], drawn: Drawn) -> None:
    """What a channel has is named from now on, and no longer kept."""
    for number, file in {number: one.file for one in outcomes if one.file for number in one.parcel.numbers}.items():
        broadcast = broadcasts.find_broadcast(conn, number)
        announcement = find_announcement(conn, broadcast.announcement) if broadcast else None
        if announcement is None or announcement.attached is None or announcement.attached.file:
            continue
        named = replace(announcement, attached=replace(announcement.attached, file=file, content=b""))
        broadcasts.keep_announcement(conn, named.id, "", named.to_json(), app.clock())
        drawn.clear()


def _claim(app: App, conn: Connection, broadcast: Broadcast, most: int, drawn: Drawn) -> list[Parcel]:
    """Parcels of one broadcast, marked as being sent; it is ended where nothing is left."""
    announcement = find_announcement(conn, broadcast.announcement) if most > 0 else None
    if announcement is None:
        return []
    # A file is uploaded once: its first delivery goes alone, the others name what the channel then has.
    uploads = announcement.attached is not None and not announcement.attached.file and broadcast.corrects is None
    if uploads:
        most = 0 if deliveries.count_sending(conn, broadcast.number) else 1
    found = deliveries.find_due(conn, broadcast.number, app.clock(), most)
    if not found and _is_over(conn, broadcast):
        _end(app, conn, broadcast)
    parcels, settled = [], []
    for due in found:
        # A message that changes where it stands wakes nobody.
        wakes = not announcement.urgent and broadcast.corrects is None
        asleep = app.attention.wake_at(due.country, app.clock()) if wakes else None
        parcel = None if asleep else _pack(app, broadcast, announcement, due, drawn)
        if parcel is not None:
            parcels.append(parcel)
        elif asleep is not None:
            settled.append(Settled(broadcast.number, due.pseudonym, DeliveryState.PLANNED, due_at=asleep))
        else:
            settled.append(Settled(broadcast.number, due.pseudonym, DeliveryState.DECLINED))
    deliveries.settle(conn, settled, app.clock())
    deliveries.mark_sending(conn, [(broadcast.number, one.pseudonym) for one in parcels], DeliveryState.PLANNED)
    return parcels


def _is_over(conn: Connection, broadcast: Broadcast) -> bool:
    number = broadcast.number
    return deliveries.find_next_due(conn, number) is None and not deliveries.count_sending(conn, number)


def _end(app: App, conn: Connection, broadcast: Broadcast) -> None:
    if broadcast.again is Again.SEND_AGAIN:
        broadcasts.set_again(conn, broadcast.number, Again.SENT_AGAIN)
        if deliveries.plan_unknown_again(conn, broadcast.number, app.clock()):
            return
    runs.act(app, conn, broadcast.number, Act.FINISH)


def _pack(app: App, broadcast: Broadcast, announcement: Announcement, due: Due, drawn: Drawn) -> Parcel | None:
    """None where the person is gone."""
    address = _open(app, due)
    if address is None:
        return None
    key = (broadcast.number, due.locale)
    if key not in drawn:
        if len(drawn) >= MOST_DRAWN:
            drawn.clear()
        drawn[key] = draw(app, announcement, due.locale)
    reply = drawn[key]
    if due.message_id is not None:
        reply = replace(reply, replaces=due.message_id)
    return Parcel((broadcast.number,), due.pseudonym, address, reply)


def _claim_digests(app: App, conn: Connection, most: int) -> list[Parcel]:
    """One message for each person whose digest is due, with all that was held back for them."""
    parcels = []
    for pseudonym in deliveries.find_held_people(conn, app.clock(), most) if most > 0 else ():
        held = deliveries.find_held_of(conn, pseudonym)
        numbers = tuple(number for number, _ in held)
        runs_of = [broadcasts.find_broadcast(conn, number) for number in numbers]
        several = [find_announcement(conn, one.announcement) for one in runs_of if one is not None]
        address = _open(app, held[0][1])
        marks = [(number, pseudonym) for number in numbers]
        deliveries.mark_sending(conn, marks, DeliveryState.HELD)
        if address is None:
            gone = [Settled(number, pseudonym, DeliveryState.DECLINED) for number in numbers]
            deliveries.settle(conn, gone, app.clock())
            continue
        reply = draw_digest(app, [one for one in several if one is not None], held[0][1].locale)
        parcels.append(Parcel(numbers, pseudonym, address, reply))
    return parcels


def _open(app: App, due: Due) -> str | None:
    try:
        return None if due.address is None else app.cipher.open(due.address, "person")
    except Unreadable:
        return None
