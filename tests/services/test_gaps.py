"""What people did not get: alike questions together, choices as proposed phrasings, thumbs without who."""

from bot.services.gaps import find_gaps, find_verdicts
from bot.storage import questions
from tests.conftest import Running
from tests.telegram.test_conversations import rows


async def test_alike_questions_are_one_gap_and_a_choice_proposes_a_phrasing(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    for text in ("price of tomatoes in sousse", "prices of tomatoes sousse", "how to repair a bicycle"):
        await hiwar.ask(person, text)
    found = find_gaps(hiwar.app, await hiwar.app.db.read(questions.find_questions))
    assert [(len(gap.texts), gap.entry) for gap in found] == [(2, ""), (1, "")]
    assert found[0].texts == ("price of tomatoes in sousse", "prices of tomatoes sousse")


async def test_a_choice_from_what_was_offered_proposes_a_phrasing(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    offered = await hiwar.ask(person, "tables forum when")
    assert "Did you mean" in offered.text
    await hiwar.press(person, offered, rows(offered)[0][0])
    found = find_gaps(hiwar.app, await hiwar.app.db.read(questions.find_questions))
    assert [(gap.entry, gap.texts) for gap in found] == [("forum-tables", ("tables forum when",))]


async def test_thumbs_are_summed_by_answer(hiwar: Running) -> None:
    for name, thumb in (("Nadia", "👎"), ("Horizon", "👍"), ("Third", "👎")):
        person = hiwar.simulator.add_person(name, "en")
        answer = await hiwar.ask(person, "when is the next forum")
        button = next(label for row in rows(answer) for label in row if thumb in label)
        await hiwar.press(person, answer, button)
    found = await hiwar.app.db.read(find_verdicts)
    assert [(one.entry, one.up, one.down) for one in found] == [("forum-next", 1, 2)]


async def test_what_a_group_asks_is_not_kept(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    group = hiwar.simulator.add_group("Workers", [person])
    hello = await hiwar.simulator.wait_for_reply(group)
    hiwar.simulator.say(person, f"@{hiwar.simulator.bot.username} how to repair a bicycle", chat=group)
    reply = await hiwar.simulator.wait_for_reply(group, after=hello)
    assert "I keep your question" not in reply.text
    assert find_gaps(hiwar.app, await hiwar.app.db.read(questions.find_questions)) == []
