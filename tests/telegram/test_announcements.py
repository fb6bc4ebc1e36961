"""Announcements from the first word to the report: organizers, people of three languages, the real client, the simulator."""

from datetime import timedelta

import pytest

from bot.services import ringing
from bot.simulator import Fails, Message, Person
from bot.storage import audit, broadcasts, people
from bot.storage.broadcasts import State
from bot.storage.roles import Role
from bot.telegram import broadcasting
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role

FILE = """---
topic: forum
event: regional-day
link: https://migrationnetwork.un.org/
---
# en: A **date**
The meeting is on *Monday*.

# fr: Une date
La réunion est lundi.

# ar: موعد
الاجتماع يوم الاثنين مع IMRF.
"""


PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000020000000308060000009d74661a")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    monkeypatch.setattr(broadcasting, "IDLE_SECONDS", 0.02)
    monkeypatch.setattr(broadcasting, "PROGRESS_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def by_day(hiwar: Running) -> None:
    """No night falls in the tests that are not about nights."""
    hiwar.app.attention = type(hiwar.app.attention)(quiet_from=0, quiet_to=0)


async def follow_news(hiwar: Running, name: str, code: str, *, topic: str = "") -> Person:
    """Somebody who agreed to be told of news."""
    person = hiwar.simulator.add_person(name, code)
    news = await hiwar.ask(person, "/news")
    labels = [label for row in rows(news) for label in row]
    wanted = next(label for label in labels if topic in label) if topic else labels[0]
    await hiwar.press(person, news, wanted)
    consent = last(hiwar, person)
    await hiwar.press(person, consent, rows(consent)[0][0])
    assert any("🔔" in label for row in rows(last(hiwar, person)) for label in row)
    return person


async def write_draft(hiwar: Running, organizer: Person, text: str = FILE) -> Message:
    """A draft made of a file."""
    draft = await hiwar.ask(organizer, "/announce")
    await hiwar.press(organizer, draft, "📎 File or picture")
    hiwar.simulator.send(organizer, "document", content=text.encode(), name="news.md")
    return await hiwar.simulator.wait_for_reply(organizer)


async def send_now(hiwar: Running, organizer: Person, draft: Message) -> None:
    await hiwar.press(organizer, draft, "➡️ Go on")
    await hiwar.press(organizer, draft, "📣 Send now")


async def wait_for_report(hiwar: Running, organizer: Person) -> Message:
    await hiwar.simulator.wait_until(lambda: "Telegram accepted the message" in last(hiwar, organizer).text)
    await hiwar.settle()
    return last(hiwar, organizer)


async def test_everybody_gets_it_in_their_language_and_the_report_says_so(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    readers = [await follow_news(hiwar, f"Reader {code}", code) for code in ("en", "fr", "ar")]
    stranger = hiwar.simulator.add_person("Stranger", "en")
    await hiwar.ask(stranger, "/start")
    draft = await write_draft(hiwar, organizer)
    assert "English: A **date**" in draft.text
    await hiwar.press(organizer, draft, "➡️ Go on")
    assert "It reaches 3 people." in draft.text
    await hiwar.press(organizer, draft, "📣 Send now")
    report = await wait_for_report(hiwar, organizer)
    assert "• 3 sent" in report.text
    for reader, words in zip(
        readers, ("The meeting is on Monday.", "La réunion est lundi.", "الاجتماع يوم الاثنين"), strict=True
    ):
        assert words in last(hiwar, reader).text
    assert rows(last(hiwar, readers[2]))[-1] == ["🔕 إيقاف الكل", "🔉 إعلانات أقل"]
    assert len(hiwar.simulator.messages(stranger)) == 2
    acts = [one.act for one in await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))]
    assert acts == ["send", "accept"]


async def test_texts_are_typed_language_by_language_and_a_missing_one_is_said(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "سميرة", "ar")
    draft = await hiwar.ask(organizer, "/announce")
    await hiwar.press(organizer, draft, "✏️ Français")
    draft = await hiwar.ask(organizer, "Bonjour\n\nUne **nouvelle** <b>date</b>")
    assert "HTML" in draft.text
    draft = await hiwar.ask(organizer, "Bonjour\n\nUne **nouvelle** date")
    assert "Arabic is missing: its readers get the announcement in French" in draft.text
    await send_now(hiwar, organizer, draft)
    await wait_for_report(hiwar, organizer)
    assert last(hiwar, reader).text == "ℹ️ هذا الإعلان غير متوفر بالعربية.\n\nBonjour\n\nUne nouvelle date"


