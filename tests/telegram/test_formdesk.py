"""Forms behind the bot: counted, closed, opened and exported from the chat, by those who may, into no group."""

import json
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bot.cli import cli
from bot.config import Settings
from bot.services import formdesk
from bot.services.filling import SUBMISSION_PURPOSE
from bot.services.form_files import write_files
from bot.services.forms import is_closed
from bot.simulator import Message, Person
from bot.storage import audit, forms, roles
from bot.storage.forms import StoredSubmission
from bot.storage.roles import Role
from tests.conftest import SAMPLE_CONTENT, Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role

WHO = "Horizon of Tunis"


async def send_visits(hiwar: Running, many: int = 3) -> None:
    form = hiwar.app.library.forms["visit"]
    body = hiwar.app.cipher.seal(json.dumps({"/data/who": WHO, "/data/town": "tunis"}), SUBMISSION_PURPOSE)
    for number in range(many):
        kept = StoredSubmission(f"V{number}", "visit", form.fingerprint, None, "en", body, hiwar.app.today())
        await hiwar.app.db.write(partial(forms.keep_submission, submission=kept))


async def open_card(hiwar: Running, person: Person) -> Message:
    listed = await hiwar.ask(person, "/formdesk")
    await hiwar.press(person, listed, rows(listed)[0][0])
    return last(hiwar, person)


async def find_acts(hiwar: Running) -> list[tuple[str, str, str]]:
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    return [(one.act, one.subject, one.reason) for one in acts if one.act != "accept"]


@pytest.mark.parametrize(
    ("code", "line", "close", "closed", "export", "caption"),
    [
        ("en", "Visit: begun 1, sent 3, open", "🔒 Close it", "closed", "⬇️ Excel with labels", "3 submissions"),
        (
            "fr",
            "Visite\u00a0: commencés\u00a0: 1, envoyés\u00a0: 3, ouvert",
            "🔒 Le fermer",
            "fermé",
            "⬇️ Excel avec libellés",
            "3 envois",
        ),
        ("ar", "زيارة: بدأ ملؤها: 1، أُرسلت: 3، مفتوحة", "🔒 إغلاقها", "مغلقة", "⬇️ إكسل بالنصوص", "3 مشاركات"),
    ],
)
async def test_a_form_is_counted_closed_and_exported(
    hiwar: Running, code: str, line: str, close: str, closed: str, export: str, caption: str
) -> None:
    await send_visits(hiwar)
    somebody = hiwar.simulator.add_person("Nadia", "en")
    begin = await hiwar.ask(somebody, "/start visit_en")
    await hiwar.press(somebody, begin, rows(begin)[0][0])
    organizer = await give_role(hiwar, Role.ORGANIZER, code)
    card = await open_card(hiwar, organizer)
    assert line in card.text.replace("\u2068", "").replace("\u2069", "")
    await hiwar.press(organizer, card, close)
    assert closed in last(hiwar, organizer).text
    assert await hiwar.app.db.read(partial(is_closed, form_id="visit"))
    await hiwar.press(organizer, card, export)
    sent = last(hiwar, organizer)
    assert caption in sent.text
    assert sent.document is not None
    assert sent.document.name == "visit.xlsx"
    [sheet] = load_workbook(BytesIO(sent.document.content)).worksheets
    assert sheet.max_row == 4
    assert sheet["A2"].value == WHO
    assert sheet.sheet_view.rightToLeft is (code == "ar")
    assert await find_acts(hiwar) == [("export", "visit", "labels 3"), ("close", "visit", "")]


@pytest.mark.parametrize(
    ("button", "name", "begins"),
    [
        ("⬇️ Excel with names", "visit.xlsx", b"PK"),
        ("⬇️ CSV", "visit.csv", b"\xef\xbb\xbfwho,town"),
        ("⬇️ JSON lines", "visit.jsonl", b'{"sheet": "Visit", "who": "Horizon'),
    ],
)
async def test_an_export_has_the_kind_asked_for(hiwar: Running, button: str, name: str, begins: bytes) -> None:
    await send_visits(hiwar)
    staff = await give_role(hiwar, Role.STAFF)
    await hiwar.press(staff, await open_card(hiwar, staff), button)
    document = last(hiwar, staff).document
    assert document is not None
    assert document.name == name
    assert document.content.startswith(begins)


async def test_a_form_that_nobody_sent_gives_no_file(hiwar: Running) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    await hiwar.press(staff, await open_card(hiwar, staff), "⬇️ CSV")
    assert "nothing to export" in last(hiwar, staff).text
    assert await find_acts(hiwar) == []


