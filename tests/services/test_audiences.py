"""Audiences: as words, as buttons, and whom they really reach, on SQLite and on PostgreSQL."""

from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Library
from bot.errors import AudienceUnreadable
from bot.languages import Languages
from bot.services.audiences import read_audience, write_audience
from bot.services.choices import Choices
from bot.storage import audiences, broadcasts, deliveries, follows, forms, people
from bot.storage.audiences import EVERYBODY, AllOf, AnyOf, Audience, Criterion, Is, Not, Reach
from bot.storage.database import Connection, Database
from bot.storage.deliveries import DeliveryState, Filling, Settled
from bot.storage.forms import StoredSubmission
from bot.storage.moments import from_ms

AT = from_ms(10**12)
# Pseudonym, language, country, group, what they follow, forms they sent.
PEOPLE = {
    b"amina": ("ar", "EG", "migrants", ("news",), ()),
    b"basma": ("ar", "JO", "csos", ("news", "less/forum"), ("survey",)),
    b"chloe": ("fr", "TN", "csos", ("topic/forum", "event/forum-day"), ()),
    b"david": ("en", "", "", ("news", "coming/forum-day"), ("survey",)),
    b"elias": ("en", "EG", "-", (), ()),
}
IS = {
    "amina": Is(Criterion.COUNTRY, "EG"),
    "arabic": Is(Criterion.LOCALE, "ar"),
    "csos": Is(Criterion.STAKEHOLDER, "csos"),
    "event": Is(Criterion.EVENT, "forum-day"),
    "unanswered": Is(Criterion.UNANSWERED, "survey"),
    "follows": Is(Criterion.FOLLOWS, "topic/forum"),
}


def fill(conn: Connection) -> None:
    for pseudonym, (locale, country, group, subjects, sent) in PEOPLE.items():
        people.keep_address(conn, pseudonym, locale, b"sealed", AT)
        people.keep_country(conn, pseudonym, country)
        people.keep_stakeholder(conn, pseudonym, group)
        for subject in subjects:
            follows.keep_follow(conn, pseudonym, subject, AT)
        for form in sent:
            one = StoredSubmission(pseudonym.hex(), form, "print", pseudonym, locale, b"sealed", AT.date())
            forms.keep_submission(conn, one)
    people.keep_address(conn, b"gone", "en", b"sealed", AT)
    follows.keep_follow(conn, b"gone", "news", AT)
    people.mark_unreachable(conn, b"gone", AT)
    people.choose_locale(conn, b"shy", "en", AT)
    follows.keep_follow(conn, b"shy", "news", AT)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (EVERYBODY, "amina basma chloe david"),
        (IS["amina"], "amina"),
        (IS["arabic"], "amina basma"),
        (Not(IS["arabic"]), "chloe david"),
        (AllOf((IS["arabic"], IS["csos"])), "basma"),
        (AnyOf((IS["csos"], IS["amina"])), "amina basma chloe"),
        (IS["event"], "chloe david"),
        (IS["unanswered"], "amina chloe"),
        (IS["follows"], "chloe"),
        (AllOf((Not(AnyOf((IS["csos"], IS["event"]))), IS["arabic"])), "amina"),
        (AnyOf(()), ""),
    ],
)
async def test_whom_an_audience_reaches(db: Database, audience: Audience, reached: str) -> None:
    await db.write(fill)
    reach = Reach(audience, ("news", "topic/forum"))
    assert sum(row[3] for row in await db.read(partial(audiences.count_reached, reach=reach))) == len(reached.split())
    number = await db.write(lambda conn: broadcasts.plan_broadcast(conn, "a", "[]", AT, "console"))
    filling = Filling(number, reach, AT, None, (), AT, {}, AT)
    pages = [await db.write(partial(deliveries.fill_page, filling=filling, after=b"", most=9))]
    pages.append(await db.write(partial(deliveries.fill_page, filling=filling, after=pages[0][1], most=9)))
    assert [count for count, _ in pages] == [len(reached.split()), 0]
    due = await db.read(partial(deliveries.find_due, number=number, now=AT, most=9))
    assert " ".join(one.pseudonym.decode() for one in due) == reached


async def test_who_muted_a_topic_is_left_out(db: Database) -> None:
    await db.write(fill)
    reach = Reach(EVERYBODY, ("news",), ("less/forum",))
    assert sum(row[3] for row in await db.read(partial(audiences.count_reached, reach=reach))) == 2


async def test_above_the_limit_people_are_held_for_the_digest(db: Database) -> None:
    await db.write(fill)
    await db.write(lambda conn: follows.keep_follow(conn, b"david", "less", AT))
    numbers = [
        await db.write(partial(broadcasts.plan_broadcast, announcement=name, audience="[]", start_at=AT, holder="c"))
        for name in "ab"
    ]
    later = from_ms(2 * 10**12)
    for number, recent in zip(numbers, ((), (numbers[0],)), strict=True):
        filling = Filling(number, Reach(EVERYBODY, ("news",)), AT, 1, recent, later, {"EG": later}, AT)
        await db.write(partial(deliveries.fill_page, filling=filling, after=b"", most=9))
        # The night of one country: it is not due there yet.
        due = await db.read(partial(deliveries.find_due, number=number, now=AT, most=9))
        assert [one.pseudonym for one in due] == ([b"basma"] if number == numbers[0] else [])
    assert await db.read(partial(deliveries.find_held_people, now=AT, most=9)) == []
    held = await db.read(partial(deliveries.find_held_people, now=later, most=9))
    assert sorted(held) == [b"amina", b"basma", b"david"]
    of_david = await db.read(partial(deliveries.find_held_of, pseudonym=b"david"))
    assert [number for number, _ in of_david] == numbers


