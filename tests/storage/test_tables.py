"""What each table remembers and forgets, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.storage import (
    alarms,
    changes,
    contexts,
    feedback,
    follows,
    forms,
    inbox,
    outbox,
    people,
    questions,
    settings,
    tally,
)
from bot.storage.alarms import Alarm
from bot.storage.changes import Change, State
from bot.storage.database import Database
from bot.storage.feedback import Thumb
from bot.storage.forms import StoredSubmission
from bot.storage.people import Person
from bot.storage.questions import Outcome, Question
from bot.storage.tally import What

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


async def test_an_update_is_taken_in_once_and_done_once(db: Database) -> None:
    assert await db.write(lambda conn: inbox.record_update(conn, 7, b"sealed", NOW))
    assert not await db.write(lambda conn: inbox.record_update(conn, 7, b"again", NOW))
    assert [one.body for one in await db.read(inbox.find_waiting)] == [b"sealed"]
    assert await db.write(lambda conn: inbox.mark_done(conn, 7))
    assert not await db.write(lambda conn: inbox.mark_done(conn, 7))
    assert await db.read(inbox.find_waiting) == []
    assert not await db.write(lambda conn: inbox.record_update(conn, 7, b"again", NOW))


async def test_a_settled_update_leaves_no_text(db: Database) -> None:
    await db.write(lambda conn: inbox.record_update(conn, 7, b"sealed", NOW))
    await db.write(lambda conn: inbox.mark_done(conn, 7))
    rows = await db.read(lambda conn: conn.raw.execute("SELECT body FROM inbox").fetchall())
    assert [tuple(row) for row in rows] == [(None,)]


async def test_an_update_put_aside_can_be_tried_again(db: Database) -> None:
    await db.write(lambda conn: inbox.record_update(conn, 7, b"sealed", NOW))
    await db.write(lambda conn: inbox.count_try(conn, 7, "KeyError"))
    await db.write(lambda conn: inbox.put_aside(conn, 7))
    assert await db.read(inbox.find_waiting) == []
    [aside] = await db.read(inbox.find_aside)
    assert (aside.update_id, aside.problem, aside.received_at) == (7, "KeyError", NOW)
    assert await db.write(inbox.reopen_aside) == 1
    assert [one.tries for one in await db.read(inbox.find_waiting)] == [0]


async def test_old_updates_are_forgotten_but_never_those_that_wait(db: Database) -> None:
    for number in (1, 2, 3):
        await db.write(partial(inbox.record_update, update_id=number, body=b"sealed", received_at=NOW))
    await db.write(lambda conn: inbox.mark_done(conn, 1))
    await db.write(lambda conn: inbox.put_aside(conn, 2, "KeyError"))
    await db.write(lambda conn: inbox.forget_before(conn, LATER, NOW))
    assert await db.read(inbox.count_by_state) == {"aside": 1, "waiting": 1}
    await db.write(lambda conn: inbox.forget_before(conn, LATER, LATER))
    assert await db.read(inbox.count_by_state) == {"waiting": 1}


async def test_replies_keep_their_order_and_leave_no_trace(db: Database) -> None:
    first = await db.write(lambda conn: outbox.plan_reply(conn, b"first", NOW))
    second = await db.write(lambda conn: outbox.plan_reply(conn, b"second", NOW))
    assert [(one.id, one.body) for one in await db.read(outbox.find_replies)] == [
        (first, b"first"),
        (second, b"second"),
    ]
    await db.write(lambda conn: outbox.settle_reply(conn, second))
    third = await db.write(lambda conn: outbox.plan_reply(conn, b"third", NOW))
    assert third > second
    assert await db.read(outbox.count_replies) == 2


async def test_a_person_is_a_pseudonym_and_a_language_until_erased(db: Database) -> None:
    assert await db.read(lambda conn: people.find_person(conn, b"someone")) is None
    for locale in ("fr", "ar"):
        await db.write(partial(people.choose_locale, pseudonym=b"someone", locale=locale, chosen_at=NOW))
    assert await db.read(lambda conn: people.find_person(conn, b"someone")) == Person("ar")
    assert await db.write(lambda conn: people.erase_person(conn, b"someone"))
    assert not await db.write(lambda conn: people.erase_person(conn, b"someone"))
    assert await db.read(lambda conn: people.find_person(conn, b"someone")) is None


async def test_who_agreed_has_an_address_and_keeps_the_language_chosen(db: Database) -> None:
    await db.write(partial(people.choose_locale, pseudonym=b"someone", locale="ar", chosen_at=NOW))
    await db.write(partial(people.keep_address, pseudonym=b"someone", locale="en", address=b"sealed", agreed_at=NOW))
    await db.write(lambda conn: people.keep_country(conn, b"someone", "TN"))
    await db.write(lambda conn: people.keep_stakeholder(conn, b"someone", "csos"))
    assert await db.read(lambda conn: people.find_person(conn, b"someone")) == Person("ar", b"sealed", "TN", "csos")


async def test_what_people_follow(db: Database) -> None:
    for subject in ("events", "event/forum", "events"):
        await db.write(partial(follows.keep_follow, pseudonym=b"someone", subject=subject, since_at=NOW))
    assert await db.read(lambda conn: follows.find_follows(conn, b"someone")) == ["event/forum", "events"]
    assert await db.read(lambda conn: follows.count_followers(conn, "events")) == 1
    assert await db.write(lambda conn: follows.drop_follow(conn, b"someone", "events"))
    assert not await db.write(lambda conn: follows.drop_follow(conn, b"someone", "events"))
    assert await db.write(lambda conn: follows.drop_of(conn, b"someone")) == 1


async def test_thumbs_are_counted(db: Database) -> None:
    for thumb in (Thumb.UP, Thumb.UP, Thumb.DOWN):
        await db.write(partial(feedback.count_feedback, entry="e", locale="ar", thumb=thumb, day=NOW.date()))
    assert await db.read(feedback.sum_feedback) == {("e", "ar", Thumb.UP): 2, ("e", "ar", Thumb.DOWN): 1}


async def test_submissions_are_found_by_receipt_and_measured(db: Database) -> None:
    assert await db.read(lambda conn: forms.measure_submissions(conn, "survey")) == (0, 0)
    kept = [StoredSubmission(name, "survey", "print", None, "ar", b"sealed", NOW.date()) for name in ("A", "B")]
    for one in kept:
        await db.write(partial(forms.keep_submission, submission=one))
    assert await db.read(lambda conn: forms.measure_submissions(conn, "survey")) == (2, 12)
    assert await db.read(lambda conn: forms.find_submission(conn, "B")) == kept[1]
    assert await db.read(lambda conn: forms.find_submission(conn, "C")) is None


async def test_what_happens_is_counted_by_day(db: Database) -> None:
    for day in (date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 20)):
        await db.write(partial(tally.count_once, day=day, locale="ar", what=What.ANSWERED, detail="forum-next"))
    assert await db.read(partial(tally.sum_tally, since=NOW.date())) == {("ar", What.ANSWERED, "forum-next"): 2}
    assert await db.read(partial(tally.sum_tally, since=date(2026, 1, 1))) == {("ar", What.ANSWERED, "forum-next"): 3}


async def test_who_may_be_written_to_is_counted_by_language(db: Database) -> None:
    await db.write(partial(people.choose_locale, pseudonym=b"only chose", locale="ar", chosen_at=NOW))
    for person in (b"one", b"two"):
        await db.write(partial(people.keep_address, pseudonym=person, locale="fr", address=b"sealed", agreed_at=NOW))
    assert await db.read(people.count_reachable) == {"fr": 2}


async def test_a_question_is_kept_settled_withdrawn_and_forgotten(db: Database) -> None:
    def make(name: str, day: date) -> Question:
        return Question(name, "ar", b"sealed", Outcome.SUGGESTED, day)

    for question in (make("old", date(2026, 1, 1)), make("new", date(2026, 11, 1)), make("mine", date(2026, 11, 1))):
        await db.write(partial(questions.keep_question, question=question))
    await db.write(lambda conn: questions.forget_before(conn, date(2026, 8, 1)))
    await db.write(lambda conn: questions.forget_question(conn, "mine"))
    await db.write(lambda conn: questions.set_outcome(conn, "new", Outcome.CHOSEN, "forum-next"))
    [left] = await db.read(questions.find_questions)
    assert (left.id, left.outcome, left.entry, left.asked_on) == (
        "new",
        Outcome.CHOSEN,
        "forum-next",
        date(2026, 11, 1),
    )


async def test_a_setting_is_kept(db: Database) -> None:
    assert await db.read(lambda conn: settings.find_setting(conn, "menu")) is None
    for value in ("one", "two"):
        await db.write(partial(settings.keep_setting, name="menu", value=value))
    assert await db.read(lambda conn: settings.find_setting(conn, "menu")) == "two"


async def test_a_context_is_replaced_and_expires(db: Database) -> None:
    for body in (b"first", b"second"):
        await db.write(partial(contexts.keep_context, pseudonym=b"someone", body=body, expires_at=LATER))
    assert await db.read(lambda conn: contexts.find_context(conn, b"someone", NOW)) == b"second"
    assert await db.read(lambda conn: contexts.find_context(conn, b"someone", LATER)) is None
    await db.write(lambda conn: contexts.forget_expired(conn, NOW))
    assert await db.read(lambda conn: contexts.count_of(conn, b"someone")) == 1
    await db.write(lambda conn: contexts.forget_expired(conn, LATER))
    assert await db.read(lambda conn: contexts.count_of(conn, b"someone")) == 0


async def test_an_alarm_set_again_is_moved_and_rings_when_due(db: Database) -> None:
    early = Alarm(b"a", b"someone", "event", "forum", b"sealed", NOW)
    late = Alarm(b"b", b"someone", "event", "forum", b"sealed", LATER)
    for alarm in (early, late, replace(early, due_at=NOW + timedelta(hours=1))):
        await db.write(partial(alarms.set_alarm, alarm=alarm))
    assert await db.read(alarms.find_next_due) == NOW + timedelta(hours=1)
    assert await db.read(partial(alarms.find_due, now=NOW, most=10)) == []
    due = await db.read(partial(alarms.find_due, now=LATER, most=10))
    assert [one.id for one in due] == [b"a", b"b"]
    assert due[1] == late
    assert await db.read(partial(alarms.find_about, kind="event", subject="forum")) == due


async def test_an_alarm_is_taken_back_only_by_whose_it_is(db: Database) -> None:
    await db.write(partial(alarms.set_alarm, alarm=Alarm(b"a", b"someone", "event", "forum", b"sealed", NOW)))
    assert not await db.write(partial(alarms.drop_alarm, alarm_id=b"a", pseudonym=b"other"))
    assert await db.write(partial(alarms.drop_alarm, alarm_id=b"a", pseudonym=b"someone"))
    assert await db.read(alarms.find_next_due) is None


async def test_a_change_of_the_content_is_decided_once_and_taken_back_once(db: Database) -> None:
    made = Change("one", "holder", "ar", State.ACCEPTED, "topics.yaml", "", b"sealed", NOW)
    await db.write(lambda conn: changes.keep_change(conn, made))
    assert await db.read(changes.find_accepted) == [made]
    assert await db.read(changes.find_last_live) is None
    assert await db.write(lambda conn: changes.set_state(conn, "one", State.ACCEPTED, State.LIVE))
    assert not await db.write(lambda conn: changes.set_state(conn, "one", State.ACCEPTED, State.REFUSED))
    live = replace(made, state=State.LIVE)
    assert await db.read(lambda conn: changes.find_change(conn, "one")) == live
    back = Change("two", "holder", "ar", State.LIVE, "topics.yaml", "one", b"sealed", LATER)
    await db.write(lambda conn: changes.keep_change(conn, back))
    # What takes something back is not taken back itself.
    assert await db.read(changes.find_last_live) == live
    listed = await db.read(lambda conn: changes.list_changes(conn, 9))
    assert listed == [replace(back, body=b""), replace(live, body=b"")]
    await db.write(lambda conn: changes.keep_change(conn, replace(made, id="three")))
    await db.write(lambda conn: changes.forget_before(conn, LATER, LATER))
    # What is still to be written is not forgotten.
    assert [one.id for one in await db.read(lambda conn: changes.list_changes(conn, 9))] == ["three", "two"]


async def test_a_proposal_is_dropped_once(db: Database) -> None:
    for name, at in (("old", NOW), ("new", LATER)):
        await db.write(partial(changes.keep_draft, draft_id=name, body=b"sealed", made_at=at))
    await db.write(lambda conn: changes.forget_before(conn, LATER, LATER))
    assert await db.read(lambda conn: changes.find_draft(conn, "old")) is None
    assert await db.read(lambda conn: changes.find_draft(conn, "new")) == b"sealed"
    assert await db.write(lambda conn: changes.drop_draft(conn, "new"))
    assert not await db.write(lambda conn: changes.drop_draft(conn, "new"))


async def test_who_waits_for_an_answer_waits_as_long_as_the_question_is_kept(db: Database) -> None:
    question = Question("abc", "en", b"sealed", Outcome.UNKNOWN, NOW.date())
    await db.write(lambda conn: questions.keep_question(conn, question))
    for subject in ("question/abc", "question/gone", "events"):
        await db.write(partial(follows.keep_follow, pseudonym=b"someone", subject=subject, since_at=NOW))
    await db.write(follows.forget_question_follows)
    assert await db.read(follows.find_question_subjects) == ["question/abc"]
    assert await db.read(lambda conn: follows.find_follows(conn, b"someone")) == ["events", "question/abc"]
    assert await db.write(lambda conn: questions.settle(conn, question, Outcome.ANSWERED, None))
    assert not await db.write(lambda conn: questions.settle(conn, question, Outcome.ANSWERED, None))
    found = await db.read(lambda conn: questions.find_question(conn, "abc"))
    assert found == replace(question, outcome=Outcome.ANSWERED)
    assert await db.write(lambda conn: follows.drop_followers(conn, "question/abc")) == 1
    assert await db.read(lambda conn: questions.find_question(conn, "gone")) is None