@pytest.mark.parametrize("most", [10, 500])
async def test_what_is_too_large_for_a_chat_is_refused_with_the_command(
    hiwar: Running, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """By what is stored, before it is written; else by what was written."""
    monkeypatch.setattr(formdesk, "MOST_BYTES", most)
    await send_visits(hiwar)
    staff = await give_role(hiwar, Role.STAFF, "ar")
    await hiwar.press(staff, await open_card(hiwar, staff), "⬇️ إكسل بالنصوص")
    assert "\nhiwar form export visit visit.xlsx --labels ar" in last(hiwar, staff).text
    assert last(hiwar, staff).document is None
    assert await find_acts(hiwar) == []


async def test_a_form_closed_twice_is_logged_once(hiwar: Running) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    card = await open_card(hiwar, staff)
    for _ in range(2):
        await hiwar.press(staff, card, "🔒 Close it")
    await hiwar.press(staff, last(hiwar, staff), "🔓 Open it")
    assert await find_acts(hiwar) == [("open", "visit", ""), ("close", "visit", "")]


async def test_nothing_is_exported_into_a_group(hiwar: Running) -> None:
    await send_visits(hiwar)
    staff = await give_role(hiwar, Role.STAFF)
    group = hiwar.simulator.add_group("Office", [staff])
    hello = await hiwar.simulator.wait_for_reply(group)
    name = hiwar.simulator.bot.username
    for command in ("formdesk", "formout", "formcard"):
        hiwar.simulator.say(staff, f"/{command}@{name} visit csv", chat=group)
        hello = await hiwar.simulator.wait_for_reply(group, after=hello)
        assert hello.document is None
        assert "Visit" not in hello.text
    assert await find_acts(hiwar) == []


async def test_who_has_no_role_gets_no_form(hiwar: Running) -> None:
    await send_visits(hiwar)
    stranger = hiwar.simulator.add_person("Stranger", "en")
    assert "Visit" not in (await hiwar.ask(stranger, "/formdesk")).text
    for data in ("formdesk", "formcard:visit", "formset:visit:close", "formout:visit:csv"):
        await forge(hiwar, stranger, last(hiwar, stranger), f"D:en:{data}")
        assert last(hiwar, stranger).document is None
    assert not await hiwar.app.db.read(partial(is_closed, form_id="visit"))
    assert await find_acts(hiwar) == []


@pytest.mark.parametrize(
    "data", ["formcard", "formcard:none", "formset:visit", "formset:visit:burn", "formout:visit:exe"]
)
async def test_forged_buttons_of_somebody_who_may_do_nothing(hiwar: Running, data: str) -> None:
    await send_visits(hiwar)
    staff = await give_role(hiwar, Role.STAFF)
    await forge(hiwar, staff, last(hiwar, staff), f"D:en:{data}")
    assert "no longer exists" in last(hiwar, staff).text
    assert await find_acts(hiwar) == []


async def test_a_role_taken_away_while_the_file_is_written_sends_none(
    hiwar: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send_visits(hiwar)
    staff = await give_role(hiwar, Role.STAFF)
    card = await open_card(hiwar, staff)

    async def lose_role_first(*arguments: object) -> object:
        for one in await hiwar.app.db.read(roles.find_holders):
            await hiwar.app.db.write(partial(roles.drop_holder, holder=one.holder))
        return await write_files(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(formdesk, "write_files", lose_role_first)
    await hiwar.press(staff, card, "⬇️ CSV")
    assert all(message.document is None for message in hiwar.simulator.messages(staff))
    assert await find_acts(hiwar) == []


def test_commands_are_logged_as_the_console(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in (("CONTENT", SAMPLE_CONTENT), ("VAR", settings.var_dir)):
        monkeypatch.setenv(f"HIWAR_{name}_DIR", str(value))
    monkeypatch.setenv("HIWAR_DATABASE_URL", settings.database_url)
    for words in (("export", "visit", str(tmp_path / "visit.csv")), ("close", "visit"), ("open", "visit")):
        assert CliRunner().invoke(cli, ["form", *words], catch_exceptions=False).exit_code == 0
    log = CliRunner().invoke(cli, ["role", "log"]).output
    assert [line.split("console")[1].split() for line in log.splitlines()] == [
        ["open:", "visit"],
        ["close:", "visit"],
        ["export:", "visit", "csv", "0"],
    ]
