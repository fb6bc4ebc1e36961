"""What was sent, changed and taken back, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.storage import forms, reviews
from bot.storage.database import Database
from bot.storage.forms import StoredSubmission

DAY, LATER = date(2026, 11, 20), date(2026, 12, 3)
NADIA, MALLORY = b"nadia", b"mallory"
SENT = StoredSubmission("AB", "visit", "print", NADIA, "en", b"sealed", DAY)
CHANGED = replace(SENT, fingerprint="newer", locale="ar", body=b"anew", changed_on=LATER)


async def keep(db: Database, *submissions: StoredSubmission) -> None:
    for one in submissions:
        await db.write(partial(forms.keep_submission, submission=one))


async def test_a_changed_submission_takes_the_place_of_the_one_with_its_receipt(db: Database) -> None:
    await keep(db, SENT)
    assert await db.write(lambda conn: forms.replace_submission(conn, CHANGED, NADIA))
    assert await db.read(lambda conn: forms.find_submissions(conn, "visit")) == [CHANGED]


async def test_nobody_replaces_what_somebody_else_sent(db: Database) -> None:
    await keep(db, SENT)
    assert not await db.write(lambda conn: forms.replace_submission(conn, CHANGED, MALLORY))
    assert await db.read(lambda conn: forms.find_submissions(conn, "visit")) == [SENT]
    assert await db.read(lambda conn: forms.find_own_submission(conn, "AB", NADIA)) == SENT
    assert await db.read(lambda conn: forms.find_own_submission(conn, "AB", MALLORY)) is None


async def test_who_becomes_anonymous_owns_it_no_more(db: Database) -> None:
    await keep(db, SENT)
    nameless = replace(CHANGED, pseudonym=None)
    assert await db.write(lambda conn: forms.replace_submission(conn, nameless, NADIA))
    assert await db.read(lambda conn: forms.find_submissions(conn, "visit")) == [nameless]
    assert not await db.write(lambda conn: forms.replace_submission(conn, CHANGED, NADIA))


async def test_what_was_taken_back_meanwhile_is_not_replaced(db: Database) -> None:
    await keep(db, SENT)
    await db.write(lambda conn: forms.withdraw(conn, "AB", NADIA))
    assert not await db.write(lambda conn: forms.replace_submission(conn, CHANGED, NADIA))
    assert await db.read(lambda conn: forms.find_submissions(conn, "visit")) == []


async def test_submissions_are_paged_by_their_codes_and_their_versions_are_known(db: Database) -> None:
    await keep(
        db,
        SENT,
        replace(SENT, id="CD", fingerprint="older"),
        replace(SENT, id="EF"),
        replace(SENT, id="X", form="seat"),
    )
    first = await db.read(lambda conn: forms.find_page(conn, "visit", "", 2))
    rest = await db.read(lambda conn: forms.find_page(conn, "visit", first[-1].id, 2))
    assert [one.id for one in (*first, *rest)] == ["AB", "CD", "EF"]
    assert await db.read(lambda conn: forms.find_fingerprints(conn, "visit")) == ["older", "print"]


async def test_a_version_is_kept_once(db: Database) -> None:
    for body in ("first", "second"):
        await db.write(partial(forms.keep_version, fingerprint="print", body=body))
    assert await db.read(lambda conn: forms.find_version(conn, "print")) == "first"


async def test_a_decision_is_forgotten_when_what_it_was_about_has_changed(db: Database) -> None:
    for receipt in ("AB", "CD"):
        await db.write(partial(reviews.begin_review, submission=receipt, state="approved", decided_on=DAY))
    await db.write(lambda conn: reviews.forget_review(conn, "AB"))
    assert await db.read(reviews.find_reviews) == {"CD": "approved"}
