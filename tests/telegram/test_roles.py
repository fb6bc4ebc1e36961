"""Roles: given by a link that works once, seen only by who holds one, taken back, and logged."""

import asyncio
import sqlite3
from functools import partial

import psycopg
import pytest

from bot.services import ringing
from bot.services.roles import invite, make_payload, take_back
from bot.simulator import Person
from bot.storage import audit, roles
from bot.storage.database import Database
from bot.storage.moments import from_ms
from bot.storage.roles import Role
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


async def make_payload_for(hiwar: Running, role: Role) -> str:
    payload = make_payload()
    await hiwar.app.db.write(lambda conn: invite(hiwar.app, conn, payload, role, "the Tunis office"))
    return payload


async def give_role(hiwar: Running, role: Role, code: str = "en") -> Person:
    """Somebody who opened an invitation."""
    person = hiwar.simulator.add_person("Horizon", code)
    payload = await make_payload_for(hiwar, role)
    welcome = await hiwar.ask(person, f"/start {payload}")
    assert "🔑" in welcome.text
    await hiwar.settle()
    return person


def menu(hiwar: Running, person: Person) -> list[str]:
    return [one["command"] for one in hiwar.simulator.command_menu(person)]


async def test_an_invitation_gives_a_role_once(hiwar: Running) -> None:
    payload = await make_payload_for(hiwar, Role.OPERATOR)
    person, late = hiwar.simulator.add_person("Horizon", "fr"), hiwar.simulator.add_person("Late", "en")
    assert "opérateur" in (await hiwar.ask(person, f"/start {payload}")).text
    await hiwar.settle()
    assert "no longer valid" in (await hiwar.ask(late, f"/start {payload}")).text
    assert {"team", "invite", "log", "announce"} <= set(menu(hiwar, person))
    assert "team" not in menu(hiwar, late)
    [holder] = await hiwar.app.db.read(roles.find_holders)
    assert (holder.role, holder.label, holder.locale) == (Role.OPERATOR, "the Tunis office", "fr")


async def test_two_who_open_it_at_once_are_not_both_let_in(hiwar: Running) -> None:
    payload = await make_payload_for(hiwar, Role.STAFF)
    people = [hiwar.simulator.add_person(name, "en") for name in ("One", "Two", "Three")]
    await asyncio.gather(*(hiwar.ask(person, f"/start {payload}") for person in people))
    await hiwar.settle()
    assert len(await hiwar.app.db.read(roles.find_holders)) == 1
    assert sum("🔑" in last(hiwar, person).text for person in people) == 1


async def test_without_a_role_there_is_no_door(hiwar: Running) -> None:
    stranger = hiwar.simulator.add_person("Stranger", "en")
    assert (await hiwar.ask(stranger, "/team")).text == (await hiwar.ask(stranger, "/nothing")).text.replace(
        "/nothing", "/team"
    )
    for data in ("D:en:team", "D:en:unrole:x", "D:en:invite:operator", "D:en", "D:en:nothing"):
        await forge(hiwar, stranger, last(hiwar, stranger), data)
        assert "no longer works" in last(hiwar, stranger).text or "older" in last(hiwar, stranger).text, data
    staff = await give_role(hiwar, Role.STAFF)
    assert "/team" in (await hiwar.ask(staff, "/team")).text
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    assert [one.act for one in acts] == ["accept"]


async def test_an_operator_invites_sees_the_log_and_takes_a_role_back(hiwar: Running) -> None:
    operator = await give_role(hiwar, Role.OPERATOR)
    offered = await hiwar.ask(operator, "/invite organizer Amman office")
    payload = offered.text.rsplit("start=", 1)[1]
    organizer = hiwar.simulator.add_person("Sun", "ar")
    assert "منظِّم" in (await hiwar.ask(organizer, f"/start {payload}")).text
    await hiwar.settle()
    team = await hiwar.ask(operator, "/team")
    assert "Amman office" in team.text
    await hiwar.press(operator, team, "✖️ End the role of Amman office")
    await hiwar.simulator.wait_until(lambda: "انتهى دوركم" in last(hiwar, organizer).text)
    await hiwar.settle()
    assert "team" not in menu(hiwar, organizer)
    assert [one.role for one in await hiwar.app.db.read(roles.find_holders)] == [Role.OPERATOR]
    log = await hiwar.ask(operator, "/log")
    assert all(act in log.text for act in ("take back", "accept: organizer Amman office", "invite: organizer"))
    [holder] = await hiwar.app.db.read(roles.find_holders)
    assert holder.holder in log.text


async def test_a_role_taken_away_in_the_middle_ends_what_was_begun(hiwar: Running) -> None:
    operator = await give_role(hiwar, Role.OPERATOR)
    team = await hiwar.ask(operator, "/team")
    [holder] = await hiwar.app.db.read(roles.find_holders)
    await hiwar.app.db.write(lambda conn: take_back(hiwar.app, conn, holder.holder))
    await hiwar.press(operator, team, "➕ Invite: organizer")
    assert all("start=role-" not in message.text for message in hiwar.simulator.messages(operator))
    await hiwar.simulator.wait_until(lambda: "team" not in menu(hiwar, operator))
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    assert [one.act for one in acts] == ["accept"]


async def test_who_erases_everything_gives_the_role_up_and_the_log_leads_to_nobody(hiwar: Running) -> None:
    operator = await give_role(hiwar, Role.OPERATOR)
    privacy = await hiwar.ask(operator, "/privacy")
    assert "role in this bot's team" in privacy.text
    await hiwar.press(operator, privacy, rows(privacy)[0][0])
    assert await hiwar.app.db.read(roles.find_holders) == []
    assert "/team" in (await hiwar.ask(operator, "/team")).text
    [line] = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    assert line.act == "accept"


async def test_the_log_only_grows(db: Database) -> None:
    await db.write(partial(audit.log_act, done_at=from_ms(0), holder="a", act="invite", subject="staff"))
    for statement in ("UPDATE audit SET act = 'x'", "DELETE FROM audit"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="only grows"):
            await db.write(lambda conn, statement=statement: conn.raw.execute(statement))  # type: ignore[misc]
    assert len(await db.read(lambda conn: audit.find_acts(conn, 9))) == 1
