"""Moderation in the chat: read, decided and told in everybody's language; by two at once, and by nobody without a role."""

import asyncio
import json
from functools import partial

import pytest

from bot.messages import Attachment
from bot.services import ringing
from bot.services.moderation import Act, State
from bot.services.pieces import LENGTH
from bot.simulator import Message, Person
from bot.storage import audit, forms, reviews, roles
from bot.storage.database import Connection, Database
from bot.storage.forms import StoredSubmission
from bot.storage.moments import from_ms
from bot.storage.reviews import Review
from bot.storage.roles import Role
from tests.conftest import Running
from tests.services.test_moderation import act, send_pledge
from tests.telegram.test_conversations import forge, last, rows
from tests.telegram.test_roles import give_role


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "LONGEST_SLEEP", 0.02)


def plain(message: Message) -> str:
    return message.text.replace("\u2068", "").replace("\u2069", "")


async def open_pledge(hiwar: Running, moderator: Person, receipt: str = "R1") -> Message:
    await hiwar.ask(moderator, f"/moderate {receipt.lower()}")
    await hiwar.settle()
    return last(hiwar, moderator)


async def find_state(hiwar: Running, receipt: str = "R1") -> str:
    last_one = await hiwar.app.db.read(lambda conn: reviews.find_review(conn, receipt))
    return last_one.state if last_one else State.SUBMITTED


async def find_acts(hiwar: Running) -> list[tuple[str, str, str]]:
    acts = await hiwar.app.db.read(lambda conn: audit.find_acts(conn, 9))
    return [(one.act, one.subject, one.reason) for one in acts if one.act != "accept"]


@pytest.mark.parametrize(
    ("code", "waiting", "approve", "done", "told"),
    [
        ("en", "Waiting to be read", "✅ Approve", "R1 is now: Approved", "it has been approved"),
        ("fr", "À lire", "✅ Approuver", "État actuel de R1\u00a0: Approuvé", "approuvé"),
        ("ar", "بانتظار القراءة", "✅ اعتماد", "حالة R1 الآن: مُعتمد", "وافقنا عليه"),
    ],
)
async def test_a_pledge_is_read_and_approved_and_its_sender_told(
    shipped: Running, code: str, waiting: str, approve: str, done: str, told: str
) -> None:
    sender = shipped.simulator.add_person("Nadia", code)
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.STAFF, code)
    listed = await shipped.ask(moderator, "/moderate")
    assert waiting in listed.text
    await shipped.press(moderator, listed, rows(listed)[0][0])
    card = last(shipped, moderator)
    assert "Legal advice for 500 domestic workers" in card.text
    assert "us@example.org" in card.text
    await shipped.press(moderator, card, approve)
    assert done in plain(last(shipped, moderator))
    await shipped.simulator.wait_until(lambda: told in last(shipped, sender).text)
    assert await find_acts(shipped) == [("approve", "R1", "")]


async def test_changes_are_asked_for_in_words_read_once_more(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "fr")
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.ORGANIZER)
    card = await open_pledge(shipped, moderator)
    await shipped.press(moderator, card, "✏️ Ask for changes")
    assert "type now which changes" in last(shipped, moderator).text
    shipped.simulator.send(moderator, Attachment.PHOTO)
    await shipped.simulator.wait_until(lambda: "please type it as a text" in last(shipped, moderator).text)
    assert "at most 1000 characters" in (await shipped.ask(moderator, "long " * 300)).text
    first = await shipped.ask(moderator, "Name a plce")
    second = await shipped.ask(moderator, "Name a place & <month>")
    assert "demandons quelques modifications" in second.text
    await shipped.press(moderator, first, "📨 Decide and send it")
    assert "nothing was sent" in last(shipped, moderator).text
    await shipped.press(moderator, last(shipped, moderator), "✏️ Ask for changes")
    draft = await shipped.ask(moderator, "Name a place & <month>")
    await shipped.press(moderator, draft, "📨 Decide and send it")
    await shipped.simulator.wait_until(lambda: "Name a place & <month>" in last(shipped, sender).text)
    assert await find_state(shipped) == State.CHANGES_ASKED
    assert await find_acts(shipped) == [("ask-changes", "R1", "")]


async def test_a_draft_thrown_away_reaches_nobody(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.STAFF)
    await shipped.press(moderator, await open_pledge(shipped, moderator), "✏️ Ask for changes")
    draft = await shipped.ask(moderator, "No")
    await shipped.press(moderator, draft, "✖️ Discard")
    await shipped.settle()
    assert await find_state(shipped) == State.SUBMITTED
    answered = await shipped.ask(moderator, "when is the next forum")
    assert "📨 Decide and send it" not in [label for row in rows(answered) for label in row]


