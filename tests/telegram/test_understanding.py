"""What people mean: acts asked for in words, several questions at once, another language, help before all else."""

from urllib.parse import urlsplit

import pytest

from bot.matching import NOTHING, Matcher, Phrasing
from bot.services.explaining import explain_question
from tests.conftest import Running
from tests.matching.conftest import LEXICON, PHRASINGS
from tests.telegram.test_conversations import last, rows


@pytest.mark.parametrize(
    ("code", "words", "shown"),
    [
        ("en", "delete my data", "stored"),
        ("fr", "supprimer mes données", "garde"),
        ("ar", "امسح كل شي عني", "حفظ"),
        ("en", "change to french", "Which language shall I speak"),
        ("ar", "بغيت نبدل اللغة", "بأي لغة"),
        ("en", "i want to make a pledge", "Forms you can fill in"),
        ("fr", "je veux donner mon avis", "remplir"),
        ("en", "stop sending me these", "You are not following anything"),
        ("ar", "وقف الرسائل", "تتابع"),
    ],
)
async def test_an_act_asked_for_in_words_leads_where_its_button_does(
    shipped: Running, code: str, words: str, shown: str
) -> None:
    person = shipped.simulator.add_person("Nadia", code)
    said = await shipped.ask(person, words)
    await shipped.settle()
    texts = [message.text for message in shipped.simulator.messages(person) if message.id > said.id - 1]
    assert len(texts) == 2
    assert shown in texts[1]


@pytest.mark.parametrize("words", ["je veux parler à quelqu'un", "بدي احكي مع انسان", "talk to a human"])
async def test_who_wants_a_person_is_told_the_truth(shipped: Running, words: str) -> None:
    person = shipped.simulator.add_person("Nadia", "en")
    told = (await shipped.ask(person, words)).text
    await shipped.settle()
    assert any(one in told for one in ("Nobody reads", "Personne ne lit", "لا أحد يقرأ"))
    opened = shipped.simulator.messages(person)[-1].text
    assert any(one in opened for one in ("can't reach anybody", "ne peux joindre personne", "لا أستطيع الوصول"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "madam beats me and gives me no food i work 20 hours"),
        ("fr", "madame me frappe avec un fer depuis dimanche"),
        ("ar", "المدام بتضربني كل يوم بالمكنسة"),
        ("ar", "l patron chedd l passeport dyali"),
        ("en", "the water is coming in we are drowning pls"),
    ],
)
async def test_who_may_be_in_danger_is_never_sent_away(shipped: Running, code: str, words: str) -> None:
    person = shipped.simulator.add_person("Nadia", code)
    reply = await shipped.ask(person, words)
    shown = reply.text + " ".join(label for row in rows(reply) for label in row)
    assert any(
        one in shown for one in ("emergency", "distress", "urgence", "الطوارئ", "danger", "خطر", "badly", "mal", "سيئة")
    )


@pytest.mark.parametrize("words", ["i am in danger", "she beats me with an iron", "my employer keeps my passport"])
async def test_a_group_is_told_no_details_of_danger(shipped: Running, words: str) -> None:
    person = shipped.simulator.add_person("Nadia", "en")
    group = shipped.simulator.add_group("Workers", [person])
    hello = await shipped.simulator.wait_for_reply(group)
    shipped.simulator.say(person, f"@{shipped.simulator.bot.username} {words}", chat=group)
    reply = await shipped.simulator.wait_for_reply(group, after=hello)
    assert reply.text.startswith("If you are in danger now, call the local emergency number.")
    assert len(reply.text) < 200
    assert [urlsplit(button["url"]).path for row in reply.buttons for button in row] == [
        f"/{shipped.simulator.bot.username}"
    ]


@pytest.mark.parametrize("joined", ["? and ", "\n", " and also "])
async def test_two_questions_in_one_message_are_both_answered(hiwar: Running, joined: str) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    first = await hiwar.ask(person, f"when is the next forum{joined}what are the round tables")
    await hiwar.settle()
    texts = [message.text for message in hiwar.simulator.messages(person) if message.id >= first.id]
    assert len(texts) == 2
    assert "2030" in texts[0]
    assert "round tables" in texts[1]


async def test_help_comes_first_of_two_answers(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    first = await hiwar.ask(person, "when is the next forum? i am in danger help me")
    assert "emergency" in first.text


async def test_an_answer_in_another_language_can_be_read_in_ones_own(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Horizon", "fr")
    reply = await hiwar.ask(person, "when is the next forum")
    assert rows(reply)[-1] == ["🌐 Français"]
    await hiwar.press(person, reply, "🌐 Français")
    assert "prévu en 2030" in last(hiwar, person).text
    assert not any(
        "🌐" in label for row in rows(await hiwar.ask(person, "quand est le prochain forum")) for label in row
    )


def test_an_explanation_tells_language_words_parts_and_decision() -> None:
    lines = explain_question(Matcher.build(PHRASINGS, lexicon=LEXICON), "imta elmontada eljay", "fr")
    assert lines[0] == "folded: imta elmontada eljay"
    assert "Arabizi" in lines[1]
    assert any(line.startswith("read as arabizi: متي منتدي قادم") for line in lines)
    assert any("next-forum" in line and "covered" in line for line in lines)
    assert lines[-1].split(":")[0] in {"answer in ar", "suggest in ar"}


def test_an_explanation_tells_how_much_a_question_looks_like_those_that_nothing_answers() -> None:
    outside = [Phrasing(NOTHING, "en", "how much is a kilo of tomatoes"), Phrasing(NOTHING, "en", "price of tomatoes")]
    lines = explain_question(Matcher.build(PHRASINGS, outside=outside, lexicon=LEXICON), "what do tomatoes cost", "en")
    assert any(line.startswith("  nothing answers it  [score ") for line in lines)
    assert lines[-1] == "unknown in en: –"
