"""How much the bot is used: counted without anybody, shown as a chart and lines, never so few that one could be made out."""

from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.config import Settings
from bot.languages import Languages
from bot.messages import Attachment
from bot.services.charts import draw_chart
from bot.services.numbers import Numbers, add_up, find_numbers
from bot.simulator import Person
from bot.simulator.images import find_size
from bot.storage import people, roles, tally
from bot.storage.moments import from_ms
from bot.storage.roles import Role
from bot.storage.tally import What
from tests.conftest import SAMPLE_CONTENT, SAMPLE_DAY, Running
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role

FORUM, TABLES = "when is the next forum", "what are the round tables"
UNCLEAR, UNKNOWN = "watch forum", "how do i bake bread with yeast"


async def ask_often(hiwar: Running, question: str, times: int, code: str = "en") -> None:
    for number in range(times):
        await hiwar.ask(hiwar.simulator.add_person(f"Person {number}", code), question)


async def count(hiwar: Running) -> dict[tuple[str, What, str], int]:
    return dict(await hiwar.app.db.read(partial(tally.sum_tally, since=hiwar.app.today())))


async def make_reachable(hiwar: Running, locale: str, many: int) -> None:
    for number in range(many):
        person = f"{locale}{number}".encode()
        await hiwar.app.db.write(
            partial(people.keep_address, pseudonym=person, locale=locale, address=b"sealed", agreed_at=from_ms(0))
        )


@pytest.mark.parametrize(
    ("code", "title", "few", "in_all"),
    [
        ("en", "The bot in numbers", "fewer than 5", "In all: at least 6"),
        ("fr", "en chiffres", "moins de 5", "En tout\u00a0: au moins 6"),
        ("ar", "بالأرقام", "أقل من 5", "المجموع: 6 على الأقل"),
    ],
)
async def test_staff_see_a_chart_and_a_few_lines_in_their_language(
    hiwar: Running, code: str, title: str, few: str, in_all: str
) -> None:
    staff = await give_role(hiwar, Role.STAFF, code)
    await make_reachable(hiwar, "ar", 6)
    chart = await hiwar.ask(staff, "/stats")
    await hiwar.settle()
    told = last(hiwar, staff)
    assert chart.attachment is Attachment.PHOTO
    assert chart.file is not None
    assert find_size(chart.file.content) == (1100, 880)
    assert title in told.text
    assert few in told.text
    assert in_all in told.text.replace("\u2068", "").replace("\u2069", "")
    assert len(rows(told)[0]) == 3


async def test_what_became_of_questions_is_counted_by_language_and_entry(hiwar: Running) -> None:
    await ask_often(hiwar, FORUM, 5)
    await ask_often(hiwar, TABLES, 4)
    await ask_often(hiwar, "quand est le prochain forum", 6, "fr")
    await ask_often(hiwar, UNKNOWN, 5)
    staff = await give_role(hiwar, Role.ORGANIZER)
    await hiwar.ask(staff, "/stats 7")
    await hiwar.settle()
    text = last(hiwar, staff).text
    assert "English: 9 · fewer than 5 · 5" in text
    assert "Français: 6 · fewer than 5 · fewer than 5" in text
    assert "The Forum: 11" in text
    assert "• When is the next forum?: 11" in text
    assert "round tables" not in text


