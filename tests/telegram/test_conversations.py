"""Whole conversations: a person in the simulator, the real client, the real bot, a real database."""

import itertools
from typing import Any

import pytest

from bot.languages import hold_spaces
from bot.simulator import Fails, Message, Person
from bot.storage import feedback, inbox, people, questions
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome
from tests.conftest import Running

FORGED = itertools.count(9_000_000_000)


def rows(message: Message) -> list[list[str]]:
    markup: Any = message.reply_markup or {"inline_keyboard": []}
    return [[button["text"] for button in row] for row in markup["inline_keyboard"]]


def last(hiwar: Running, person: Person) -> Message:
    return hiwar.simulator.messages(person)[-1]


async def forge(hiwar: Running, person: Person, message: Message, data: str) -> None:
    """Send a press on a button the message does not have, as a changed client could, and wait until it is handled."""
    user = {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": person.language_code}
    under = {"message_id": message.id, "date": 0, "chat": {"id": person.id, "type": "private"}}
    forged = {"id": "1", "from": user, "chat_instance": "1", "data": data, "message": under}
    before = len(hiwar.simulator.calls)
    hiwar.simulator.push_raw({"update_id": next(FORGED), "callback_query": forged})
    await hiwar.simulator.wait_until(
        lambda: any(call.method == "answerCallbackQuery" for call in list(hiwar.simulator.calls)[before:])
    )
    await hiwar.settle()


@pytest.mark.parametrize(
    ("code", "question", "answer"),
    [
        ("en", "when is the next forum", "2030"),
        ("fr", "quand est le prochain forum", "prévu en 2030"),
        ("ar", "متى المنتدى القادم", "مقرر في عام 2030"),
        ("en", "امتى المنتدى الجاي؟", "مقرر في عام 2030"),
        ("ar", "what are the round tables", "table one"),
    ],
)
async def test_a_question_is_answered_in_its_own_language(
    hiwar: Running, code: str, question: str, answer: str
) -> None:
    person = hiwar.simulator.add_person("Samira", code)
    assert answer in (await hiwar.ask(person, question)).text


async def test_an_answer_ends_with_date_source_related_questions_and_thumbs(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "when is the next forum")
    assert "As of 31 December 2022. Source:\n• About the Forum (2022)" in reply.text
    assert rows(reply) == [
        ["What are the round tables?"],
        ["Can I watch online?"],
        ["👍 Helpful", "👎 Not helpful", "↗️ Share"],
    ]


async def test_buttons_of_a_row_run_from_the_right_in_arabic(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("سميرة", "ar")
    reply = await hiwar.ask(person, "متى المنتدى القادم")
    assert rows(reply)[-1] == ["↗️ مشاركة", "👎 غير مفيد", "👍 مفيد"]
    assert "\u2068IMRF\u2069" in reply.text


async def test_a_related_question_is_one_press_away(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Horizon", "fr")
    reply = await hiwar.ask(person, "quand est le prochain forum")
    await hiwar.press(person, reply, hold_spaces("fr", "Que sont les tables rondes ?"))
    assert "Il y en a quatre." in last(hiwar, person).text


async def test_an_entry_without_the_language_says_which_it_uses(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("سميرة", "ar")
    reply = await hiwar.ask(person, "متى المنتدى القادم")
    await hiwar.press(person, reply, "Can I watch online?")
    assert "English" in last(hiwar, person).text
    assert "3 < 4 & more." in last(hiwar, person).text


@pytest.mark.parametrize(("label", "thumb", "thanks"), [("👍", Thumb.UP, "Thank you!"), ("👎", Thumb.DOWN, "Try")])
async def test_a_thumb_is_counted_and_not_who_gave_it(hiwar: Running, label: str, thumb: Thumb, thanks: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "when is the next forum")
    button = next(text for text in rows(reply)[-1] if text.startswith(label))
    await hiwar.press(person, reply, button)
    assert await hiwar.app.db.read(feedback.sum_feedback) == {("forum-next", "en", thumb): 1}
    assert thanks in rows(reply)[-1][0]
    await hiwar.press(person, reply, rows(reply)[-1][0])
    assert await hiwar.app.db.read(feedback.sum_feedback) == {("forum-next", "en", thumb): 1}


async def test_start_greets_in_the_language_of_the_phone(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Horizon", "fr-CA")
    reply = await hiwar.ask(person, "/start")
    assert "Bienvenue" in reply.text
    assert rows(reply)[0] == ["📅 Prochains rendez-vous", "📣 Actualités"]
    assert ["🏛 Le Forum", "🛟 Sécurité"] in rows(reply)


async def test_start_greets_in_every_language_where_none_is_known(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Ana", "pt")
    reply = await hiwar.ask(person, "/start")
    assert all(word in reply.text for word in ("Hello", "Bonjour", "مرحباً"))
    assert sorted(rows(reply)[0]) == ["English", "Français", "العربية"]


async def test_a_chosen_language_is_kept_shown_and_erased(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Ana", "pt")
    greeting = await hiwar.ask(person, "/start")
    await hiwar.press(person, greeting, "Français")
    assert "français" in greeting.text
    assert len(hiwar.simulator.messages(person)) == 2
    assert "Français" in (await hiwar.ask(person, "/privacy")).text
    await hiwar.press(person, last(hiwar, person), "🗑 Tout effacer")
    pseudonym = hiwar.app.cipher.pseudonym("telegram", person.id)
    assert await hiwar.app.db.read(lambda conn: people.find_person(conn, pseudonym)) is None
    assert "Nothing is stored about you" in (await hiwar.ask(person, "/privacy")).text


async def test_topics_are_browsed_in_place(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    menu = await hiwar.ask(person, "/topics")
    await hiwar.press(person, menu, "🏛 The Forum")
    assert rows(menu)[:2] == [["When is the next forum?"], ["Can I watch online?"]]
    await hiwar.press(person, menu, "📚 All topics")
    assert "What would you like to know" in menu.text
    assert len(hiwar.simulator.messages(person)) == 2


async def test_an_unknown_question_is_admitted_kept_without_who_and_withdrawn(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "how do i bake bread with olives")
    assert "I don't have an answer" in reply.text
    [kept] = await hiwar.app.db.read(questions.find_questions)
    assert hiwar.app.cipher.open(kept.body, "question") == "how do i bake bread with olives"
    await hiwar.press(person, reply, "🗑 Don't keep it")
    assert await hiwar.app.db.read(questions.find_questions) == []
    assert "erased" in reply.text


async def test_did_you_mean_offers_takes_and_admits(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    first = await hiwar.ask(person, "watch forum")
    assert "Did you mean" in first.text
    await hiwar.press(person, first, "Can I watch online?")
    assert "on the web" in last(hiwar, person).text
    second = await hiwar.ask(person, "watch forum")
    await hiwar.press(person, second, "None of these")
    assert "I don't have an answer" in second.text
    outcomes = {one.outcome for one in await hiwar.app.db.read(questions.find_questions)}
    assert outcomes == {Outcome.CHOSEN, Outcome.NONE_OF_THESE}


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        ("photo", "picture"),
        ("video", "video"),
        ("voice", "voice"),
        ("sticker", "Nice"),
        ("document", "files"),
        ("location", "Which of these countries"),
        ("contact", "number"),
    ],
)
async def test_what_is_not_text_gets_a_kind_reply(hiwar: Running, attachment: str, words: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.send(person, attachment)
    assert words in (await hiwar.simulator.wait_for_reply(person)).text


async def test_a_caption_is_a_question(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.send(person, "photo", caption="when is the next forum")
    assert "2030" in (await hiwar.simulator.wait_for_reply(person)).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("😀" * 40, "words best"),
        ("؟!...", "words best"),
        ("\u064e\u064f", "words best"),
        ("zq " * 1300, "long messages"),
        ("<b>bold</b> & <script>", "I don't have an answer"),
        ("' OR 1=1; --", "I don't have an answer"),
        ("/nonsense<i>", "I don't have an answer"),
        ("/nonsense", "/nonsense"),
    ],
)
async def test_nonsense_gets_a_kind_reply(hiwar: Running, text: str, words: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    assert words in (await hiwar.ask(person, text[:4096])).text


async def test_other_peoples_words_and_long_stories_are_not_kept(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.say(person, "the price of olives in the market", forwarded=True)
    assert "forwarded" in (await hiwar.simulator.wait_for_reply(person)).text
    await hiwar.ask(person, "my story is long " * 60)
    assert await hiwar.app.db.read(questions.find_questions) == []


async def test_an_edited_message_is_explained(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    message = hiwar.simulator.say(person, "when is the next forum")
    reply = await hiwar.simulator.wait_for_reply(person)
    hiwar.simulator.edit(person, message, "what are the round tables")
    assert "only once" in (await hiwar.simulator.wait_for_reply(person, after=reply)).text


@pytest.mark.parametrize(
    "data", ["", "e:en", "e:en:no-such-entry", "s:en:forum:x", "zz:en", "l:xx", "f:en:forum-next:no"]
)
async def test_an_old_or_forged_button_gets_the_menu_and_changes_nothing(hiwar: Running, data: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "when is the next forum")
    await forge(hiwar, person, reply, data)
    assert await hiwar.app.db.read(feedback.sum_feedback) == {}
    assert "no longer works" in last(hiwar, person).text or "Choose a question" in reply.text


async def test_in_groups_it_answers_only_when_addressed(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    group = hiwar.simulator.add_group("Migrants of the city", [person])
    hello = await hiwar.simulator.wait_for_reply(group)
    assert "mention me" in hello.text
    hiwar.simulator.say(person, "when is the next forum", chat=group)
    await hiwar.settle()
    assert hiwar.simulator.messages(group)[-1].text == "when is the next forum"
    hiwar.simulator.say(person, f"@{hiwar.simulator.bot.username} when is the next forum", chat=group)
    reply = await hiwar.simulator.wait_for_reply(group)
    assert "2030" in reply.text
    hiwar.simulator.say(person, "what are the round tables", chat=group, reply_to=reply)
    assert "table one" in (await hiwar.simulator.wait_for_reply(group)).text


async def test_an_unreadable_update_is_put_aside_and_holds_nobody_up(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.push_raw({"update_id": 8_000_000_000, "message": {"message_id": "broken", "date": "never"}})
    hiwar.simulator.push_raw({"update_id": 8_000_000_001, "message": "not even an object"})
    assert "2030" in (await hiwar.ask(person, "when is the next forum")).text
    await hiwar.settle()
    aside = await hiwar.app.db.read(inbox.find_aside)
    assert {one.update_id for one in aside} == {8_000_000_000, 8_000_000_001}


async def test_the_same_update_twice_is_answered_once(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.faults.add(Fails.TWICE, times=1)
    await hiwar.ask(person, "when is the next forum")
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == 2


@pytest.mark.parametrize("failure", ["FLOOD", "GATEWAY", "RESET"])
async def test_a_reply_is_sent_again_when_telegram_falters(hiwar: Running, failure: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.faults.add(Fails[failure], "sendMessage", times=1, retry_after=1)
    assert "2030" in (await hiwar.ask(person, "when is the next forum")).text
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == 2


async def test_somebody_who_blocked_the_bot_leaves_nothing_behind(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.faults.add(Fails.BLOCKED, "sendMessage", times=1)
    hiwar.simulator.say(person, "when is the next forum")
    await hiwar.settle()
    assert len(hiwar.simulator.messages(person)) == 1


async def test_one_chats_wait_does_not_hold_up_another(hiwar: Running) -> None:
    slow, quick = hiwar.simulator.add_person("Slow", "en"), hiwar.simulator.add_person("Quick", "en")
    hiwar.simulator.faults.add(Fails.FLOOD, "sendMessage", chat_id=slow.id, times=1, retry_after=2)
    hiwar.simulator.say(slow, "when is the next forum")
    assert "2030" in (await hiwar.ask(quick, "when is the next forum")).text
    assert len(hiwar.simulator.messages(slow)) == 1
    assert "2030" in (await hiwar.simulator.wait_for_reply(slow)).text


async def test_the_command_menu_is_there_in_each_language(hiwar: Running) -> None:
    languages = 4  # three, and one for everybody else
    await hiwar.simulator.wait_until(
        lambda: sum(c.method == "setMyShortDescription" for c in hiwar.simulator.calls) == languages
    )
    expected = {"ar": "اختيار اللغة", "fr": "Choisir votre langue", "pt": "Choose your language"}
    for code, description in expected.items():
        menu = hiwar.simulator.command_menu(hiwar.simulator.add_person("Somebody", code))
        assert description in str(menu)


async def test_nothing_telegram_refuses_is_ever_sent(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    for text in ("/start", "/help", "/language", "/topics", "/privacy", "when is the next forum", "bread"):
        await hiwar.ask(person, text)
    await hiwar.settle()
    assert hiwar.simulator.refused == []


@pytest.mark.parametrize("question", ["my passport photo size in pixels for printing", "danger zone lyrics"])
async def test_help_that_knows_little_of_what_was_said_is_offered_first(hiwar: Running, question: str) -> None:
    person = hiwar.simulator.add_person("Amina", "en")
    reply = await hiwar.ask(person, question)
    assert "emergency" not in reply.text
    assert reply.buttons[0][0]["text"] == "I am in danger"


async def test_help_is_shown_rather_than_asked_back_and_leaves_no_trace(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Amina", "en")
    reply = await hiwar.ask(person, "please somebody i am in real danger in this house")
    assert "emergency" in reply.text
    assert await hiwar.app.db.read(questions.find_questions) == []
