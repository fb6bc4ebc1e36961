"""Roles behind the bot: given by a link that works once, listed, taken back; everything done with one is logged."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from bot.errors import Outdated, SettingsError
from bot.messages import Reply
from bot.services.alarms import Wake, set_alarm
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.effects import RoleTaken
from bot.storage import audit, roles
from bot.storage.database import Connection
from bot.storage.roles import Holder, Role

INVITATION = "role-"
INVITATION_LASTS = timedelta(days=3)
TAKEN_BACK = "role"


def make_payload() -> str:
    """What the link of an invitation ends in (`t.me/<bot>?start=…`)."""
    return INVITATION + secrets.token_hex(16)


def invite(app: App, conn: Connection, payload: str, role: Role, label: str) -> None:
    """Let the first who opens the link have the role; only the link's hash is kept."""
    roles.keep_invitation(conn, _hash(payload), role, label, app.clock() + INVITATION_LASTS)


def accept_invitation(app: App, asking: Asking, payload: str, locale: str) -> Response | Lookup:
    """The role a link gives, to the first who opens it in a private chat."""
    if asking.incoming.in_group:
        return say(app, locale, "role.in_group")

    def accept(conn: Connection) -> Response:
        found = roles.find_invitation(conn, _hash(payload), app.clock())
        if found is None:
            return say(app, locale, "role.expired")
        role, label = found
        held = {one.role for one in roles.find_roles_of(conn, asking.incoming.person)} | {role}
        taken = RoleTaken(asking.incoming.person, asking.incoming.address, locale, role, label, payload)
        named = app.languages.say(locale, f"role.{role}")
        html = app.languages.say(locale, "role.welcome", role=named)
        return Response((Reply(html, locale, menu=tuple(sorted(held))),), (taken,))

    return accept


def take_role(app: App, conn: Connection, taken: RoleTaken) -> None:
    """Raises `Outdated` where somebody else was quicker."""
    if not roles.use_invitation(conn, _hash(taken.payload), app.clock()):
        raise Outdated
    name = app.make_id()
    address = app.cipher.seal(taken.address, "role")
    one = Holder(taken.person, taken.role, name, taken.label, taken.locale, address, app.clock())
    if roles.keep_holder(conn, one):
        audit.log_act(conn, app.clock(), name, "accept", taken.role, taken.label)


def take_back(app: App, conn: Connection, holder: str) -> None:
    """Take a role back and tell who held it. Raises `SettingsError` where there is no such holder."""
    one = next((one for one in roles.find_holders(conn) if one.holder == holder), None)
    if one is None:
        raise SettingsError(f"“{holder}” holds no role: see `hiwar role list`.")
    roles.drop_holder(conn, holder)
    left = ",".join(sorted(other.role for other in roles.find_roles_of(conn, one.pseudonym)))
    address = app.cipher.open(one.address, "role")
    set_alarm(app, conn, Wake(one.pseudonym, address, one.locale, TAKEN_BACK, one.role, left, app.clock()))


def say_taken_back(app: App, wake: Wake) -> Reply | None:
    held = tuple(name for name in wake.which.split(",") if name)
    named = app.languages.say(wake.locale, f"role.{wake.subject}")
    html = app.languages.say(wake.locale, "role.taken_back", role=named)
    return Reply(html, wake.locale, menu=held)


def find_holder(conn: Connection, person: bytes, allowed: Collection[Role]) -> Holder | None:
    """As whom somebody does what any of the roles `allowed` may do; None where they may not. Operators may do all."""
    held = roles.find_roles_of(conn, person)
    return next((one for one in held if one.role in allowed or one.role is Role.OPERATOR), None)


def _hash(payload: str) -> bytes:
    return hashlib.sha256(payload.encode()).digest()