async def test_a_preview_shows_each_language_as_it_will_look(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "👁 Preview in all languages")
    shown = hiwar.simulator.messages(organizer)[-3:]
    assert [one.text.split("\n")[0] for one in shown] == ["موعد", "A **date**", "Une date"]
    await hiwar.press(organizer, draft, "🧪 Send a test to me")
    assert last(hiwar, organizer).text.startswith("A **date**")
    assert rows(last(hiwar, organizer)) == [["📅 The event"], ["🔗 Read more"], ["🔉 Less of this", "🔕 Stop all"]]


async def test_an_audience_is_put_together_with_buttons(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    english = await follow_news(hiwar, "Reader", "en")
    french = await follow_news(hiwar, "Lectrice", "fr")
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "👥 To whom")
    await hiwar.press(organizer, draft, "Language")
    await hiwar.press(organizer, draft, "English")
    assert "✅ English" in [label for row in rows(draft) for label in row]
    await hiwar.press(organizer, draft, "↩️ Back")
    assert "Audience: locale:en\nIt reaches 1 person." in draft.text
    await hiwar.press(organizer, draft, "Language")
    await hiwar.press(organizer, draft, "✅ English")
    await hiwar.press(organizer, draft, "↩️ Back")
    assert "Audience: not locale:en" in draft.text
    await hiwar.press(organizer, draft, "↩️ Back")
    await send_now(hiwar, organizer, draft)
    await wait_for_report(hiwar, organizer)
    assert "Une date" in last(hiwar, french).text
    assert "date" not in last(hiwar, english).text


async def test_pressed_twice_it_is_sent_once(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "➡️ Go on")
    for _ in range(2):
        hiwar.simulator.press(organizer, draft, "📣 Send now")
    await hiwar.simulator.wait_until(
        lambda: any("Telegram accepted" in one.text for one in hiwar.simulator.messages(organizer))
    )
    await hiwar.settle()
    assert sum("The meeting is on Monday" in one.text for one in hiwar.simulator.messages(reader)) == 1
    assert len(await hiwar.app.db.read(broadcasts.find_broadcasts)) == 1


