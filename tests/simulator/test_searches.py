"""Inline mode as strict as Telegram's."""

from typing import Any

import pytest
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent
from telegram.error import BadRequest

from bot.simulator import Person, Simulator


def article(result_id: str = "a", title: str = "Title", text: str = "<b>x</b>") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(result_id, title, InputTextMessageContent(text, parse_mode="HTML"))


async def fetch_query(simulator: Simulator, client: Bot, person: Person) -> str:
    simulator.search(person, "forum")
    [update] = await client.get_updates(allowed_updates=["inline_query"])
    assert update.inline_query is not None
    assert update.inline_query.query == "forum"
    return update.inline_query.id


async def test_results_are_there_once_answered(simulator: Simulator, client: Bot, amina: Person) -> None:
    search = simulator.search(amina, "forum")
    [update] = await client.get_updates()
    assert update.inline_query is not None
    await update.inline_query.answer([article()])
    assert search.results is not None
    assert [result["title"] for result in search.results] == ["Title"]
    with pytest.raises(BadRequest, match="too old"):
        await update.inline_query.answer([article()])


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(), article()], "Result_id_duplicate"),
        ([article(title=" ")], "Article_title_empty"),
        ([article(result_id="x" * 65)], "Result_id_invalid"),
        ([article(text="<b>x")], "Can't parse entities"),
        ([article(str(number)) for number in range(51)], "Results_too_much"),
    ],
)
async def test_what_telegram_refuses(
    simulator: Simulator, client: Bot, amina: Person, results: list[Any], refusal: str
) -> None:
    query_id = await fetch_query(simulator, client, amina)
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await client.answer_inline_query(query_id, results)
