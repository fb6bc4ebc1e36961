"""Content from the chat: sent, shown, confirmed, live, versioned and taken back; and everything hostile refused."""

import asyncio
import shutil
import subprocess
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.config import Settings
from bot.content.compile import read_entries
from bot.content.sheets import write_sheets
from bot.content.store import fingerprint
from bot.languages import Languages
from bot.messages import Attachment
from bot.services import intake, publishing, ringing
from bot.services.publishing import publish_accepted, publish_changes
from bot.services.roles import take_back
from bot.simulator import Message, Person
from bot.storage import audit, changes, roles
from bot.storage.changes import State
from bot.storage.roles import Role
from tests.conftest import SAMPLE_CONTENT, Running, run_bot
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role

NAME = "entries/forum-next.md"
# Its block fits an entry, and a term as well.
NEW = """---
topic: forum
sources: [about-forum]
as_of: 2022-12-31
reviewed: 2026-11-20
---
# en: What is a pledge?
- what is a pledge

A promise.

# fr: Qu'est-ce qu'un engagement ?
- c'est quoi un engagement

Une promesse.

# ar: ما هو التعهد؟
- شنو هو التعهد

وعد.
""".encode()
WRITE = {"en": "✅ Put it live", "fr": "✅ Publier", "ar": "✅ انشروه"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    monkeypatch.setattr(publishing, "BETWEEN_ROUNDS", 0.02)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(SAMPLE_CONTENT, tmp_path / "content")
    return settings.model_copy(update={"content_dir": tmp_path / "content"})


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.content_dir


@pytest.fixture
async def hiwar(settings: Settings, languages: Languages) -> AsyncIterator[Running]:
    """The bot with a content of its own, and what writes changes into it."""
    async with run_bot(settings, languages) as running:
        publishing_changes = asyncio.create_task(publish_changes(running.app))
        yield running
        publishing_changes.cancel()
        with suppress(asyncio.CancelledError):
            await publishing_changes


async def send(hiwar: Running, person: Person, name: str, content: bytes, caption: str = "") -> Message:
    """Send a file and wait until the bot has said all it says to it."""
    hiwar.simulator.send(person, Attachment.DOCUMENT, name=name, content=content, caption=caption)
    await hiwar.simulator.wait_for_reply(person)
    await hiwar.settle()
    return last(hiwar, person)


async def put_live(hiwar: Running, person: Person, shown: Message, code: str = "en") -> Message:
    """Confirm a preview and wait for the word that it is live."""
    await hiwar.press(person, shown, WRITE[code])
    await hiwar.simulator.wait_until(lambda: last(hiwar, person).text[:1] in "✅⚠", 20)
    return last(hiwar, person)


def changed(folder: Path, old: str = "**2030**", new: str = "**2031**", name: str = NAME) -> bytes:
    return (folder / name).read_text("utf-8").replace(old, new).encode()


def said(hiwar: Running, person: Person) -> str:
    return "\n".join(message.text for message in hiwar.simulator.messages(person))


@pytest.mark.parametrize(
    ("code", "heading", "live"),
    [
        ("en", "What changes: entries/forum-next.md", "Live: entries/forum-next.md"),
        ("fr", "Ce qui change\u00a0: entries/forum-next.md", "En ligne\u00a0: entries/forum-next.md"),
        ("ar", "ما الذي سيتغيّر", "أصبح منشوراً"),
    ],
)
async def test_a_file_is_shown_confirmed_and_live(
    hiwar: Running, folder: Path, code: str, heading: str, live: str
) -> None:
    staff = await give_role(hiwar, Role.STAFF, code)
    shown = await send(hiwar, staff, "forum-next.md", changed(folder))
    assert heading in shown.text
    assert "− The next forum is planned for **2030**." in shown.text.replace("\u2068", "").replace("\u2069", "")
    # The answers in the languages that change, as they will look; nothing stands there to be pressed.
    answers = [one for one in hiwar.simulator.messages(staff) if "2031" in one.text and one is not shown]
    assert len(answers) == 3
    assert all(rows(one) == [] for one in answers)
    assert "2031" not in (folder / NAME).read_text("utf-8")
    assert live in (await put_live(hiwar, staff, shown, code)).text
    assert "2031" in (folder / NAME).read_text("utf-8")
    somebody = hiwar.simulator.add_person("Nadia", "en")
    assert "2031" in (await hiwar.ask(somebody, "when is the next forum")).text
    acts = [one.act for one in await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))]
    assert acts == ["change content", "propose content", "accept"]