async def test_more_than_the_limit_comes_in_a_digest(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    for number in range(4):
        draft = await write_draft(hiwar, organizer, FILE.replace("A **date**", f"Number {number}"))
        await send_now(hiwar, organizer, draft)
        await wait_for_report(hiwar, organizer)
    titles = [one.text.split("\n")[0] for one in hiwar.simulator.messages(reader)]
    assert [title for title in titles if title.startswith("Number")] == ["Number 0", "Number 1"]
    assert "waits for the weekly summary" in last(hiwar, organizer).text
    before, now = len(hiwar.simulator.messages(reader)), hiwar.app.clock
    monkeypatch.setattr(hiwar.app, "clock", lambda: now() + timedelta(days=8))
    await hiwar.simulator.wait_until(lambda: len(hiwar.simulator.messages(reader)) > before)
    digest = last(hiwar, reader)
    assert digest.text == "📬 This week's announcements\n\n• Number 2\n• Number 3"
    await hiwar.press(reader, digest, "Number 3")
    assert last(hiwar, reader).text.startswith("Number 3\n\nThe meeting")


async def test_an_emergency_passes_limit_and_night_with_a_logged_reason(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    hiwar.app.attention = type(hiwar.app.attention)(most_a_week=0, quiet_from=0, quiet_to=23)
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "🚨 Emergency")
    draft = await hiwar.ask(organizer, "The border closes today")
    assert "🚨 Reason: The border closes today" in draft.text
    await send_now(hiwar, organizer, draft)
    await hiwar.simulator.wait_until(lambda: "🚨 Urgent" in last(hiwar, reader).text)
    [sent, *_] = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    assert (sent.act, sent.reason) == ("send emergency", "The border closes today")


async def test_at_night_it_waits_for_the_morning(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    hour = hiwar.app.clock().hour
    hiwar.app.attention = type(hiwar.app.attention)(zone="UTC", quiet_from=hour, quiet_to=(hour + 2) % 24)
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    await hiwar.simulator.wait_until(lambda: "0 of 1" in draft.text and "Sending will go on from" in draft.text)
    assert "Monday" not in last(hiwar, reader).text
    now = hiwar.app.clock
    monkeypatch.setattr(hiwar.app, "clock", lambda: now() + timedelta(hours=3))
    await hiwar.simulator.wait_until(lambda: "Monday" in last(hiwar, reader).text)


async def test_less_and_stop_are_one_tap_away(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    less, stop = [await follow_news(hiwar, name, "en") for name in ("Less", "Stop")]
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    await wait_for_report(hiwar, organizer)
    await hiwar.press(less, last(hiwar, less), "🔉 Less of this")
    await hiwar.press(stop, last(hiwar, stop), "🔕 Stop all")
    assert "no more announcements about “The Forum”" in last(hiwar, less).text
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "➡️ Go on")
    assert "It reaches 0 people" in draft.text


async def test_later_edited_cancelled_and_never_in_the_past(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "➡️ Go on")
    await hiwar.press(organizer, draft, "🕓 Send later")
    assert "That date has passed" in (await hiwar.ask(organizer, "2020-01-01 10:00")).text
    assert "no such time zone" in (await hiwar.ask(organizer, "2030-01-01 10:00 Africa/Nowhere")).text
    assert "can't read that date" in (await hiwar.ask(organizer, "tomorrow")).text
    planned = await hiwar.ask(organizer, "2030-01-01 10:00 Africa/Tunis")
    assert "1 January 2030, 11:00 (Asia/Beirut)" in planned.text
    await hiwar.press(organizer, planned, "✏️ Edit")
    await hiwar.press(organizer, planned, "✅ English")
    changed = await hiwar.ask(organizer, "Another title\nAnother text")
    assert "English: Another title" in changed.text
    listed = await hiwar.ask(organizer, "/broadcasts")
    await hiwar.press(organizer, listed, rows(listed)[0][0])
    shown = last(hiwar, organizer)
    await hiwar.press(organizer, shown, "✖️ Cancel")
    [broadcast] = await hiwar.app.db.read(broadcasts.find_broadcasts)
    assert broadcast.state is State.CANCELLED
    assert "Another" not in last(hiwar, reader).text


async def test_stopped_resumed_and_corrected_where_it_stands(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    readers = [await follow_news(hiwar, f"Reader {number}", "en") for number in range(3)]
    hiwar.simulator.faults.add(Fails.FLOOD, "sendMessage", chat_id=readers[0].id, times=1, retry_after=1)
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    await hiwar.simulator.wait_until(lambda: "2 of 3" in draft.text)
    await hiwar.press(organizer, draft, "⏹ Stop")
    assert "stopped" in draft.text
    await hiwar.press(organizer, draft, "▶️ Resume")
    report = await wait_for_report(hiwar, organizer)
    assert "• 3 sent" in report.text
    await hiwar.press(organizer, report, "✏️ Correct what was delivered")
    edit = last(hiwar, organizer)
    await hiwar.press(organizer, edit, "✏️ Edit")
    await hiwar.press(organizer, edit, "✅ English")
    draft = await hiwar.ask(organizer, "A date\nThe meeting is on **Tuesday**.")
    before = [len(hiwar.simulator.messages(reader)) for reader in readers]
    await send_now(hiwar, organizer, draft)
    await hiwar.simulator.wait_until(lambda: all("Tuesday" in last(hiwar, reader).text for reader in readers))
    assert [len(hiwar.simulator.messages(reader)) for reader in readers] == before


async def test_what_cannot_be_known_is_called_unknown_and_may_be_sent_again(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    gone, cut, well = [await follow_news(hiwar, name, "en") for name in ("Gone", "Cut", "Well")]
    hiwar.simulator.block(gone)
    hiwar.simulator.faults.add(Fails.RESET_AFTER, "sendMessage", chat_id=cut.id)
    hiwar.simulator.faults.add(Fails.GATEWAY, "sendMessage", chat_id=well.id)
    await hiwar.settle()
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    report = await wait_for_report(hiwar, organizer)
    assert "• 1 sent" in report.text
    assert "• 1 uncertain" in report.text
    assert "cannot be reached" not in report.text, "who blocked the bot is left out before"
    await hiwar.press(organizer, report, "📄 Table (CSV)")
    table = last(hiwar, organizer)
    assert table.file
    assert b"unknown,en,,LineCut,1" in table.file.content
    await hiwar.press(organizer, report, "🔁 Resend the uncertain ones")
    await hiwar.simulator.wait_until(lambda: sum("Monday" in one.text for one in hiwar.simulator.messages(cut)) == 2)
    hiwar.simulator.unblock(gone)
    await hiwar.settle()
    person = hiwar.app.cipher.pseudonym("telegram", gone.id)
    unreachable = await hiwar.app.db.read(
        lambda conn: conn.run("SELECT unreachable_at FROM person WHERE pseudonym = :who", {"who": person})
    )
    assert unreachable[0][0] is None


async def test_who_blocks_meanwhile_is_counted_and_not_tried_again(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    hiwar.simulator.faults.add(Fails.BLOCKED, "sendMessage", chat_id=reader.id)
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    report = await wait_for_report(hiwar, organizer)
    assert "• 1 person cannot be reached" in report.text
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "➡️ Go on")
    assert "It reaches 0 people" in draft.text


async def test_a_picture_goes_with_it_and_its_caption_is_corrected(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    draft = await write_draft(hiwar, organizer)
    await hiwar.press(organizer, draft, "📎 File or picture")
    hiwar.simulator.send(organizer, "photo", content=PNG, name="p.png")
    draft = await hiwar.simulator.wait_for_reply(organizer)
    assert "📎 Attached: photo" in draft.text
    await send_now(hiwar, organizer, draft)
    await wait_for_report(hiwar, organizer)
    got = last(hiwar, reader)
    assert got.attachment is not None
    assert "Monday" in got.text


async def test_without_the_role_there_is_no_door(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    draft = await write_draft(hiwar, organizer)
    [draft_id] = [
        one["callback_data"].split(":")[3]
        for row in (draft.reply_markup or {})["inline_keyboard"]
        for one in row
        if one["callback_data"].endswith(":send")
    ]
    for role in (None, Role.STAFF):
        person = await give_role(hiwar, role) if role else hiwar.simulator.add_person("Stranger", "en")
        assert "/announce" in (await hiwar.ask(person, "/announce")).text
        for step in ("send", "now", "text:en", "discard"):
            await forge(hiwar, person, last(hiwar, person), f"D:en:draft:{draft_id}:{step}")
            assert "no longer works" in last(hiwar, person).text or "older" in last(hiwar, person).text
        await forge(hiwar, person, last(hiwar, person), f"A:en:{draft_id}")
        assert "no longer available" in last(hiwar, person).text
    assert await hiwar.app.db.read(broadcasts.find_broadcasts) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no block", "does not begin with a block"),
        ("---\ntopic: nothing\n---\n# en: A\nB\n", "There is no topic “nothing”"),
        ("---\nclass: emergency\n---\n# en: A\nB\n", "An emergency needs its `reason`"),
        ("---\naudience: locale:xx\n---\n# en: A\nB\n", "“xx” is no locale: use one of ar, en, fr"),
        ("---\naudience: (locale:ar\n---\n# en: A\nB\n", "parenthesis"),
        ("---\ntopic: forum\n---\n# en: A\n## Heading\n", "a heading"),
        ("---\ntopic: forum\n---\n# en: A\n" + "word " * 900, "4500 / 3800"),
        ("---\ntopic: forum\n---\n", "no text in any language"),
    ],
)
async def test_a_bad_file_is_refused_with_its_line(hiwar: Running, text: str, said: str) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    draft = await write_draft(hiwar, organizer, text)
    assert said in draft.text
    assert "news.md:" in draft.text


async def test_erased_people_lead_nowhere_and_are_still_counted(hiwar: Running) -> None:
    organizer = await give_role(hiwar, Role.ORGANIZER)
    reader = await follow_news(hiwar, "Reader", "en")
    draft = await write_draft(hiwar, organizer)
    await send_now(hiwar, organizer, draft)
    report = await wait_for_report(hiwar, organizer)
    privacy = await hiwar.ask(reader, "/privacy")
    assert "1 announcement sent to you" in privacy.text
    await hiwar.press(reader, privacy, rows(privacy)[0][0])
    listed = await hiwar.ask(organizer, "/broadcasts")
    await hiwar.press(organizer, listed, rows(listed)[0][0])
    assert "• 1 sent" in last(hiwar, organizer).text
    assert report.text.split("\n")[1:4] == last(hiwar, organizer).text.split("\n")[1:4]
    person = hiwar.app.cipher.pseudonym("telegram", reader.id)
    assert await hiwar.app.db.read(lambda conn: people.find_person(conn, person)) is None
