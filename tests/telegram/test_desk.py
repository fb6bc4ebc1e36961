"""Asking a person: the question goes to the staff's group, answers come back, and neither side sees the other."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.config import Settings
from bot.errors import Outdated
from bot.hours import read_hours
from bot.languages import Languages
from bot.services import ringing, tickets
from bot.services.desk import LEAST_ANSWERS
from bot.services.human import MOST_TEXTS
from bot.services.intake import forget_old
from bot.services.roles import take_back
from bot.simulator import Chat, Fails, Message, Person
from bot.storage import audit, contexts, outbox, questions, roles
from bot.storage import tickets as stored
from bot.storage.roles import Role
from bot.storage.sealing import Cipher
from bot.storage.tickets import State, Ticket
from tests.conftest import Running, run_bot
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role

QUESTION = "how do i bake bread with olives"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


class Team:
    """The bot with a desk: somebody who asks, somebody of the staff, and their group."""

    def __init__(self, hiwar: Running, staff: Person, asker: Person, group: Chat) -> None:
        self.hiwar, self.staff, self.asker, self.group = hiwar, staff, asker, group
        self.simulator = hiwar.simulator

    async def agree(self) -> Message:
        """Ask for a person and agree to what is said of it."""
        offer = await self.hiwar.ask(self.asker, "/human")
        await self.hiwar.press(self.asker, offer, rows(offer)[0][0])
        return offer

    async def ask(self, text: str = QUESTION) -> Message:
        """Ask the team; the message their group got."""
        await self.agree()
        await self.hiwar.ask(self.asker, text)
        await self.hiwar.settle()
        return self.posted()[-1]

    def posted(self, group: Chat | None = None) -> list[Message]:
        return [one for one in self.simulator.messages(group or self.group) if one.sender.is_bot and one.buttons]

    def in_group(self) -> str:
        return last_of(self.hiwar, self.group).text

    async def say(self, text: str, *, to: Message | None = None, topic: Message | None = None) -> None:
        self.simulator.say(self.staff, text, chat=self.group, reply_to=to, topic=topic)
        await self.hiwar.settle()

    async def find(self) -> Sequence[Ticket]:
        person = self.hiwar.app.cipher.pseudonym("telegram", self.asker.id)
        return await self.hiwar.app.db.read(lambda conn: stored.find_open_of(conn, person))

    async def acts(self) -> list[str]:
        found = await self.hiwar.app.db.read(lambda conn: audit.find_acts(conn, 50))
        return [one.act for one in reversed(found)]


def last_of(hiwar: Running, group: Chat) -> Message:
    return hiwar.simulator.messages(group)[-1]


async def make_team(hiwar: Running, *, topics: bool = False, code: str = "en") -> Team:
    staff = await give_role(hiwar, Role.STAFF)
    asker = hiwar.simulator.add_person("Samira", code)
    group = hiwar.simulator.add_group("Team", [staff, hiwar.simulator.add_person("Guest", "en")], topics=topics)
    await hiwar.simulator.wait_for_reply(group)
    hiwar.simulator.say(staff, "/desk", chat=group)
    assert "desk now" in (await hiwar.simulator.wait_for_reply(group)).text
    await hiwar.settle()
    return Team(hiwar, staff, asker, group)


@pytest.fixture
async def team(hiwar: Running) -> Team:
    return await make_team(hiwar)


@pytest.fixture
async def forum(hiwar: Running) -> Team:
    return await make_team(hiwar, topics=True)


async def test_a_question_is_answered_without_either_side_seeing_the_other(team: Team) -> None:
    question = await team.ask()
    [ticket] = await team.find()
    assert QUESTION in question.text
    assert ticket.id in question.text
    assert all(word not in question.text for word in ("Samira", str(team.asker.id)))
    await team.say("with <b>yeast</b> & patience", to=question)
    answer = last(team.hiwar, team.asker)
    assert "The team's answer" in answer.text
    assert "with <b>yeast</b> & patience" in answer.text
    assert all(word not in answer.text for word in ("Horizon", "Tunis"))
    assert "Delivered" in team.in_group()
    [ticket] = await team.find()
    assert (ticket.state, ticket.waits_since) == (State.ANSWERED, None)
    await team.hiwar.press(team.asker, answer, "🙏 Thank you, close it")
    assert "closed" in last(team.hiwar, team.asker).text
    assert "says thank you" in team.in_group()
    assert await team.find() == []
    assert await team.acts() == ["accept", "open desk", "answer"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("without your name", "not an emergency service", "can't tell yet", "encrypted")),
        ("fr", ("sans votre nom", "pas un service d’urgence", "pas encore dire", "chiffrée")),
        ("ar", ("دون اسمكم", "ليست خدمة طوارئ", "لا أستطيع بعد", "مشفَّرين")),
    ],
)
async def test_it_says_first_what_happens_and_keeps_nothing_till_somebody_agrees(
    hiwar: Running, code: str, words: Sequence[str]
) -> None:
    hiwar.app.hours = read_hours("Sun-Thu 09:00-17:00, Sat 10:00-12:00", "Africa/Cairo")
    team = await make_team(hiwar, code=code)
    offer = await hiwar.ask(team.asker, "/human")
    assert all(word in offer.text for word in (*words, "09:00–17:00"))
    assert {"en": "Sunday to Thursday", "fr": "du dimanche au jeudi", "ar": "الأحد"}[code] in offer.text
    await hiwar.press(team.asker, offer, rows(offer)[1][0])
    assert team.posted() == []
    await hiwar.ask(team.asker, "olives and bread")
    assert team.posted() == []
    question = await team.ask("خبز بالزيتون" if code == "ar" else "pain aux olives")
    await team.say("Oui", to=question)
    answer = last(hiwar, team.asker)
    assert {"en": "The team's answer", "fr": "Réponse de l’équipe", "ar": "جواب الفريق"}[code] in answer.text


async def test_from_i_dont_know_the_question_itself_is_sent(team: Team) -> None:
    unknown = await team.hiwar.ask(team.asker, QUESTION)
    await team.hiwar.press(team.asker, unknown, "🙋 Ask somebody on the team")
    offer = last(team.hiwar, team.asker)
    await team.hiwar.press(team.asker, offer, "📨 I agree – send my question")
    assert "passing your question on" in offer.text
    assert QUESTION in team.posted()[-1].text
    assert len(await team.hiwar.app.db.read(questions.find_questions)) == 1


async def test_without_a_desk_there_is_no_button_and_the_command_says_so(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    assert "can't reach anybody" in (await hiwar.ask(person, "/human")).text
    assert "🙋 Ask somebody on the team" not in str(rows(await hiwar.ask(person, QUESTION)))
    await hiwar.settle()


async def test_each_question_has_a_topic_and_what_is_written_there_is_the_answer(forum: Team) -> None:
    question = await forum.ask()
    [ticket] = await forum.find()
    assert question.thread == ticket.thread > 0
    topic = forum.group.topics[ticket.thread]
    assert ticket.id in topic.fields["forum_topic_created"]["name"]
    await forum.say("yes, with yeast", topic=topic)
    answer = last(forum.hiwar, forum.asker)
    assert "yes, with yeast" in answer.text
    assert last_of(forum.hiwar, forum.group).thread == topic.id
    colleague = next(one for one in forum.simulator.messages(forum.group) if one.text == "yes, with yeast")
    await forum.say("well said", to=colleague)
    assert last(forum.hiwar, forum.asker) is answer
    await forum.say("hello everybody")
    assert last(forum.hiwar, forum.asker) is answer
    await forum.hiwar.press(forum.asker, answer, "➕ Ask more")
    await forum.hiwar.ask(forum.asker, "and without yeast?")
    await forum.hiwar.settle()
    further = last_of(forum.hiwar, forum.group)
    assert "and without yeast?" in further.text
    assert further.thread == topic.id
    [ticket] = await forum.find()
    assert ticket.state is State.TAKEN
    assert ticket.waits_since is not None


async def test_what_is_added_before_the_topic_is_there_comes_into_it(forum: Team) -> None:
    forum.simulator.faults.add(Fails.FLOOD, "createForumTopic", times=1, retry_after=1)
    await forum.agree()
    passed = await forum.hiwar.ask(forum.asker, QUESTION)
    forum.simulator.press(forum.asker, passed, "➕ Add something")
    await forum.simulator.wait_for_reply(forum.asker)
    await forum.hiwar.ask(forum.asker, "in a small oven")
    await forum.hiwar.settle()
    texts = [one.text for one in forum.posted()]
    assert [QUESTION in texts[0], "small oven" in texts[1], len(texts)] == [True, True, 2]
    assert len({one.thread for one in forum.posted()}) == 1


async def test_where_no_topic_can_be_begun_it_goes_to_the_group_itself(forum: Team) -> None:
    forum.group.bot_manages_topics = False
    question = await forum.ask()
    assert question.thread == 0
    await forum.say("with yeast", to=question)
    assert "with yeast" in last(forum.hiwar, forum.asker).text


async def test_a_deleted_topic_loses_nothing(forum: Team) -> None:
    await forum.ask()
    [ticket] = await forum.find()
    forum.simulator.delete_topic(forum.staff, forum.group.topics[ticket.thread])
    passed = last(forum.hiwar, forum.asker)
    await forum.hiwar.press(forum.asker, passed, "➕ Add something")
    await forum.hiwar.ask(forum.asker, "are you still there?")
    await forum.hiwar.settle()
    posted = forum.posted()[-1]
    assert (posted.thread, "are you still there?" in posted.text) == (0, True)
    await forum.say("yes", to=posted)
    assert "yes" in last(forum.hiwar, forum.asker).text


async def test_a_reply_to_the_answer_goes_to_the_team(team: Team) -> None:
    question = await team.ask()
    await team.say("which oven?", to=question)
    answer = last(team.hiwar, team.asker)
    team.simulator.say(team.asker, "a gas oven", reply_to=answer)
    assert "passing this on" in (await team.simulator.wait_for_reply(team.asker)).text
    await team.hiwar.settle()
    assert "a gas oven" in team.posted()[-1].text
    other = await team.hiwar.ask(team.asker, "when is the next forum")
    team.simulator.say(team.asker, "what are the round tables", reply_to=other)
    assert "table one" in (await team.simulator.wait_for_reply(team.asker)).text


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_staff_send_a_picture_or_a_file(team: Team, kind: str) -> None:
    question = await team.ask()
    team.simulator.send(team.staff, kind, caption="see here", chat=team.group, content=b"x", reply_to=question)
    await team.hiwar.settle()
    carried, answer = team.simulator.messages(team.asker)[-2:]
    assert carried.attachment == kind
    assert "see here" in answer.text
    team.simulator.send(team.staff, "voice", chat=team.group, reply_to=question)
    await team.hiwar.settle()
    assert "texts, pictures and files only" in team.in_group()


async def test_what_could_tell_who_asks_is_not_passed_on(team: Team) -> None:
    await team.agree()
    team.simulator.send(team.asker, "photo", caption="my passport")
    assert "words only" in (await team.simulator.wait_for_reply(team.asker)).text
    await team.hiwar.settle()
    assert team.posted() == []
    await team.hiwar.ask(team.asker, "my question in words")
    await team.hiwar.settle()
    assert "my question in words" in team.posted()[-1].text


async def test_very_long_texts_arrive_whole(team: Team) -> None:
    text = ("<&> olives and bread 😀 " * 200)[:4000]
    await team.ask(text)
    pieces = team.posted()
    assert len(pieces) > 1
    assert "".join(one.text.split("\n")[1] for one in pieces) == text.strip()
    await team.say(text, to=pieces[-1])
    answers = [one.text for one in team.simulator.messages(team.asker) if "The team's answer" in one.text]
    assert len(answers) == len(pieces)
    assert team.simulator.refused == []


async def test_it_is_taken_once_and_both_of_two_answers_go(team: Team) -> None:
    second = await give_role(team.hiwar, Role.OPERATOR)
    team.group.members.append(second)
    question = await team.ask()
    await team.hiwar.press(team.staff, question, "✋ I'll take it")
    assert rows(question)[0][0] == "✋ the Tunis office"
    await forge_in(team, second, question, f"D:en:ticket-take:{(await team.find())[0].id}")
    assert "the Tunis office has" in team.in_group()
    for one in (team.staff, second):
        team.simulator.say(one, f"answer of {one.id}", chat=team.group, reply_to=question)
    await team.hiwar.settle()
    answers = [one.text for one in team.simulator.messages(team.asker) if "The team's answer" in one.text]
    assert all(any(str(one.id) in text for text in answers) for one in (team.staff, second))
    assert (await team.acts()).count("answer") == 2


async def test_nobody_else_in_the_group_is_heard(team: Team) -> None:
    question = await team.ask()
    [ticket] = await team.find()
    guest, before = team.group.members[1], len(team.simulator.messages(team.asker))
    team.simulator.say(guest, "I am the team", chat=team.group, reply_to=question)
    await team.hiwar.settle()
    for data in (f"D:en:ticket-take:{ticket.id}", f"D:en:ticket-close:{ticket.id}", f"a:en:end:{ticket.id}"):
        await forge_in(team, guest, question, data)
    team.simulator.say(guest, "/desk off", chat=team.group)
    await team.hiwar.settle()
    assert len(team.simulator.messages(team.asker)) == before
    assert (await team.find())[0].state is State.OPEN
    assert "/tickets" in (await team.hiwar.ask(guest, "/tickets")).text


async def test_another_persons_ticket_cannot_be_reached(team: Team) -> None:
    await team.ask()
    [ticket] = await team.find()
    thief = team.simulator.add_person("Thief", "en")
    shown = await team.hiwar.ask(thief, "/start")
    for data in (f"a:en:more:{ticket.id}", f"a:en:end:{ticket.id}", "a:en:ask:nothing", "a:en:what", "a:en"):
        await forge(team.hiwar, thief, shown, data)
    await team.hiwar.ask(thief, "/topics")
    assert (await team.find())[0].state is State.OPEN
    assert len(team.posted()) == 1


async def test_a_closed_ticket_reaches_nobody_and_keeps_nothing(team: Team) -> None:
    question = await team.ask()
    [ticket] = await team.find()
    await team.hiwar.press(team.staff, question, "✅ Close")
    assert "The team has closed your question" in last(team.hiwar, team.asker).text
    await team.say("too late", to=question)
    assert "reaches nobody" in team.in_group()
    assert "too late" not in last(team.hiwar, team.asker).text
    await team.hiwar.press(team.staff, question, "✅ Close")
    assert "is closed" in team.in_group()
    kept = await team.hiwar.app.db.read(lambda conn: stored.find_ticket(conn, ticket.id))
    assert kept is not None
    assert (kept.state, kept.body, kept.address) == (State.CLOSED, None, None)
    passed = next(one for one in team.simulator.messages(team.asker) if "passing your question on" in one.text)
    await team.hiwar.press(team.asker, passed, "➕ Add something")
    assert "That question is closed" in last(team.hiwar, team.asker).text


async def test_who_erases_everything_is_forgotten_and_the_team_is_told(team: Team) -> None:
    question = await team.ask()
    privacy = await team.hiwar.ask(team.asker, "/privacy")
    assert "a question you asked the team" in privacy.text
    await team.hiwar.press(team.asker, privacy, rows(privacy)[0][0])
    assert "has had everything about them erased" in team.in_group()
    await team.say("here is your answer", to=question)
    assert "no question I know of" in team.in_group()
    assert "erased" not in (await team.hiwar.ask(team.asker, "/privacy")).text.split("\n")[0]


@pytest.mark.parametrize("topics", [False, True])
async def test_where_the_bot_is_put_out_who_waits_is_told_and_the_question_kept(hiwar: Running, topics: bool) -> None:
    team = await make_team(hiwar, topics=topics)
    await team.ask()
    hiwar.simulator.remove_bot(team.staff, team.group)
    await hiwar.settle()
    assert "nobody on the team can be reached" in last(hiwar, team.asker).text
    assert await team.find() == []
    [kept] = await hiwar.app.db.read(questions.find_questions)
    assert hiwar.app.cipher.open(kept.body, "question") == QUESTION
    assert "can't reach anybody" in (await hiwar.ask(team.asker, "/human")).text


@pytest.mark.parametrize("topics", [False, True])
async def test_a_group_found_gone_when_asking_is_admitted(hiwar: Running, topics: bool) -> None:
    team = await make_team(hiwar, topics=topics)
    team.group.has_bot = False  # while the bot was not running: no update told it
    await team.agree()
    await hiwar.ask(team.asker, QUESTION)
    await hiwar.settle()
    assert "nobody on the team can be reached" in last(hiwar, team.asker).text
    assert len(await hiwar.app.db.read(questions.find_questions)) == 1
    assert "can't reach anybody" in (await hiwar.ask(team.asker, "/human")).text


async def test_somebody_who_blocked_the_bot_is_reported_and_forgotten(team: Team) -> None:
    question = await team.ask()
    team.simulator.block(team.asker)
    await team.say("your answer", to=question)
    assert "did not reach" in team.in_group()
    assert await team.find() == []


async def test_who_may_be_in_danger_is_shown_help_and_nothing_is_kept(team: Team) -> None:
    await team.agree()
    danger = "please somebody i am in real danger in this house"
    assert "emergency" in (await team.hiwar.ask(team.asker, danger)).text
    await team.hiwar.settle()
    assert "not passed this on" in last(team.hiwar, team.asker).text
    assert team.posted() == []
    await team.hiwar.ask(team.asker, danger)
    await team.hiwar.settle()
    assert danger in team.posted()[-1].text


async def test_who_turns_to_something_else_writes_to_the_bot_again(team: Team) -> None:
    await team.agree()
    await team.hiwar.ask(team.asker, "/topics")
    assert "2030" in (await team.hiwar.ask(team.asker, "when is the next forum")).text
    await team.hiwar.settle()
    assert team.posted() == []


async def test_a_flood_is_held_back(team: Team) -> None:
    await team.ask()
    for number in range(MOST_TEXTS + 1):
        passed = last(team.hiwar, team.asker)
        if "several messages from you" in passed.text:
            break
        await team.hiwar.press(team.asker, passed, "➕ Add something")
        await team.hiwar.ask(team.asker, f"and number {number}")
    assert "several messages from you" in last(team.hiwar, team.asker).text
    assert len(team.posted()) == MOST_TEXTS


async def test_tickets_are_listed_to_staff_only_where_they_may_be_read(team: Team) -> None:
    assert "No question is open" in (await team.hiwar.ask(team.staff, "/tickets")).text
    await team.ask()
    [ticket] = await team.find()
    team.hiwar.app.patience = timedelta(0)
    listed = await team.hiwar.ask(team.staff, "/tickets")
    assert all(words in listed.text for words in (ticket.id, "waiting too long", QUESTION))
    elsewhere = team.simulator.add_group("Another group", [team.staff])
    await team.simulator.wait_for_reply(elsewhere)
    team.simulator.say(team.staff, "/tickets", chat=elsewhere)
    assert QUESTION not in (await team.simulator.wait_for_reply(elsewhere)).text
    team.simulator.say(team.staff, "/tickets", chat=team.group)
    assert QUESTION in (await team.simulator.wait_for_reply(team.group)).text


async def test_the_team_is_reminded_once_and_only_while_it_is_there(team: Team) -> None:
    question = await team.ask()
    opening = datetime.now(UTC) + timedelta(days=1)
    team.hiwar.app.hours = read_hours(f"{opening:%a} 00:00-23:59", "UTC")
    team.hiwar.app.patience = timedelta(0)
    await asyncio.sleep(0.1)
    assert team.posted() == [question]
    team.hiwar.app.hours = read_hours("", "UTC")
    await team.simulator.wait_until(lambda: len(team.posted()) == 2)
    assert "has waited too long" in team.in_group()
    await asyncio.sleep(0.1)
    assert len(team.posted()) == 2
    await team.say("sorry, here it is", to=team.posted()[-1])
    assert "sorry, here it is" in last(team.hiwar, team.asker).text


async def test_it_is_told_how_long_answers_took_once_enough_are_known(team: Team) -> None:
    now = team.hiwar.app.clock()
    for number in range(LEAST_ANSWERS):
        asked_at = now - timedelta(hours=number + 1)
        one = Ticket(f"T{number}", b"x", "en", State.ANSWERED, b"", b"", "", "", 0, False, asked_at, None)
        await team.hiwar.app.db.write(partial(stored.keep_ticket, one=one))
        assert "can't tell yet" in (await team.hiwar.ask(team.asker, "/human")).text
        await team.hiwar.app.db.write(partial(stored.change_ticket, one=replace(one, answered_at=now)))
    assert "answered within 3 hours" in (await team.hiwar.ask(team.asker, "/human")).text


async def test_the_desk_moves_with_what_is_open_and_closes(team: Team) -> None:
    await team.ask()
    other = team.simulator.add_group("New team", [team.staff], topics=True)
    await team.simulator.wait_for_reply(other)
    team.simulator.say(team.staff, "/desk fr", chat=other)
    assert "guichet" in (await team.simulator.wait_for_reply(other)).text
    await team.hiwar.settle()
    [moved] = team.posted(other)
    assert QUESTION in moved.text
    team.simulator.say(team.staff, "with yeast", chat=other, reply_to=moved)
    await team.hiwar.settle()
    assert "with yeast" in last(team.hiwar, team.asker).text
    team.simulator.say(team.staff, "/desk off", chat=other)
    await team.hiwar.settle()
    assert await team.find() == []
    assert "can't reach anybody" in (await team.hiwar.ask(team.asker, "/human")).text


async def test_a_group_that_turns_topics_on_stays_the_desk(team: Team) -> None:
    await team.ask()
    forum = team.simulator.turn_on_topics(team.staff, team.group)
    await team.hiwar.press(team.asker, last(team.hiwar, team.asker), "➕ Add something")
    await team.hiwar.ask(team.asker, "are you still there?")
    await team.hiwar.settle()
    [posted] = team.posted(forum)
    assert "are you still there?" in posted.text
    team.simulator.say(team.staff, "we are", chat=forum, reply_to=posted)
    await team.hiwar.settle()
    answer = last(team.hiwar, team.asker)
    assert "we are" in answer.text
    await team.hiwar.press(team.asker, answer, "🙏 Thank you, close it")
    assert "says thank you" in last_of(team.hiwar, forum).text


async def test_with_another_key_nothing_stands_still(team: Team) -> None:
    await team.ask()
    team.hiwar.app.cipher = Cipher(bytes(32))
    assert "can't reach anybody" in (await team.hiwar.ask(team.asker, "/human")).text
    clock = team.hiwar.app.clock
    team.hiwar.app.clock = lambda: clock() + timedelta(days=40)
    await forget_old(team.hiwar.app)
    assert await team.hiwar.app.db.read(stored.find_open) == []


async def test_a_role_taken_away_ends_being_heard(team: Team) -> None:
    question = await team.ask()
    [holder] = await team.hiwar.app.db.read(roles.find_holders)
    await team.hiwar.app.db.write(lambda conn: take_back(team.hiwar.app, conn, holder.holder))
    await team.say("I am still here", to=question)
    assert "I am still here" not in last(team.hiwar, team.asker).text


async def test_what_nobody_touches_is_closed_and_forgotten(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    question = await team.ask()
    await team.say("an answer", to=question)
    clock = team.hiwar.app.clock
    monkeypatch.setattr(team.hiwar.app, "clock", lambda: clock() + timedelta(days=8))
    await forget_old(team.hiwar.app)
    assert await team.find() == []
    second = await team.ask("and with thyme?")
    assert "and with thyme?" in second.text
    monkeypatch.setattr(team.hiwar.app, "clock", lambda: clock() + timedelta(days=39))
    await forget_old(team.hiwar.app)
    await team.simulator.wait_until(lambda: "nobody on the team can be reached" in last(team.hiwar, team.asker).text)
    person = team.hiwar.app.cipher.pseudonym("telegram", team.asker.id)
    assert await team.hiwar.app.db.read(lambda conn: stored.count_of(conn, person)) == 1


async def test_a_change_behind_ones_back_is_seen(team: Team) -> None:
    await team.ask()
    [ticket] = await team.find()
    app = team.hiwar.app
    await app.db.write(lambda conn: tickets.close_ticket(app, conn, ticket.id))
    for work in (
        lambda conn: tickets.close_ticket(app, conn, ticket.id),
        lambda conn: tickets.take_ticket(app, conn, ticket.id, "x", ""),
        lambda conn: tickets.end_ticket(app, conn, ticket.id, "ticket.ended"),
    ):
        with pytest.raises(Outdated):
            await app.db.write(work)
    assert await app.db.read(lambda conn: contexts.count_of(conn, ticket.pseudonym)) == 0
    assert await app.db.read(outbox.count_replies) == 1  # what the closing says, which nobody sends here


async def forge_in(team: Team, person: Person, message: Message, data: str) -> None:
    """A press in the group on a button the message may not have."""
    before = sum(call.method == "answerCallbackQuery" for call in team.simulator.calls)
    under = {"message_id": message.id, "date": 0, "chat": message.chat.shown}
    forged = {"id": "1", "from": person.user, "chat_instance": "1", "data": data, "message": under}
    team.simulator.push_raw({"callback_query": forged})
    await team.simulator.wait_until(
        lambda: sum(call.method == "answerCallbackQuery" for call in team.simulator.calls) > before
    )
    await team.hiwar.settle()


@pytest.mark.parametrize(
    ("code", "words", "offered"),
    [
        ("en", "i want to speak to someone", "without your name"),
        ("fr", "je veux parler à quelqu'un", "sans votre nom"),
        ("ar", "عايز اكلم حد", "دون اسمكم"),
    ],
)
async def test_asked_for_in_words_it_is_offered(shipped: Running, code: str, words: str, offered: str) -> None:
    team = await make_team(shipped, code=code)
    await shipped.ask(team.asker, words)
    await shipped.settle()
    offer = last(shipped, team.asker)
    assert offered in offer.text
    await shipped.press(team.asker, offer, rows(offer)[0][0])
    await shipped.ask(team.asker, "olive bread")
    await shipped.settle()
    assert "olive bread" in team.posted()[-1].text


async def test_on_postgresql_what_happens_at_once_is_lost_nowhere(
    settings: Settings, languages: Languages, make_postgres_url: Callable[[], str]
) -> None:
    settings = settings.model_copy(update={"database_url": make_postgres_url()})
    async with run_bot(settings, languages) as hiwar:
        team = await make_team(hiwar, topics=True)
        second = await give_role(hiwar, Role.STAFF)
        team.group.members.append(second)
        askers = [hiwar.simulator.add_person(f"asker{number}", "en") for number in range(6)]

        async def ask(person: Person) -> None:
            one = Team(hiwar, team.staff, person, team.group)
            await one.agree()
            passed = await hiwar.ask(person, f"question of {person.name}.")
            hiwar.simulator.press(person, passed, "➕ Add something")
            await hiwar.simulator.wait_for_reply(person)
            await hiwar.ask(person, f"more of {person.name}.")

        await asyncio.gather(*(ask(person) for person in askers))
        await hiwar.settle()
        threads: dict[str, set[int]] = {}
        for message in team.posted():
            threads.setdefault(message.text.split(" of ")[1].split(".")[0], set()).add(message.thread)
        assert {name: len(found) for name, found in threads.items()} == {one.name: 1 for one in askers}
        for asker in askers:
            [thread] = threads[asker.name]
            for staff in (team.staff, second):
                text = f"answer {staff.id} to {asker.name}"
                hiwar.simulator.say(staff, text, chat=team.group, topic=team.group.topics[thread])
        await hiwar.settle()
        for asker in askers:
            answers = "".join(one.text for one in hiwar.simulator.messages(asker))
            assert all(f"answer {staff.id} to {asker.name}" in answers for staff in (team.staff, second))
            assert answers.count("The team's answer") == 2
