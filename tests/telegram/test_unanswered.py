"""The gap loop: what was asked in vain, made a phrasing or an entry by staff, and told to whoever waited for it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.config import Settings
from bot.languages import Languages
from bot.services import intake, publishing, ringing
from bot.services.gaps import find_gaps
from bot.services.publishing import publish_changes
from bot.services.reloading import go_live
from bot.simulator import Message, Person
from bot.storage import changes, follows, questions
from bot.storage.questions import Outcome
from bot.storage.roles import Role
from tests.conftest import SAMPLE_CONTENT, Running, run_bot
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_editing import put_live, send
from tests.telegram.test_roles import give_role

ASKED = "price of tomatoes in sousse"
BUTTON = {
    "en": "🔔 Tell me when you know",
    "fr": "🔔 Prévenez-moi quand vous saurez",
    "ar": "🔔 أخبروني عندما يتوفر الجواب",
}
AGREE = {"en": "✅ Yes, I agree", "fr": "✅ Oui, d’accord", "ar": "✅ نعم، أوافق"}
VAIN = {"en": ASKED, "fr": "recette du couscous au poisson", "ar": "وصفة الكسكس بالسمك"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)
    monkeypatch.setattr(publishing, "BETWEEN_ROUNDS", 0.02)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(SAMPLE_CONTENT, tmp_path / "content")
    return settings.model_copy(update={"content_dir": tmp_path / "content"})


@pytest.fixture
async def hiwar(settings: Settings, languages: Languages) -> AsyncIterator[Running]:
    async with run_bot(settings, languages) as running:
        publishing_changes = asyncio.create_task(publish_changes(running.app))
        yield running
        publishing_changes.cancel()
        with suppress(asyncio.CancelledError):
            await publishing_changes


async def wait_for_answer(hiwar: Running, person: Person, code: str = "en") -> Message:
    """Ask in vain, and ask to be told."""
    unknown = await hiwar.ask(person, VAIN[code])
    await hiwar.press(person, unknown, BUTTON[code])
    if AGREE[code] in [label for row in rows(last(hiwar, person)) for label in row]:
        await hiwar.press(person, last(hiwar, person), AGREE[code])
    return last(hiwar, person)


async def wait_until_answered(hiwar: Running, text: str) -> None:
    """A question leaves the list once what was put live is learned, too."""
    for _ in range(1000):
        found = find_gaps(hiwar.app, await hiwar.app.db.read(questions.find_questions))
        if not any(text in gap.texts for gap in found):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"still a gap: {text}")


async def open_gap(hiwar: Running, staff: Person) -> Message:
    page = await hiwar.ask(staff, "/gaps")
    await hiwar.press(staff, page, rows(page)[0][0])
    return last(hiwar, staff)


@pytest.mark.parametrize(
    ("code", "noted", "found", "answer"),
    [
        ("en", "write to you here, once", "You asked: “price of tomatoes", "2030"),
        ("fr", "je vous écrirai ici, une seule fois", "Vous aviez demandé", "2030"),
        ("ar", "أكتب إليكم هنا مرة واحدة", "سألتم", "2030"),
    ],
)
async def test_who_waits_is_told_once_when_staff_make_the_phrasing(
    hiwar: Running, settings: Settings, code: str, noted: str, found: str, answer: str
) -> None:
    person = hiwar.simulator.add_person("Nadia", code)
    assert noted in (await wait_for_answer(hiwar, person, code)).text
    assert VAIN[code].split()[-1] in str(rows(await hiwar.ask(person, "/following")))
    staff = await give_role(hiwar, Role.STAFF)
    gap = await open_gap(hiwar, staff)
    assert VAIN[code] in gap.text.replace("\u2068", "")
    await hiwar.press(staff, gap, "✍️ To another entry")
    shown = await say_and_settle(hiwar, staff, "forum-next")
    assert f"+ {VAIN[code]}" in shown.text
    await put_live(hiwar, staff, shown)
    await hiwar.simulator.wait_until(lambda: found in last(hiwar, person).text, 20)
    assert answer in last(hiwar, person).text
    assert f"- {VAIN[code]}\n" in (settings.content_dir / "entries/forum-next.md").read_text("utf-8")
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    said = len(hiwar.simulator.messages(person))
    await go_live(hiwar.app)
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == said
    assert "gone unanswered lately" in (await hiwar.ask(staff, "/gaps")).text


async def say_and_settle(hiwar: Running, person: Person, text: str) -> Message:
    await hiwar.ask(person, text)
    await hiwar.settle()
    return last(hiwar, person)


async def test_alike_questions_stand_together_and_the_nearest_entries_are_offered(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    for text in (ASKED, "Prices of tomatoes, Sousse", "what is the price of a tomato in sousse?", "repair a bicycle"):
        await hiwar.ask(person, text)
    staff = await give_role(hiwar, Role.STAFF, "fr")
    page = await hiwar.ask(staff, "/gaps")
    assert "2 questions sans réponse" in page.text
    assert "3 × English\u00a0: «\u00a0Prices of tomatoes, Sousse\u00a0»" in page.text
    assert len(rows(page)) == 2
    offered = await hiwar.ask(person, "tables forum when")
    await hiwar.press(person, offered, "What are the round tables?")
    page = await hiwar.ask(staff, "/gaps")
    chosen = next(row[0] for row in rows(page) if "tables forum" in row[0])
    await hiwar.press(staff, page, chosen)
    gap = last(hiwar, staff)
    assert rows(gap)[0] == ["➕ Que sont les tables rondes\u00a0?"]
    await hiwar.press(staff, gap, rows(gap)[0][0])
    assert "+ tables forum when" in last(hiwar, staff).text
    await put_live(hiwar, staff, last(hiwar, staff), "fr")
    assert "table one" in (await hiwar.ask(person, "tables forum when")).text
    await wait_until_answered(hiwar, "tables forum when")


async def test_pages_are_turned(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    things = ("bicycle", "tomato", "piano", "window", "carpet", "kettle", "saddle", "pencil")
    for thing in things:
        await hiwar.ask(person, f"{thing} repair shop")
    staff = await give_role(hiwar, Role.STAFF)
    page = await hiwar.ask(staff, "/gaps")
    shown = {row[0] for row in rows(page)[:6]}
    assert len(rows(page)) == 7
    await hiwar.press(staff, page, rows(page)[-1][0])
    shown |= {row[0] for row in rows(last(hiwar, staff))[:2]}
    assert shown == {f"❓ {thing} repair shop" for thing in things}


async def test_a_new_entry_is_begun_filled_in_and_told(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await wait_for_answer(hiwar, person)
    staff = await give_role(hiwar, Role.STAFF)
    gap = await open_gap(hiwar, staff)
    await hiwar.press(staff, gap, "🆕 Begin a new entry")
    begun = last(hiwar, staff).document
    assert begun is not None
    assert begun.name == "price-of-tomatoes-in-sousse.md"
    text = begun.content.decode()
    assert f"# en: {ASKED}\n- {ASKED}\n" in text
    # As it is, it says what is missing.
    assert "Nothing was changed" in (await send(hiwar, staff, begun.name, begun.content)).text or rows(
        last(hiwar, staff)
    )
    filled = re.sub(r"^- $\n", "", text, flags=re.MULTILINE).replace("sources: []", "sources: [about-forum]")
    filled = re.sub(r"^topic: .*$", "topic: forum", filled, flags=re.MULTILINE)
    filled = filled.replace("# fr: ", "# fr: Les tomates").replace("# ar: ", "# ar: الطماطم")
    filled = re.sub(r"as_of: .*\nreviewed: .*", "as_of: 2022-12-31\nreviewed: 2026-11-20", filled)
    filled = "".join(f"{part}\n\nTwo dinars.\n" for part in re.split(r"\n\n(?=# )", filled.rstrip() + "\n"))
    asked = await send(hiwar, staff, begun.name, filled.encode())
    await hiwar.press(staff, asked, f"📄 entries/{begun.name}")
    await put_live(hiwar, staff, last(hiwar, staff))
    await hiwar.simulator.wait_until(lambda: "Two dinars" in last(hiwar, person).text, 20)


async def test_what_is_not_for_us_is_erased_and_nobody_waits_for_it(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await wait_for_answer(hiwar, person)
    await hiwar.ask(person, "prices of tomatoes sousse")
    staff = await give_role(hiwar, Role.STAFF)
    gap = await open_gap(hiwar, staff)
    await hiwar.press(staff, gap, "🚫 Not for us (erase)")
    assert "2 questions have been erased" in last(hiwar, staff).text
    assert await hiwar.app.db.read(questions.find_questions) == []
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    await hiwar.press(staff, last(hiwar, staff), "◀️ All questions")
    assert "gone unanswered lately" in last(hiwar, staff).text


async def test_what_nothing_answers_is_learned_and_erased_once_it_is_live(hiwar: Running, settings: Settings) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await wait_for_answer(hiwar, person)
    staff = await give_role(hiwar, Role.STAFF)
    gap = await open_gap(hiwar, staff)
    await hiwar.press(staff, gap, "🤷 Teach me to say “I don't know”")
    shown = last(hiwar, staff)
    assert ASKED in shown.text
    # Shown is not written: nothing is lost where it is left at that.
    assert len(await hiwar.app.db.read(questions.find_questions)) == 1
    await put_live(hiwar, staff, shown)
    written = (settings.content_dir / "out-of-scope.yaml").read_text("utf-8")
    assert written == f'- {{question: "{ASKED}", language: en}}\n'
    await go_live(hiwar.app)
    assert await hiwar.app.db.read(questions.find_questions) == []
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    # Asked again it is not kept again, and nobody is promised to be told.
    assert BUTTON["en"] not in {title for row in rows(await hiwar.ask(person, ASKED)) for title in row}
    assert await hiwar.app.db.read(questions.find_questions) == []
    await hiwar.press(staff, gap, "🤷 Teach me to say “I don't know”")
    assert "no longer kept" in last(hiwar, staff).text


async def test_an_entry_is_named_by_what_it_is_about_when_the_id_is_not_known(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.ask(person, ASKED)
    staff = await give_role(hiwar, Role.STAFF)
    gap = await open_gap(hiwar, staff)
    await hiwar.press(staff, gap, "✍️ To another entry")
    offered = await say_and_settle(hiwar, staff, "when is the next forum")
    assert "There is no entry" in offered.text
    await hiwar.press(staff, offered, "➕ When is the next forum?")
    assert f"+ {ASKED}" in last(hiwar, staff).text
    # Nothing is awaited any more: what is typed is a question.
    assert "2030" in (await hiwar.ask(staff, "when is the next forum")).text
    page = await hiwar.ask(staff, "/gaps")
    question = (await hiwar.app.db.read(questions.find_questions))[0]
    await hiwar.app.db.write(lambda conn: questions.forget_question(conn, question.id))
    await hiwar.press(staff, page, rows(page)[0][0])
    assert "no longer kept" in last(hiwar, staff).text


async def test_an_answer_found_not_useful_is_shown_with_its_file(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.press(person, await hiwar.ask(person, "when is the next forum"), "👎 Not helpful")
    staff = await give_role(hiwar, Role.STAFF)
    page = await hiwar.ask(staff, "/gaps")
    assert "👎 1 👍 0 When is the next forum?" in page.text
    await hiwar.press(staff, page, "📄 Get the file forum-next")
    assert last(hiwar, staff).document is not None


async def test_nobody_waits_without_having_agreed_nor_in_a_group_nor_for_what_is_gone(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    unknown = await hiwar.ask(person, ASKED)
    await hiwar.press(person, unknown, BUTTON["en"])
    await hiwar.press(person, last(hiwar, person), "No, keep nothing")
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    await hiwar.press(person, unknown, BUTTON["en"])
    await hiwar.press(person, last(hiwar, person), AGREE["en"])
    privacy = await hiwar.ask(person, "/privacy")
    assert "address" in privacy.text or "the number of this chat" in privacy.text
    await hiwar.press(person, unknown, "🗑 Don't keep it")
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    await forge(hiwar, person, last(hiwar, person), "o:en:question/nothing")
    assert "no longer kept" in last(hiwar, person).text
    group = hiwar.simulator.add_group("Workers", [person])
    hello = await hiwar.simulator.wait_for_reply(group)
    hiwar.simulator.say(person, f"@{hiwar.simulator.bot.username} {ASKED}", chat=group)
    assert BUTTON["en"] not in str(rows(await hiwar.simulator.wait_for_reply(group, after=hello)))


async def test_a_wait_ends_with_the_question_and_with_everything_else_that_is_erased(
    hiwar: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await wait_for_answer(hiwar, person)
    privacy = await hiwar.ask(person, "/privacy")
    await hiwar.press(person, privacy, rows(privacy)[0][0])
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    await wait_for_answer(hiwar, person)
    assert len(await hiwar.app.db.read(follows.find_question_subjects)) == 1
    monkeypatch.setattr(hiwar.app, "question_days", -1)
    await intake.forget_old(hiwar.app)
    assert await hiwar.app.db.read(follows.find_question_subjects) == []


async def test_who_asks_to_be_told_of_what_is_known_meanwhile_gets_it_at_once(
    hiwar: Running, settings: Settings
) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    unknown = await hiwar.ask(person, ASKED)
    file = settings.content_dir / "entries/forum-next.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace("- when is the next forum", f"- {ASKED}\n- when is the next forum"), "utf-8")
    await go_live(hiwar.app)
    [question] = await hiwar.app.db.read(questions.find_questions)
    assert question.outcome is Outcome.ANSWERED
    await hiwar.press(person, unknown, BUTTON["en"])
    await hiwar.press(person, last(hiwar, person), AGREE["en"])
    assert "2030" in last(hiwar, person).text
    assert await hiwar.app.db.read(follows.find_question_subjects) == []
    # Taken back, the question is open again.
    file.write_text(before, "utf-8")
    await go_live(hiwar.app)
    [question] = await hiwar.app.db.read(questions.find_questions)
    assert question.outcome is Outcome.UNKNOWN


async def test_without_the_role_there_is_no_door(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    await hiwar.ask(person, ASKED)
    [question] = await hiwar.app.db.read(questions.find_questions)
    for data in ("gaps", f"gap:{question.id}", f"gap+:{question.id}:forum-next", f"gap-new:{question.id}"):
        await forge(hiwar, person, last(hiwar, person), f"D:en:{data}")
        assert "older" in last(hiwar, person).text or "no longer works" in last(hiwar, person).text
    await forge(hiwar, person, last(hiwar, person), f"D:en:gap-drop:{question.id}")
    assert len(await hiwar.app.db.read(questions.find_questions)) == 1
    assert await hiwar.app.db.read(lambda conn: changes.list_changes(conn, 9)) == []
