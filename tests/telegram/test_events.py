"""Events in the chat: what is coming, the calendar file, reminders, and who means to come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.services import ringing
from bot.services.answers import draw_card
from bot.services.calendars import make_feed
from bot.services.events import find_coming, find_past
from bot.services.holdings import count_holdings
from bot.services.notices import tell_changes
from bot.simulator import Message, Person
from bot.storage import alarms, follows, people
from tests.conftest import Running
from tests.telegram.test_conversations import forge, last, rows

EVENT = "regional-day"
BEGINS = datetime(2027, 3, 28, 8, tzinfo=UTC)  # 10:00 in Cairo: Egypt's summer time begins a month later


def set_clock(hiwar: Running, now: datetime) -> None:
    hiwar.app.clock = lambda: now


async def follow_buttons(hiwar: Running, person: Person, *labels: str) -> Message:
    """Ask for the coming events, open the first, and press one button after the other, each under the last message."""
    set_clock(hiwar, BEGINS - timedelta(days=30))
    message = await hiwar.ask(person, "/events")
    for label in (rows(message)[0][0], *labels):
        await hiwar.press(person, message, label)
        message = last(hiwar, person)
    return message


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "en",
            [
                "28 March 2027, 10:00 Cairo · 09:00 Casablanca · 12:00 Dubai",
                "📍 Cairo, Egypt",
                "Arabic, English",
                "1 March",
            ],
        ),
        (
            "fr",
            ["28 mars 2027, 10:00 Le Caire · 09:00 Casablanca · 12:00 Dubaï", "📍 Le Caire, Égypte", "arabe, anglais"],
        ),
        ("ar", ["28 آذار/مارس 2027", "10:00 القاهرة", "📍 القاهرة، مصر", "العربية، الإنجليزية"]),
    ],
)
async def test_an_event_says_when_where_for_whom_and_how(hiwar: Running, code: str, words: list[str]) -> None:
    person = hiwar.simulator.add_person("Nadia", code)
    card = await follow_buttons(hiwar, person)
    assert [word for word in words if word not in card.text] == []


async def test_coming_and_past_are_told_apart_by_the_clock(hiwar: Running) -> None:
    set_clock(hiwar, BEGINS + timedelta(hours=2))
    assert [entry.id for entry in find_coming(hiwar.app)] == [EVENT]
    set_clock(hiwar, BEGINS + timedelta(hours=3))
    assert find_coming(hiwar.app) == []
    assert [entry.id for entry in find_past(hiwar.app)] == [EVENT, "first-forum"]


async def test_where_nothing_is_announced_it_says_so_and_offers_to_tell(hiwar: Running) -> None:
    set_clock(hiwar, BEGINS + timedelta(days=1))
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "/events")
    assert "We know of no consultation announced" in reply.text
    await hiwar.press(person, reply, "🔔 Tell me when something is announced")
    await hiwar.press(person, last(hiwar, person), "✅ Yes, I agree")
    assert await hiwar.app.db.read(lambda conn: follows.count_followers(conn, "events")) == 1
    following = await hiwar.ask(person, "/following")
    await hiwar.press(person, following, "✖️ New consultations")
    assert await hiwar.app.db.read(lambda conn: follows.count_followers(conn, "events")) == 0


async def test_the_calendar_file_is_one_a_calendar_understands(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("سميرة", "ar")
    message = await follow_buttons(hiwar, person, "🗓 إضافة إلى تقويمي")
    assert message.document is not None
    assert message.document.name == f"{EVENT}.ics"
    [event] = Calendar.from_ical(message.document.content).walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (f"{EVENT}@hiwar", 1, "CONFIRMED")
    assert event.decoded("DTSTART") == BEGINS
    assert event.decoded("DTEND") == BEGINS + timedelta(hours=2, minutes=30)
    assert str(event["SUMMARY"]) == "اليوم الإقليمي"


async def test_the_feed_holds_every_event_whose_day_is_known(hiwar: Running) -> None:
    calendar = Calendar.from_ical(make_feed(hiwar.app.library, hiwar.app.languages, "en"))
    days = {str(event["UID"]): event.decoded("DTSTART") for event in calendar.walk("VEVENT")}
    assert set(days) == {f"{EVENT}@hiwar", "first-forum@hiwar"}
    [whole] = [event for event in calendar.walk("VEVENT") if str(event["UID"]) == "first-forum@hiwar"]
    assert whole.decoded("DTEND") == date(2022, 5, 21)
    assert make_feed(hiwar.app.library, hiwar.app.languages, "en") == make_feed(
        hiwar.app.library, hiwar.app.languages, "en"
    )


async def test_nothing_is_kept_before_somebody_agrees(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    asked = await follow_buttons(hiwar, person, "⏰ Remind me")
    assert "Do you agree?" in asked.text
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    spoken_of = {"privacy.holds.context": 1}  # for half an hour, as /privacy says
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == spoken_of
    await hiwar.press(person, asked, "No, keep nothing")
    assert "nothing was kept" in last(hiwar, person).text
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == spoken_of


async def test_a_reminder_is_set_taken_back_and_rings_once(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    person = hiwar.simulator.add_person("Nadia", "en")
    offered = await follow_buttons(hiwar, person, "⏰ Remind me", "✅ Yes, I agree")
    assert rows(offered) == [["A week before"], ["A day before"], ["An hour before"]]
    await hiwar.press(person, offered, "A week before")
    await hiwar.press(person, offered, "A day before")
    assert rows(offered) == [["✅ A week before"], ["✅ A day before"], ["An hour before"]]
    await hiwar.press(person, offered, "✅ A week before")
    before = len(hiwar.simulator.messages(person))
    set_clock(hiwar, BEGINS - timedelta(hours=23))
    rung = await hiwar.simulator.wait_for_reply(person)
    assert rung.text.startswith("⏰ Tomorrow:\n\nRegional day")
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == before + 1


async def test_stop_ends_everything_at_once(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    offered = await follow_buttons(hiwar, person, "⏰ Remind me", "✅ Yes, I agree")
    await hiwar.press(person, offered, "A week before")
    assert "will not write to you first" in (await hiwar.ask(person, "/stop")).text
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    held = await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym))
    assert not any("alarms" in key or "follows" in key for key in held)


async def test_who_wants_to_come_tells_country_and_group_once(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Horizon", "fr")
    noted = await follow_buttons(
        hiwar, person, "🙋 Je veux y participer", "✅ Oui, d’accord", "Tunisie", "Université, recherche"
    )
    assert "Ceci n’est pas une inscription" in noted.text
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    known = await hiwar.app.db.read(lambda conn: people.find_person(conn, pseudonym))
    assert known is not None
    assert (known.country, known.stakeholder) == ("TN", "academia")
    again = await follow_buttons(hiwar, person, "🙋 Je veux y participer")
    assert "C’est noté" in again.text
    await hiwar.press(person, again, "J’ai changé d’avis")
    assert await hiwar.app.db.read(lambda conn: follows.count_followers(conn, f"coming/{EVENT}")) == 0


async def test_what_is_kept_is_shown_and_erased(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await follow_buttons(hiwar, person, "🙋 I want to come", "✅ Yes, I agree", "I would rather not say", "Media")
    shown = await hiwar.ask(person, "/privacy")
    assert "• 1 subject you are following" in shown.text
    assert "• your country or who you speak for" in shown.text
    await hiwar.press(person, shown, "🗑 Erase it now")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}


@pytest.mark.parametrize(
    "data", ["c:en:forum-next", "r:en:nothing", "R:en:regional-day:year", "w:en", "y:en:y:y", "y:en:zz"]
)
async def test_a_forged_button_of_an_event_changes_nothing(hiwar: Running, data: str) -> None:
    person = hiwar.simulator.add_person("Mallory", "en")
    message = await hiwar.ask(person, "/topics")
    await forge(hiwar, person, message, data)
    assert "no longer works" in last(hiwar, person).text or "too late" in last(hiwar, person).text
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: count_holdings(conn, pseudonym)) == {}


async def test_an_answer_may_show_what_is_coming(hiwar: Running) -> None:
    set_clock(hiwar, BEGINS - timedelta(days=30))
    entry = hiwar.app.library.entry("forum-next")
    assert entry is not None
    showing = replace(entry, fields=entry.fields.model_copy(update={"shows": "coming"}))
    labels = [row[0].label for row in draw_card(hiwar.app, showing, "en").rows]
    assert labels == ["28 March 2027 · Regional day", "🔔 Tell me when something is announced"]


async def wait_for(hiwar: Running, person: Person, words: str) -> Message:
    await hiwar.simulator.wait_until(lambda: words in last(hiwar, person).text)
    return last(hiwar, person)


def change_event(hiwar: Running, **fields: object) -> None:
    """Put an event with other fields live, as a reload does."""
    entries = tuple(
        replace(entry, fields=entry.fields.model_copy(update=fields)) if entry.id == EVENT else entry
        for entry in hiwar.app.library.entries
    )
    hiwar.app.replace_library(replace(hiwar.app.library, entries=entries))


@pytest.mark.parametrize(
    ("code", "come", "agree", "told"),
    [
        ("en", "🙋 I want to come", "✅ Yes, I agree", "📅 When: 28 March 2027, 10:00 Cairo"),
        ("fr", "🙋 Je veux y participer", "✅ Oui, d’accord", "📅 Date\u00a0: 28 mars 2027, 10:00 Le Caire"),
        ("ar", "🙋 أريد المشاركة", "✅ نعم، أوافق", "📅 الموعد: \u200f\u206828 آذار/مارس 2027"),
    ],
)
async def test_who_means_to_come_is_told_what_changed_old_beside_new(
    hiwar: Running, monkeypatch: pytest.MonkeyPatch, code: str, come: str, agree: str, told: str
) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    person = hiwar.simulator.add_person("Nadia", code)
    await follow_buttons(hiwar, person, come, agree)
    await tell_changes(hiwar.app)
    change_event(hiwar, starts="2027-03-29T11:00", ends="2027-03-29T12:30", revision=2)
    await tell_changes(hiwar.app)
    notice = await wait_for(hiwar, person, told)
    assert "29" in notice.text.split("→")[1]
    before = len(hiwar.simulator.messages(person))
    await tell_changes(hiwar.app)
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == before


async def test_reminders_move_with_the_event_and_end_with_it(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    person = hiwar.simulator.add_person("Nadia", "en")
    offered = await follow_buttons(hiwar, person, "⏰ Remind me", "✅ Yes, I agree")
    await hiwar.press(person, offered, "A day before")
    await tell_changes(hiwar.app)
    change_event(hiwar, starts="2027-03-30T10:00", ends="2027-03-30T12:30", revision=2)
    await tell_changes(hiwar.app)
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    await wait_for(hiwar, person, "has changed")
    [alarm] = await hiwar.app.db.read(lambda conn: alarms.find_of(conn, pseudonym))
    assert alarm.due_at == BEGINS + timedelta(days=1)
    change_event(hiwar, status="cancelled", revision=3)
    await tell_changes(hiwar.app)
    await wait_for(hiwar, person, "is cancelled")
    assert await hiwar.app.db.read(lambda conn: alarms.find_of(conn, pseudonym)) == []


async def test_who_follows_events_is_told_of_a_new_one_only(hiwar: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    set_clock(hiwar, BEGINS - timedelta(days=30))
    person = hiwar.simulator.add_person("Nadia", "en")
    events = await hiwar.ask(person, "/events")
    await hiwar.press(person, events, "🔔 Tell me when something is announced")
    await hiwar.press(person, last(hiwar, person), "✅ Yes, I agree")
    await tell_changes(hiwar.app)
    entry = hiwar.app.library.entry(EVENT)
    assert entry is not None
    another = replace(entry, id="another-day")
    hiwar.app.replace_library(replace(hiwar.app.library, entries=(*hiwar.app.library.entries, another)))
    await tell_changes(hiwar.app)
    assert (await wait_for(hiwar, person, "Newly announced")).text.count("Regional day") == 1
