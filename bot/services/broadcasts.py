"""Runs of announcements: set down, begun, stopped, resumed, ended. Nothing is said here of how they are sent."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import SettingsError
from bot.services.announcements import Announcement, find_announcement, find_reach
from bot.services.app import App
from bot.services.attention import WEEK
from bot.storage import audiences, broadcasts, deliveries
from bot.storage.broadcasts import Again, Broadcast, State
from bot.storage.database import Connection
from bot.storage.deliveries import SLICES, DeliveryState, Filling, Tally

# A transaction this long is over before anybody who writes to the bot could notice.
PAGE = 1_000
DRAFTS_KEPT, DELIVERIES_KEPT = timedelta(days=30), timedelta(days=90)


class Act(StrEnum):
    """What can be done with a broadcast."""

    BEGIN = "begin"
    FILLED = "filled"
    STOP = "stop"
    RESUME = "resume"
    CANCEL = "cancel"
    FINISH = "finish"


TRANSITIONS: Mapping[tuple[State, Act], State] = {
    (State.SCHEDULED, Act.BEGIN): State.FILLING,
    (State.SCHEDULED, Act.CANCEL): State.CANCELLED,
    (State.FILLING, Act.FILLED): State.SENDING,
    (State.FILLING, Act.STOP): State.STOPPED,
    (State.SENDING, Act.STOP): State.STOPPED,
    (State.SENDING, Act.FINISH): State.DONE,
    (State.STOPPED, Act.RESUME): State.FILLING,
    (State.STOPPED, Act.CANCEL): State.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """Where the progress of a broadcast is shown: in a message of the bot that is changed."""

    address: str
    message_id: int
    locale: str

    def seal(self, app: App) -> bytes:
        return app.cipher.seal(json.dumps([self.address, self.message_id, self.locale]), "reporter")

    @classmethod
    def open(cls, app: App, sealed: bytes) -> "Reporter":
        return cls(*json.loads(app.cipher.open(sealed, "reporter")))


def create(  # noqa: PLR0913 - what a broadcast is made of
    app: App,
    conn: Connection,
    announcement: Announcement,
    holder: str,
    start_at: datetime | None = None,
    reporter: Reporter | None = None,
    again: Again = Again.LEAVE,
    corrects: int | None = None,
) -> int:
    """Set a broadcast of an announcement down, to begin now or at a moment; its number.

    Raises `SettingsError` where it has no text, its moment is past, or what it corrects was not sent.
    """
    now = app.clock()
    if not announcement.texts:
        raise SettingsError("The announcement has no text in any language.")
    if start_at is not None and start_at < now - timedelta(minutes=1):
        raise SettingsError(f"{start_at:%Y-%m-%d %H:%M} UTC is past: choose a later time.")
    if corrects is not None:
        corrected = find_one(conn, corrects)
        if not corrected.is_filled or corrected.state in (State.FILLING, State.SENDING):
            raise SettingsError(f"Broadcast {corrects} is {corrected.state}: it can be corrected once it was sent.")
    broadcasts.keep_announcement(conn, announcement.id, holder, announcement.to_json(), now)
    return broadcasts.plan_broadcast(
        conn,
        announcement.id,
        audiences.to_json(announcement.audience),
        start_at or now,
        holder,
        None if reporter is None else reporter.seal(app),
        again,
        corrects,
    )


def find_one(conn: Connection, number: int) -> Broadcast:
    """Raises `SettingsError` where there is none."""
    broadcast = broadcasts.find_broadcast(conn, number)
    if broadcast is None:
        raise SettingsError(f"There is no broadcast {number}: see `hiwar broadcast list`.")
    return broadcast


def act(app: App, conn: Connection, number: int, wanted: Act) -> State:
    """Do it; the new state. Raises `SettingsError` where it cannot be done as the broadcast now stands."""
    broadcast = find_one(conn, number)
    after = TRANSITIONS.get((broadcast.state, wanted))
    if after is None:
        possible = ", ".join(one for (before, one) in TRANSITIONS if before is broadcast.state) or "nothing more"
        raise SettingsError(f"Broadcast {number} is {broadcast.state}: {wanted} cannot be done; possible: {possible}.")
    broadcasts.set_state(conn, number, broadcast.state, after)
    if wanted is Act.BEGIN:
        broadcasts.begin(conn, number, app.clock())
    if wanted is Act.CANCEL:
        deliveries.cancel(conn, number, app.clock())
    if wanted in (Act.FINISH, Act.CANCEL):
        broadcasts.end(conn, number, app.clock())
    return after


def send_unknown_again(app: App, conn: Connection, number: int) -> int:
    """Plan to send once more what nobody can know to have arrived; how many. Raises `SettingsError`."""
    broadcast = find_one(conn, number)
    if broadcast.state is not State.DONE:
        raise SettingsError(f"Broadcast {number} is {broadcast.state}: this can be done once it is done.")
    broadcasts.set_state(conn, number, State.DONE, State.SENDING)
    return deliveries.plan_unknown_again(conn, number, app.clock())


def fill(app: App, conn: Connection, broadcast: Broadcast) -> bool:
    """Plan the next page of deliveries; whether there may be more."""
    announcement = find_announcement(conn, broadcast.announcement)
    count, last = (0, b"") if announcement is None else _fill_page(app, conn, broadcast, announcement)
    broadcasts.set_filled_to(conn, broadcast.number, last or broadcast.filled_to, is_filled=count < PAGE)
    broadcasts.count_planned(conn, broadcast.number, count)
    return count == PAGE


def count_all(conn: Connection, number: int) -> list[Tally]:
    return [tally for part in SLICES for tally in deliveries.count_states(conn, number, part)]


def write_tallies(tallies: Iterable[Tally]) -> str:
    return json.dumps([[one.state, one.locale, one.country, one.reason, one.count] for one in tallies])


def read_tallies(text: str) -> list[Tally]:
    return [Tally(DeliveryState(state), *rest) for state, *rest in json.loads(text)]


def _fill_page(app: App, conn: Connection, broadcast: Broadcast, announcement: Announcement) -> tuple[int, bytes]:
    now = app.clock()
    if broadcast.corrects is not None:
        return deliveries.fill_correction(conn, broadcast.number, broadcast.corrects, now, broadcast.filled_to, PAGE)
    recent = set(broadcasts.find_recent(conn, now - WEEK)) - {broadcast.number}
    limits = app.attention
    nights = {code: limits.wake_at(code, now) for code in app.library.countries.places}
    filling = Filling(
        broadcast.number,
        find_reach(announcement),
        now,
        None if announcement.urgent else limits.most_a_week,
        recent,
        limits.next_digest(now),
        {} if announcement.urgent else {code: morning for code, morning in nights.items() if morning is not None},
        (None if announcement.urgent else limits.wake_at("", now)) or now,
    )
    return deliveries.fill_page(conn, filling, broadcast.filled_to, PAGE)


def forget_old(app: App, conn: Connection) -> bool:
    """Forget drafts nobody sent, and who got what long ago; how many got it stays. Whether there is more to forget."""
    forgotten = 0
    now = app.clock()
    broadcasts.forget_drafts(conn, now - DRAFTS_KEPT)
    for broadcast in broadcasts.find_broadcasts(conn):
        if broadcast.ended_at is None or broadcast.ended_at > now - DELIVERIES_KEPT:
            continue
        if broadcast.report is None:
            broadcasts.keep_report(conn, broadcast.number, write_tallies(count_all(conn, broadcast.number)))
        forgotten += deliveries.forget_page(conn, broadcast.number, PAGE)
    return forgotten > 0