async def test_a_delivery_is_settled_once_and_what_was_under_way_is_unknown(db: Database) -> None:
    await db.write(fill)
    number = await db.write(lambda conn: broadcasts.plan_broadcast(conn, "a", "[]", AT, "console"))
    filling = Filling(number, Reach(EVERYBODY, ("news",)), AT, None, (), AT, {}, AT)
    await db.write(partial(deliveries.fill_page, filling=filling, after=b"", most=9))
    rows = [(number, b"amina"), (number, b"basma")]
    await db.write(lambda conn: deliveries.mark_sending(conn, rows, DeliveryState.PLANNED))
    sent = Settled(number, b"amina", DeliveryState.SENT, 7)
    await db.write(lambda conn: deliveries.settle(conn, [sent], AT))
    await db.write(lambda conn: deliveries.settle(conn, [Settled(number, b"amina", DeliveryState.BLOCKED)], AT))
    assert await db.write(partial(deliveries.interrupt, now=AT)) == 1

    def count(conn: Connection) -> dict[str, int]:
        tallies = [one for part in deliveries.SLICES for one in deliveries.count_states(conn, number, part)]
        return {one.state.value: one.count for one in tallies}

    assert await db.read(count) == {"sent": 1, "unknown": 1, "planned": 1}
    assert await db.write(partial(deliveries.plan_unknown_again, number=number, now=AT)) == 1
    second = await db.write(lambda conn: broadcasts.plan_broadcast(conn, "b", "[]", AT, "console", corrects=number))
    page = await db.write(
        partial(deliveries.fill_correction, number=second, corrects=number, now=AT, after=b"", most=9)
    )
    assert page == (1, b"amina")
    [due] = await db.read(partial(deliveries.find_due, number=second, now=AT, most=9))
    assert due.message_id == 7
    assert await db.write(partial(deliveries.cancel, number=number, now=AT)) == 2
    assert await db.write(partial(deliveries.forget_page, number=number, most=9)) == 3


@pytest.fixture
def app(library: Library, languages: Languages) -> SimpleNamespace:
    return SimpleNamespace(library=library, languages=languages)


@pytest.mark.parametrize(
    ("words", "audience"),
    [
        ("", EVERYBODY),
        ("all", EVERYBODY),
        ("locale:ar", Is(Criterion.LOCALE, "ar")),
        ("not country:EG", Not(Is(Criterion.COUNTRY, "EG"))),
        (
            "locale:ar and country:EG or country:JO",
            AnyOf((AllOf((Is(Criterion.LOCALE, "ar"), Is(Criterion.COUNTRY, "EG"))), Is(Criterion.COUNTRY, "JO"))),
        ),
        (
            "locale:ar AND (country:EG OR country:JO)",
            AllOf((Is(Criterion.LOCALE, "ar"), AnyOf((Is(Criterion.COUNTRY, "EG"), Is(Criterion.COUNTRY, "JO"))))),
        ),
    ],
)
def test_words_are_read(app: SimpleNamespace, words: str, audience: Audience) -> None:
    assert read_audience(app, words) == audience  # type: ignore[arg-type]
    assert audiences.from_json(audiences.to_json(audience)) == audience


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("locale", "“locale” is no condition"),
        ("locale:xx", "“xx” is no locale: use one of ar, en, fr"),
        ("age:5", "is no condition: use locale:…, country:…"),
        ("(locale:ar", "A parenthesis is not closed"),
        ("locale:ar)", "“)” is not expected there"),
        ("locale:ar and", "It ends where a condition is expected"),
        ("locale:ar'; DROP TABLE person", "is no locale"),
    ],
)
def test_words_that_cannot_be_read_say_why(app: SimpleNamespace, words: str, said: str) -> None:
    with pytest.raises(AudienceUnreadable, match=said.replace("(", r"\(").replace(")", r"\)").replace("…", ".")):
        read_audience(app, words)  # type: ignore[arg-type]


CONDITIONS = st.sampled_from(
    [Is(Criterion.LOCALE, "ar"), Is(Criterion.LOCALE, "en"), Is(Criterion.COUNTRY, "EG"), Is(Criterion.COUNTRY, "JO")]
)


@given(st.lists(CONDITIONS, max_size=12), st.booleans())
def test_buttons_make_what_they_show(pressed: list[Is], any_will_do: bool) -> None:
    choices = Choices(any_will_do=any_will_do)
    for one in pressed:
        choices = choices.turn(one)
    made = Choices.from_audience(choices.to_audience())
    assert made is not None
    assert set(made.wanted) == set(choices.wanted)
    assert set(made.unwanted) == set(choices.unwanted)
    assert not set(choices.wanted) & set(choices.unwanted)


@given(st.lists(CONDITIONS, min_size=1, max_size=6, unique=True))
def test_what_is_written_is_read_again(pressed: list[Is]) -> None:
    choices = Choices()
    for one in pressed:
        choices = choices.turn(one)
    assert write_audience(choices.to_audience()).count(":") == len(pressed)