async def test_a_choice_among_what_was_offered_is_counted_for_the_entry(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    offered = await hiwar.ask(person, UNCLEAR)
    assert rows(offered)[-1] == ["None of these"]
    await hiwar.press(person, offered, rows(offered)[0][0])
    counts = await count(hiwar)
    assert [times for (_, what, _), times in counts.items() if what is What.SUGGESTED] == [1]
    assert [entry for (_, what, entry) in counts if what is What.CHOSEN] != [""]


async def test_a_question_that_leans_on_the_last_one_is_counted(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.ask(person, "when is the regional day")
    before = await count(hiwar)
    await hiwar.ask(person, "when is the next one?")
    await hiwar.settle()
    assert set((await count(hiwar)).items()) - set(before.items()) == {(("en", What.ANSWERED, ""), 1)}


async def test_a_group_s_question_is_counted_and_nothing_about_safety_is(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    group = hiwar.simulator.add_group("Workers", [person])
    hello = await hiwar.simulator.wait_for_reply(group)
    hiwar.simulator.say(person, f"@{hiwar.simulator.bot.username} {FORUM}", chat=group)
    await hiwar.simulator.wait_for_reply(group, after=hello)
    await hiwar.ask(person, "i am in danger")
    await hiwar.settle()
    assert await count(hiwar) == {("en", What.ANSWERED, "forum-next"): 1}


async def test_forms_begun_and_sent_are_counted(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "fr")
    begin = await hiwar.ask(person, "/start visit_fr")
    await hiwar.press(person, begin, rows(begin)[0][0])
    assert await count(hiwar) == {("fr", What.BEGUN, "visit"): 1}


async def test_no_total_gives_away_what_is_not_shown(hiwar: Running) -> None:
    await make_reachable(hiwar, "ar", 7)
    await make_reachable(hiwar, "en", 3)
    assert add_up((7, None, 5)) == (12, False)
    await ask_often(hiwar, TABLES, 4)
    await ask_often(hiwar, FORUM, 5)
    numbers = await hiwar.app.db.read(lambda conn: find_numbers(hiwar.app, conn, 30, "en"))
    assert numbers.people == {"ar": 7, "en": None, "fr": None}
    # The topic's nine would give away the four beside the five.
    assert numbers.topics == (("The Forum", 5),)


async def test_who_has_no_role_finds_no_numbers(hiwar: Running) -> None:
    stranger = hiwar.simulator.add_person("Stranger", "en")
    assert "/stats" in (await hiwar.ask(stranger, "/stats")).text
    assert "numbers" not in last(hiwar, stranger).text
    await forge(hiwar, stranger, last(hiwar, stranger), "D:en:stats:7")
    assert all(message.attachment is None for message in hiwar.simulator.messages(stranger))


async def test_a_role_taken_away_ends_the_numbers(hiwar: Running) -> None:
    staff = await give_role(hiwar, Role.STAFF)
    await hiwar.ask(staff, "/stats")
    await hiwar.settle()
    told, photos = last(hiwar, staff), count_photos(hiwar, staff)
    [holder] = await hiwar.app.db.read(roles.find_holders)
    await hiwar.app.db.write(lambda conn: roles.drop_holder(conn, holder.holder))
    await hiwar.press(staff, told, "7 days")
    assert count_photos(hiwar, staff) == photos


def count_photos(hiwar: Running, person: Person) -> int:
    return sum(message.attachment is Attachment.PHOTO for message in hiwar.simulator.messages(person))


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_a_chart_can_be_drawn_of_nothing_and_of_much(languages: Languages, locale: str) -> None:
    """A letter the font does not have would warn, and a warning fails."""
    nothing = Numbers(SAMPLE_DAY, SAMPLE_DAY, {"ar": None}, {"ar": (None, None, None)}, (), (), {})
    much = Numbers(
        SAMPLE_DAY,
        SAMPLE_DAY,
        {"ar": 10**6},
        {"ar": (10**6, 5, None)},
        (("المنتدى (IMRF) $x$ " * 3, 7),),
        (),
        {"Engagement": (9, None)},
    )
    for numbers in (nothing, much):
        assert find_size(draw_chart(languages, locale, numbers)) == (1100, 880)


def test_the_command_shows_and_draws_the_same(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    var = settings.var_dir
    for name, value in (("CONTENT", SAMPLE_CONTENT), ("VAR", var)):
        monkeypatch.setenv(f"HIWAR_{name}_DIR", str(value))
    monkeypatch.setenv("HIWAR_DATABASE_URL", settings.database_url)
    var.mkdir()
    chart = Path(var / "chart.png")
    found = CliRunner().invoke(cli, ["stats", "--days", "9", "--chart", str(chart), "--language", "fr"])
    assert "moins de 5" in found.output
    assert "<" not in found.output
    assert find_size(chart.read_bytes()) == (1100, 880)