async def test_problems_are_named_and_nothing_is_written(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    before = (folder / NAME).read_bytes()
    shown = await send(hiwar, staff, "forum-next.md", changed(folder, "topic: forum", "topic: nonsense"))
    assert "Nothing was changed. 1 thing has to be corrected first" in shown.text
    assert "entries/forum-next.md, line 2: There is no topic “nonsense” in topics.yaml." in shown.text
    assert rows(shown) == []
    many = await send(hiwar, staff, "forum-next.md", changed(folder, "\n- ", "\n- [x](y) " + "long " * 50))
    assert many.document is not None
    assert b"phrasing is longer than 200" in many.document.content
    assert (folder / NAME).read_bytes() == before
    assert "changes nothing" in (await send(hiwar, staff, "forum-next.md", before)).text
    # What a program of another system puts at the beginning and at the ends of lines is no change.
    dressed = b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n")
    assert "changes nothing" in (await send(hiwar, staff, "forum-next.md", dressed)).text


async def test_whoever_has_no_role_sends_an_ordinary_document(hiwar: Running, folder: Path) -> None:
    content = changed(folder)
    for code, words in (("en", "files"), ("fr", "fichiers"), ("ar", "الملفات")):
        person = hiwar.simulator.add_person("Nadia", code)
        assert words in (await send(hiwar, person, "forum-next.md", content)).text
        assert len(hiwar.simulator.messages(person)) == 2
        for command in ("content", "undo", "gaps"):
            unknown = (await hiwar.ask(person, "/nothing")).text.replace("/nothing", f"/{command}")
            assert (await hiwar.ask(person, f"/{command}")).text == unknown
    organizer = await give_role(hiwar, Role.ORGANIZER)
    assert "files" in (await send(hiwar, organizer, "forum-next.md", content)).text
    asked = await send(hiwar, organizer, "forum-next.md", content, "when is the next forum")
    assert "2030" in asked.text
    for data in ("D:en:content-write:x", "D:en:undo-write:x", "D:en:gap-drop:x", "D:en:content:topics"):
        await forge(hiwar, organizer, last(hiwar, organizer), data)
        assert "older" in last(hiwar, organizer).text or "no longer works" in last(hiwar, organizer).text
    group = hiwar.simulator.add_group("Team", [await give_role(hiwar, Role.STAFF)])
    await hiwar.simulator.wait_for_reply(group)
    hiwar.simulator.send(
        group.members[0],
        Attachment.DOCUMENT,
        name="forum-next.md",
        content=content,
        caption=f"@{hiwar.simulator.bot.username}",
        chat=group,
    )
    await hiwar.simulator.wait_for_reply(group, after=hiwar.simulator.messages(group)[-2])
    assert "What changes" not in hiwar.simulator.messages(group)[-1].text
    assert await hiwar.app.db.read(lambda conn: changes.list_changes(conn, 9)) == []


async def test_a_role_taken_away_before_the_confirmation_ends_it(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    shown = await send(hiwar, staff, "forum-next.md", changed(folder))
    [holder] = await hiwar.app.db.read(roles.find_holders)
    await hiwar.app.db.write(lambda conn: take_back(hiwar.app, conn, holder.holder))
    await hiwar.press(staff, shown, WRITE["en"])
    assert "2031" not in (folder / NAME).read_text("utf-8")
    assert await hiwar.app.db.read(lambda conn: changes.list_changes(conn, 9)) == []


async def test_of_two_at_once_the_later_sees_what_the_earlier_did(hiwar: Running, folder: Path) -> None:
    one, other = await give_role(hiwar, Role.STAFF), await give_role(hiwar, Role.STAFF, "fr")
    first = await send(hiwar, one, "forum-next.md", changed(folder))
    second = await send(hiwar, other, "forum-next.md", changed(folder, "**2030**", "**2032**"))
    await put_live(hiwar, one, first)
    await hiwar.press(other, second, WRITE["fr"])
    anew = last(hiwar, other)
    assert "Le contenu a changé depuis" in anew.text
    assert "2031" in anew.text
    assert "2031" in (folder / NAME).read_text("utf-8")
    await put_live(hiwar, other, anew, "fr")
    assert "2032" in (folder / NAME).read_text("utf-8")
    listed = (await hiwar.ask(one, "/content")).text
    assert listed.count("the Tunis office") == 2


async def test_a_change_is_written_once_however_often_it_is_confirmed(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    shown = await send(hiwar, staff, "forum-next.md", changed(folder))
    for _ in range(3):
        hiwar.simulator.press(staff, shown, WRITE["en"])
    await hiwar.simulator.wait_until(lambda: "Live" in said(hiwar, staff), 20)
    await hiwar.settle()
    assert len(await hiwar.app.db.read(lambda conn: changes.list_changes(conn, 9))) == 1


async def test_a_hand_in_the_folder_between_decision_and_writing_is_not_overwritten(
    settings: Settings, languages: Languages, folder: Path
) -> None:
    async with run_bot(settings, languages) as hiwar:
        staff = await give_role(hiwar, Role.STAFF)
        shown = await send(hiwar, staff, "forum-next.md", changed(folder))
        await hiwar.press(staff, shown, WRITE["en"])
        by_hand = changed(folder, "**2030**", "**2040**")
        (folder / NAME).write_bytes(by_hand)
        [outcome] = await publish_accepted(hiwar.app)
        assert outcome.state is State.REFUSED
        await hiwar.simulator.wait_until(lambda: "somebody changed" in last(hiwar, staff).text)
        assert (folder / NAME).read_bytes() == by_hand


async def test_a_change_accepted_before_a_stop_is_written_after_it(
    settings: Settings, languages: Languages, folder: Path
) -> None:
    async with run_bot(settings, languages) as hiwar:
        staff = await give_role(hiwar, Role.STAFF)
        shown = await send(hiwar, staff, "forum-next.md", changed(folder))
        await hiwar.press(staff, shown, WRITE["en"])
        # Stopped in the middle: the file is written, and nothing else was set down.
        (folder / NAME).write_bytes(changed(folder))
    async with run_bot(settings, languages) as hiwar:
        [outcome] = await publish_accepted(hiwar.app)
        assert outcome.state is State.LIVE
        assert await publish_accepted(hiwar.app) == []
        assert "2031" in hiwar.app.library.entry("forum-next").text("en").html  # type: ignore[union-attr]


async def test_changes_are_taken_back_one_after_the_other(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    before = (folder / NAME).read_bytes()
    assert "no change" in (await hiwar.ask(staff, "/undo")).text
    await put_live(hiwar, staff, await send(hiwar, staff, "forum-next.md", changed(folder)))
    await hiwar.press(staff, await send(hiwar, staff, "new-one.md", NEW), "📄 entries/new-one.md")
    await put_live(hiwar, staff, last(hiwar, staff))
    assert "A promise." in (await hiwar.ask(staff, "what is a pledge")).text
    for file in ("entries/new-one.md", NAME):
        shown = await hiwar.ask(staff, "/undo")
        assert file in shown.text
        for _ in range(2):
            hiwar.simulator.press(staff, shown, "↩️ Bring back the previous version")
        await hiwar.simulator.wait_until(lambda: "live again" in last(hiwar, staff).text, 20)
        await hiwar.settle()
        assert "already been undone" in said(hiwar, staff)
    assert (folder / NAME).read_bytes() == before
    assert not (folder / "entries/new-one.md").exists()
    assert "no change" in (await hiwar.ask(staff, "/undo")).text
    assert (await hiwar.ask(staff, "/content")).text.count("(undone)") == 2


async def test_what_was_changed_by_hand_since_is_not_taken_back(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    await put_live(hiwar, staff, await send(hiwar, staff, "forum-next.md", changed(folder)))
    shown = await hiwar.ask(staff, "/undo")
    (folder / NAME).write_bytes(changed(folder, "**2031**", "**2040**"))
    await hiwar.press(staff, shown, "↩️ Bring back the previous version")
    assert "has been changed since" in last(hiwar, staff).text
    assert "2040" in (folder / NAME).read_text("utf-8")


def zip_bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("../forum-next.md", b"---", "without a path"),
        ("/etc/passwd.md", b"---", "without a path"),
        ("..\\forum-next.md", b"---", "without a path"),
        (".hidden.md", b"---", "without a path"),
        ("forum-next.pdf", b"%PDF", "This is not a content file"),
        ("translations.lock", b"# x", "This is not a content file"),
        ("forum-next.md", b"x" * 1_000_001, "too large"),
        ("forum-next.md", b"x" * 50_000_000, "too large"),
        ("forum-next.md", "---\nمنتدى".encode("cp1256"), "not UTF-8"),
        ("My Entry.md", b"---\ntopic: forum\n---\n", "becomes its id"),
        ("*.md", b"---\ntopic: forum\n---\n", "becomes its id"),
        ("new-one.md", b"hello", "cannot tell what this file is"),
        ("new-table.yaml", b"a: 1", "no .yaml file with this name"),
        ("list.csv", b"name,label\n", "cannot tell what this file is"),
        ("texts.xlsx", b"PK no zip", "cannot be opened safely"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_with_a_reason(
    hiwar: Running, folder: Path, name: str, content: bytes, words: str
) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    before = fingerprint(folder, hiwar.app.languages)
    assert words in (await send(hiwar, staff, name, content)).text
    assert fingerprint(folder, hiwar.app.languages) == before


async def test_a_spreadsheet_that_unpacks_into_too_much_is_not_opened(hiwar: Running) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    assert "cannot be opened safely" in (await send(hiwar, staff, "texts.xlsx", zip_bomb())).text


async def test_a_link_out_of_the_folder_is_not_followed(hiwar: Running, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1", "utf-8")
    (folder / "outside.yaml").symlink_to(outside)
    staff = await give_role(hiwar, Role.STAFF)
    assert "no .yaml file" in (await send(hiwar, staff, "outside.yaml", b"secret: 2")).text
    assert outside.read_text("utf-8") == "secret: 1"


def change_book(folder: Path, tmp_path: Path, languages: Languages, work: Callable[[Workbook], None]) -> bytes:
    file = tmp_path / "texts.xlsx"
    write_sheets(file, read_entries(folder, []), languages.locales, languages)
    book = load_workbook(file)
    work(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


async def test_the_translators_spreadsheet_is_taken_whole_or_not_at_all(
    hiwar: Running, folder: Path, tmp_path: Path, languages: Languages
) -> None:
    staff = await give_role(hiwar, Role.STAFF)

    def translate(book: Workbook) -> None:
        columns = {str(cell.value): number for number, cell in enumerate(book["entries"][1])}
        for row in book["entries"].iter_rows(min_row=2):
            if row[1].value == "title" and row[0].value in ("forum-next", "forum-tables"):
                row[columns["fr"]].value = f"{row[columns['fr']].value} (relu)"

    def cheat(book: Workbook) -> None:
        translate(book)
        book["entries"]["C2"] = "=1+1"

    refused = await send(hiwar, staff, "texts.xlsx", change_book(folder, tmp_path, languages, cheat))
    assert "holds a formula" in refused.text
    shown = await send(hiwar, staff, "texts.xlsx", change_book(folder, tmp_path, languages, translate))
    assert "entries/forum-next.md, entries/forum-tables.md" in shown.text
    assert "Languages: Français" in shown.text
    assert "Live" in (await put_live(hiwar, staff, shown)).text
    assert "(relu)" in (folder / NAME).read_text("utf-8")


async def test_an_xlsform_is_taken_and_offered(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    book = Workbook()
    book.active.title = "survey"  # type: ignore[union-attr]
    for question in (("type", "name", "label"), ("text", "who", "Who are you?")):
        book["survey"].append(question)
    settings = book.create_sheet("settings")
    for setting in (("form_title", "form_id"), ("Short form", "short-form")):
        settings.append(setting)
    stream = BytesIO()
    book.save(stream)
    shown = await send(hiwar, staff, "short-form.xlsx", stream.getvalue())
    assert "forms/short-form.xlsx" in shown.text
    assert "Live" in (await put_live(hiwar, staff, shown)).text
    assert "short-form" in hiwar.app.library.forms
    table = (folder / "forms/visit.md").read_text("utf-8").replace("Your group", "Your organisation")
    assert "Your organisation" in (await send(hiwar, staff, "visit.md", table.encode())).text


async def test_a_table_of_the_content_is_changed_and_one_of_two_names_is_asked_for(
    hiwar: Running, folder: Path
) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    topics = changed(folder, "The Forum", "The IMRF", "topics.yaml")
    assert "Live: topics.yaml" in (await put_live(hiwar, staff, await send(hiwar, staff, "topics.yaml", topics))).text
    (folder / "questions.yaml").write_text('- {question: "when", language: en, kind: plain, entry: none}\n', "utf-8")
    path = (folder / "path/questions.yaml").read_bytes()
    asked = await send(hiwar, staff, "questions.yaml", path)
    assert [row[0] for row in rows(asked)] == ["📄 path/questions.yaml", "📄 questions.yaml", "✖️ Leave it as it was"]
    await hiwar.press(staff, asked, "📄 path/questions.yaml")
    assert "changes nothing" in last(hiwar, staff).text


async def test_a_new_file_whose_kind_is_not_clear_is_asked_for(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    asked = await send(hiwar, staff, "new-one.md", NEW)
    assert "What is new-one.md meant to be?" in asked.text
    assert [row[0] for row in rows(asked)][:2] == ["📄 entries/new-one.md", "📄 terms/new-one.md"]
    await hiwar.press(staff, asked, "📄 terms/new-one.md")
    shown = last(hiwar, staff)
    assert "What changes: terms/new-one.md" in shown.text
    await hiwar.press(staff, shown, "✖️ Leave it as it was")
    assert "nothing was changed" in last(hiwar, staff).text
    await hiwar.press(staff, asked, "📄 entries/new-one.md")
    assert "already been decided" in said(hiwar, staff)
    network = changed(folder, "TN", "LB", "networks/network-tn.md")
    assert "networks/network-lb.md" in (await send(hiwar, staff, "network-lb.md", network)).text


async def test_a_file_of_the_content_is_sent_to_be_changed(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    got = await hiwar.ask(staff, "/content forum-next")
    assert got.document is not None
    assert got.document.content == (folder / NAME).read_bytes()
    assert "no file called" in (await hiwar.ask(staff, "/content ../secret")).text


def run_git(folder: Path, *words: str) -> str:
    named = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return subprocess.run(["git", "-C", folder, *named, *words], check=True, capture_output=True, text=True).stdout


async def test_a_folder_under_git_gets_a_commit_of_just_this_change(hiwar: Running, folder: Path) -> None:
    run_git(folder, "init", "-q")
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "-q", "-m", "before")
    (folder / "sources.yaml").write_bytes((folder / "sources.yaml").read_bytes() + b"\n")
    run_git(folder, "add", "sources.yaml")
    staff = await give_role(hiwar, Role.STAFF)
    await put_live(hiwar, staff, await send(hiwar, staff, "forum-next.md", changed(folder)))
    [holder] = await hiwar.app.db.read(roles.find_holders)
    head = run_git(folder, "log", "-1", "--format=%an <%ae> %s", "--name-only")
    assert head.split("\n\n") == [f"Hiwar staff <{holder.holder}> Change {NAME} from the chat", f"{NAME}\n"]
    assert "sources.yaml" in run_git(folder, "status", "--short")
    shown = await hiwar.ask(staff, "/undo")
    await hiwar.press(staff, shown, "↩️ Bring back the previous version")
    await hiwar.simulator.wait_until(lambda: "live again" in last(hiwar, staff).text, 20)
    assert "Take back" in run_git(folder, "log", "-1", "--format=%s")


async def test_a_commit_that_fails_is_said_and_the_change_is_live(hiwar: Running, folder: Path) -> None:
    run_git(folder, "init", "-q")
    (folder / ".git/index.lock").write_text("", "utf-8")
    staff = await give_role(hiwar, Role.STAFF)
    live = await put_live(hiwar, staff, await send(hiwar, staff, "forum-next.md", changed(folder)))
    assert "could not be committed" in live.text
    assert "2031" in (folder / NAME).read_text("utf-8")


async def test_a_folder_with_an_error_elsewhere_lets_nothing_be_changed(hiwar: Running, folder: Path) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    shown = await send(hiwar, staff, "forum-next.md", changed(folder))
    (folder / "entries/forum-online.md").write_text("broken", "utf-8")
    await hiwar.press(staff, shown, WRITE["en"])
    assert "entries/forum-online.md, line 1" in last(hiwar, staff).text
    assert "2031" not in (folder / NAME).read_text("utf-8")


async def test_old_proposals_are_forgotten(hiwar: Running, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    shown = await send(hiwar, staff, "forum-next.md", changed(folder))
    monkeypatch.setattr(intake, "DRAFTS_KEPT", -intake.DRAFTS_KEPT)
    await intake.forget_old(hiwar.app)
    await hiwar.press(staff, shown, WRITE["en"])
    assert "too old" in last(hiwar, staff).text
