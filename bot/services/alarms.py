"""Things to say to a person later, kept sealed until then."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply
from bot.services.app import App
from bot.storage import alarms, people
from bot.storage.alarms import Alarm
from bot.storage.database import Connection
from bot.storage.people import Person

PURPOSE = "alarm"


@dataclass(frozen=True, slots=True)
class Wake:
    """One thing to say later: `kind` names who says it, `subject` what it is about, `which` tells several apart."""

    person: bytes
    address: str
    locale: str
    kind: str
    subject: str
    which: str
    due_at: datetime


def set_alarm(app: App, conn: Connection, wake: Wake) -> None:
    """Keep it until it is due; set again, it is moved."""
    body = json.dumps([wake.address, wake.locale, wake.which])
    sealed = app.cipher.seal(body, PURPOSE)
    alarm_id = make_alarm_id(wake.person, wake.kind, wake.subject, wake.which)
    alarms.set_alarm(conn, Alarm(alarm_id, wake.person, wake.kind, wake.subject, sealed, wake.due_at))


def tell_person(
    app: App,
    conn: Connection,
    pseudonym: bytes | None,
    kind: str,
    subject: str,
    told: Mapping[str, str],
    after: timedelta = timedelta(0),
) -> bool:
    """Say something of a kind to somebody who agreed to be written to, in their language; False where nobody did."""
    person = find_reachable(conn, pseudonym)
    if pseudonym is None or person is None or person.address is None:
        return False
    address = app.cipher.open(person.address, "person")
    which = json.dumps(dict(told), ensure_ascii=False)
    set_alarm(app, conn, Wake(pseudonym, address, person.locale, kind, subject, which, app.clock() + after))
    return True


def find_reachable(conn: Connection, pseudonym: bytes | None) -> Person | None:
    """Somebody who agreed to be written to; None where nobody did."""
    person = None if pseudonym is None else people.find_person(conn, pseudonym)
    return person if person is not None and person.address is not None else None


def make_alarm_id(person: bytes, kind: str, subject: str, which: str) -> bytes:
    return hashlib.sha256(b"\0".join((person, kind.encode(), subject.encode(), which.encode()))).digest()[:16]


def read_alarm(app: App, alarm: Alarm) -> Wake:
    address, locale, which = json.loads(app.cipher.open(alarm.body, PURPOSE))
    return Wake(alarm.pseudonym, address, locale, alarm.kind, alarm.subject, which, alarm.due_at)


# What an alarm of a kind says when it rings; None where it has lost its sense meanwhile.
Sayer = Callable[[App, Wake], Reply | None]