async def test_what_is_published_is_withdrawn_with_a_reason_and_pasted_before(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    await act(shipped, "R1", Act.APPROVE)
    moderator = await give_role(shipped, Role.ORGANIZER)
    card = await open_pledge(shipped, moderator)
    await shipped.press(moderator, card, "📋 Text to paste")
    document = last(shipped, moderator).document
    assert document is not None
    assert "VI. Text of the pledge" in document.content.decode()
    assert "us@example.org" not in document.content.decode()
    await shipped.press(moderator, card, "📢 Publish")
    card = await open_pledge(shipped, moderator)
    await shipped.press(moderator, card, "🗑 Withdraw")
    draft = await shipped.ask(moderator, "The project was stopped.")
    await shipped.press(moderator, draft, "📨 Decide and send it")
    await shipped.simulator.wait_until(lambda: "The project was stopped." in last(shipped, sender).text)
    assert await find_acts(shipped) == [("withdraw", "R1", ""), ("publish", "R1", ""), ("paste", "R1", "")]


async def test_the_second_of_two_moderators_is_told_how_it_stands_now(shipped: Running) -> None:
    await send_pledge(shipped, shipped.simulator.add_person("Nadia", "en"), "R1")
    first, second = await give_role(shipped, Role.STAFF), await give_role(shipped, Role.ORGANIZER)
    cards = [await open_pledge(shipped, one) for one in (first, second)]
    await shipped.press(first, cards[0], "✅ Approve")
    await shipped.press(second, cards[1], "✏️ Ask for changes")
    assert "R1 is now: Approved" in plain(last(shipped, second))
    assert "📢 Publish" in [label for row in rows(last(shipped, second)) for label in row]


async def test_of_two_decisions_at_the_same_moment_one_counts(shipped: Running) -> None:
    await send_pledge(shipped, shipped.simulator.add_person("Nadia", "en"), "R1")
    both = [await give_role(shipped, Role.STAFF), await give_role(shipped, Role.ORGANIZER)]
    cards = [await open_pledge(shipped, one) for one in both]
    await asyncio.gather(*(shipped.press(one, card, "✅ Approve") for one, card in zip(both, cards, strict=True)))
    await shipped.settle()
    assert await find_acts(shipped) == [("approve", "R1", "")]
    texts = [plain(last(shipped, one)) for one in both]
    assert sum("nothing was done" in text for text in texts) == 1


async def test_two_who_ask_for_changes_do_not_write_past_each_other(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    await act(shipped, "R1", Act.ASK_CHANGES, "Name a month.")
    both = [await give_role(shipped, Role.STAFF), await give_role(shipped, Role.ORGANIZER)]
    drafts = []
    for one in both:
        await shipped.press(one, await open_pledge(shipped, one), "✏️ Ask for changes")
        drafts.append(await shipped.ask(one, f"Name a place, {one.id}."))
    for one, draft in zip(both, drafts, strict=True):
        await shipped.press(one, draft, "📨 Decide and send it")
    assert "nothing was done" in last(shipped, both[1]).text
    assert await find_acts(shipped) == [("ask-changes", "R1", "")]


async def test_what_says_nearly_the_same_is_shown_and_a_click_away(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    for receipt in ("R1", "R2"):
        await send_pledge(shipped, sender, receipt)
    moderator = await give_role(shipped, Role.STAFF)
    card = await open_pledge(shipped, moderator)
    assert "Says nearly the same: R2 (Waiting to be read)" in card.text
    await shipped.press(moderator, card, "🔎 Open R2")
    assert "Pledge · R2" in last(shipped, moderator).text


async def test_a_long_pledge_is_shown_whole_in_several_messages(shipped: Running) -> None:
    text = "".join(f"{number:05}" for number in range(800)) + "🌍" * 400
    await send_pledge(shipped, shipped.simulator.add_person("Nadia", "en"), "R1", {"description": text})
    moderator = await give_role(shipped, Role.STAFF)
    shown = await shipped.ask(moderator, "/moderate R1")
    await shipped.settle()
    pieces = [one.text for one in shipped.simulator.messages(moderator) if one.id >= shown.id]
    assert len(pieces) > 1
    assert all(len(one.encode("utf-16-le")) <= 2 * LENGTH for one in pieces)
    assert text in "".join(pieces).replace("\n\n", "")


async def test_many_are_listed_page_by_page_and_by_where_they_stand(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    for number in range(10):
        await send_pledge(shipped, sender, f"R{number}", {"title": f"Pledge number {number}"})
    await act(shipped, "R9", Act.APPROVE)
    moderator = await give_role(shipped, Role.STAFF)
    listed = await shipped.ask(moderator, "/moderate")
    assert "9 submissions" in listed.text
    assert len(rows(listed)) == 10
    await shipped.press(moderator, listed, "More ›")
    assert [label for row in rows(listed) for label in row][:2] == ["Pledge · Pledge number 8", "‹ Back"]
    await shipped.press(moderator, listed, "Approved (1)")
    assert rows(listed)[0] == ["Pledge · Pledge number 9"]


async def test_who_has_no_role_moderates_nothing(shipped: Running) -> None:
    stranger = shipped.simulator.add_person("Stranger", "en")
    await send_pledge(shipped, stranger, "R1")
    commands = ["/moderate", "/moderate R1"]
    forged = ["moderate", "review:R1", "decide:R1:approve:submitted", "reason:R1", "sendreason:R1:0", "paste:R1"]
    for command in commands:
        assert "Legal advice" not in (await shipped.ask(stranger, command)).text
    for data in forged:
        await forge(shipped, stranger, last(shipped, stranger), f"D:en:{data}")
        assert "Legal advice" not in last(shipped, stranger).text
    assert await find_state(shipped) == State.SUBMITTED
    assert await find_acts(shipped) == []


@pytest.mark.parametrize(
    "data",
    ["decide", "decide:R1", "decide:R1:burn:{}", "decide:R1:publish:{}", "decide:R1:approve:0", "decide:NO:approve:{}"],
)
async def test_a_forged_decision_of_somebody_who_may_changes_nothing(shipped: Running, data: str) -> None:
    await send_pledge(shipped, shipped.simulator.add_person("Nadia", "en"), "R1")
    moderator = await give_role(shipped, Role.STAFF)
    card = await open_pledge(shipped, moderator)
    marked = card.buttons[0][0]["callback_data"].rsplit(":", 1)[1]
    await forge(shipped, moderator, card, f"D:en:{data.format(marked)}")
    assert await find_state(shipped) == State.SUBMITTED
    assert await find_acts(shipped) == []


async def test_a_role_taken_away_ends_a_draft(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.STAFF)
    await shipped.press(moderator, await open_pledge(shipped, moderator), "✏️ Ask for changes")
    draft = await shipped.ask(moderator, "No")
    [holder] = await shipped.app.db.read(roles.find_holders)
    await shipped.app.db.write(lambda conn: roles.drop_holder(conn, holder.holder))
    await shipped.press(moderator, draft, "📨 Decide and send it")
    assert "no longer works" in last(shipped, moderator).text or "older" in last(shipped, moderator).text
    assert await find_state(shipped) == State.SUBMITTED


async def test_what_was_taken_back_meanwhile_is_gone(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.STAFF)
    card = await open_pledge(shipped, moderator)
    pseudonym = shipped.app.cipher.pseudonym("telegram", sender.id)
    await shipped.app.db.write(lambda conn: forms.withdraw(conn, "R1", pseudonym))
    await shipped.press(moderator, card, "✅ Approve")
    assert "no longer there" in last(shipped, moderator).text


async def test_nobody_approves_what_was_changed_since_they_read_it(shipped: Running) -> None:
    sender = shipped.simulator.add_person("Nadia", "en")
    await send_pledge(shipped, sender, "R1")
    moderator = await give_role(shipped, Role.STAFF)
    card = await open_pledge(shipped, moderator)
    pseudonym = shipped.app.cipher.pseudonym("telegram", sender.id)
    await shipped.app.db.write(lambda conn: forms.withdraw(conn, "R1", pseudonym))
    await send_pledge(shipped, sender, "R1", {"title": "Something else altogether"})
    await shipped.press(moderator, card, "✅ Approve")
    assert "nothing was done" in last(shipped, moderator).text
    assert "Something else altogether" in last(shipped, moderator).text
    assert await find_state(shipped) == State.SUBMITTED


async def test_what_is_not_moderated_is_opened_by_nobody(shipped: Running) -> None:
    form = shipped.app.library.forms["stakeholder-survey"]
    body = shipped.app.cipher.seal(json.dumps({"/data/gaps": "a secret"}), "submission")
    kept = StoredSubmission("S1", form.id, form.fingerprint, None, "en", body, shipped.app.today())
    await shipped.app.db.write(lambda conn: forms.keep_submission(conn, kept))
    moderator = await give_role(shipped, Role.STAFF)
    assert "no longer there" in (await open_pledge(shipped, moderator, "S1")).text


async def test_a_review_moves_only_from_where_it_stands(db: Database) -> None:
    """On both databases, for both orders."""
    day = from_ms(0).date()

    def move(conn: Connection) -> list[bool]:
        return [
            reviews.move_review(conn, "R1", 1, "published", day),
            reviews.begin_review(conn, "R1", "changes-asked", day),
            reviews.begin_review(conn, "R1", "approved", day),
            reviews.move_review(conn, "R1", 1, "changes-asked", day),
            reviews.move_review(conn, "R1", 1, "approved", day),
        ]

    assert await db.write(move) == [False, True, False, True, False]
    assert await db.read(lambda conn: reviews.find_review(conn, "R1")) == Review("changes-asked", 2)
    again = partial(reviews.move_review, submission="R1", turn=2, state="approved", decided_on=day)
    assert sum(await asyncio.gather(*(db.write(again) for _ in range(6)))) == 1
