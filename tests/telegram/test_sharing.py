"""Links that open an answer, and answers offered in other chats."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.languages import hold_spaces
from tests.conftest import Running
from tests.telegram.test_conversations import last


@pytest.mark.parametrize(
    ("code", "payload", "words"),
    [
        ("en", "forum-next", "planned for 2030"),
        ("en", "forum-next_ar", "مقرر في عام 2030"),
        ("fr", "regional-day_fr", "📍 Le Caire, Égypte"),
        ("fr", "forum-next_xx", "prévu en 2030"),
        ("fr", "visit_ar", "زيارة"),
        ("en", "events", "What is coming up"),
        ("en", "start", "Welcome, I am Hiwar"),
        ("en", "no-such-entry", "Welcome, I am Hiwar"),
        ("en", "../../etc/passwd", "Welcome, I am Hiwar"),
        ("en", "x" * 64, "Welcome, I am Hiwar"),
    ],
)
async def test_a_link_opens_its_answer_in_its_language(hiwar: Running, code: str, payload: str, words: str) -> None:
    person = hiwar.simulator.add_person("Nadia", code)
    assert words in (await hiwar.ask(person, f"/start {payload}")).text


async def test_the_shared_link_opens_the_same_answer(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    reply = await hiwar.ask(person, "متى المنتدى القادم")
    [share] = [button for row in reply.buttons for button in row if "url" in button and "share" in button["url"]]
    shared = parse_qs(urlsplit(share["url"]).query)["url"][0]
    assert urlsplit(shared).path == f"/{hiwar.simulator.bot.username}"
    payload = parse_qs(urlsplit(shared).query)["start"][0]
    await hiwar.ask(person, f"/start {payload}")
    assert last(hiwar, person).text == reply.text


@pytest.mark.parametrize(
    ("code", "words", "title"),
    [
        ("en", "what are the round tables", "What are the round tables?"),
        ("en", "que sont les tables rondes", hold_spaces("fr", "Que sont les tables rondes ?")),
        ("fr", "المنتدى القادم", "متى المنتدى القادم؟"),
    ],
)
async def test_an_answer_is_offered_in_any_chat(hiwar: Running, code: str, words: str, title: str) -> None:
    search = hiwar.simulator.search(hiwar.simulator.add_person("Nadia", code), words)
    await hiwar.simulator.wait_until(lambda: search.results is not None)
    assert search.results is not None
    assert title in [result["title"] for result in search.results]
    await hiwar.settle()


async def test_without_words_each_topic_offers_its_first_answer(hiwar: Running) -> None:
    search = hiwar.simulator.search(hiwar.simulator.add_person("سميرة", "ar"), "")
    await hiwar.simulator.wait_until(lambda: search.results is not None)
    assert search.results is not None
    assert len(search.results) == len(hiwar.app.library.topics)
    assert search.button == {"text": "اسألوني على انفراد", "start_parameter": "inline"}


async def test_an_unknown_search_offers_only_the_private_chat(hiwar: Running) -> None:
    search = hiwar.simulator.search(hiwar.simulator.add_person("Nadia", "en"), "chocolate cake recipe")
    await hiwar.simulator.wait_until(lambda: search.results is not None)
    assert search.results == []
    assert search.button is not None
    assert hiwar.simulator.refused == []
