"""What operators do in the chat: who holds which role, invitations, and what was done with a role."""

from collections.abc import Mapping

from bot.messages import Button, Reply
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.privileges import Call, Duty, duty_button, privileged
from bot.services.roles import INVITATION_LASTS, invite, make_payload, take_back
from bot.storage import audit, roles
from bot.storage.database import Connection
from bot.storage.roles import Holder, Role

OPERATORS = (Role.OPERATOR,)
LINES = 25


def show_team(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """Who holds a role, each with a button to take it back, and a button to invite for each role."""
    holders = roles.find_holders(conn)
    take = [
        duty_button(app, call.locale, "team.take_back", "unrole", one.holder, who=one.label or one.holder)
        for one in holders
    ]
    offer = [
        duty_button(app, call.locale, "team.invite", "invite", role, role=name_role(app, call.locale, role))
        for role in Role
    ]
    rows: list[Button] = [*take, *offer, duty_button(app, call.locale, "team.log", "log")]
    lines = "\n".join(f"• {_describe(app, call.locale, one)}" for one in holders)
    html = f"{app.languages.say(call.locale, 'team.text')}\n\n{lines}"
    return Response((Reply(html, call.locale, tuple((one,) for one in rows), call.message_id),))


def offer_role(app: App, asking: Asking, call: Call, _conn: Connection) -> Response:
    """A link that gives a role, once."""
    wanted, *label = call.arguments or ("",)
    if wanted not in set(Role):
        return say(app, call.locale, "team.no_role", roles=", ".join(Role))
    role, payload = Role(wanted), make_payload()

    def write(conn: Connection) -> None:
        invite(app, conn, payload, role, " ".join(label))

    html = app.languages.say_count(
        call.locale,
        "team.link",
        INVITATION_LASTS.days,
        role=name_role(app, call.locale, role),
        link=f"https://t.me/{app.bot_name}?start={payload}",
    )
    return Response((Reply(html, call.locale),), (privileged(asking, OPERATORS, "invite", role, write),))


def end_role(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Take a role back."""
    one = next((one for one in roles.find_holders(conn) if one.holder == call.text), None)
    if one is None:
        return say(app, call.locale, "team.gone")
    effect = privileged(
        asking, OPERATORS, "take back", one.holder, lambda conn: take_back(app, conn, one.holder), one.role
    )
    return say(app, call.locale, "team.taken_back", effect, who=one.label or one.holder)


def show_log(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """The latest lines of the log."""
    lines = [
        f"{one.done_at:%Y-%m-%d %H:%M} {one.holder} – {one.act}: {one.subject} {one.reason}".rstrip()
        for one in audit.find_acts(conn, LINES)
    ]
    return say(app, call.locale, "team.log.text", lines="\n".join(lines))


def name_role(app: App, locale: str, role: Role) -> str:
    return app.languages.say(locale, f"role.{role}")


def _describe(app: App, locale: str, one: Holder) -> str:
    since = app.languages.format_date(locale, one.since_at.date())
    return app.languages.say(
        locale, "team.line", role=name_role(app, locale, one.role), who=one.label or one.holder, since=since
    )


DUTIES: Mapping[str, Duty] = {
    "team": Duty(OPERATORS, show_team, in_menu=True),
    "invite": Duty(OPERATORS, offer_role, in_menu=True),
    "unrole": Duty(OPERATORS, end_role),
    "log": Duty(OPERATORS, show_log, in_menu=True),
}
