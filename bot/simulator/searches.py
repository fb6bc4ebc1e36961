"""Inline mode (Bot API, "Inline mode"): a person types `@bot words` in any chat, the bot offers results."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.simulator.chats import Json, Person
from bot.simulator.formatting import read_text
from bot.simulator.keyboards import check_markup
from bot.simulator.refusals import QUERY_TOO_OLD, Refusal, refuse_strictly
from bot.simulator.world import QUERY_LASTS, World

RESULTS_MOST = 50
_RESULT_FIELDS = frozenset({"type", "id", "title", "description", "input_message_content", "reply_markup", "url"})
_CONTENT_FIELDS = frozenset({"message_text", "parse_mode", "entities", "link_preview_options"})
_BUTTON_FIELDS = frozenset({"text", "start_parameter"})


@dataclass(slots=True)
class Search:
    """What a person typed behind the bot's name; `results` and `button` are there once the bot has answered."""

    person: Person
    text: str
    at: datetime
    results: list[Json] | None = None
    button: Json | None = field(default=None)


def answer_inline_query(world: World, values: Json) -> bool:
    search = world.searches.get(values["inline_query_id"])
    if search is None or search.results is not None or world.now() - search.at > QUERY_LASTS:
        raise Refusal(QUERY_TOO_OLD)
    results = [_check_result(one) for one in values["results"]]
    if len(results) > RESULTS_MOST:
        raise Refusal("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) < len(results):
        raise Refusal("RESULT_ID_DUPLICATE")
    if "button" in values:
        search.button = _check_button(values["button"])
    search.results = results
    return True


def _check_result(result: Any) -> Json:  # noqa: ANN401 - any JSON
    if not isinstance(result, dict) or result.get("type") != "article":
        raise refuse_strictly("the simulator knows inline results of the type article only")
    _check_fields(result, _RESULT_FIELDS, "an inline result")
    if not isinstance(result.get("id"), str) or not 1 <= len(result["id"].encode()) <= 64:
        raise Refusal("RESULT_ID_INVALID")
    if not isinstance(result.get("title"), str) or not result["title"].strip():
        raise Refusal("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise Refusal("can't parse inline query result: Can't find field \"message_text\"")
    _check_fields(content, _CONTENT_FIELDS, "input_message_content")
    read_text({"text": content["message_text"], **{key: content[key] for key in ("parse_mode",) if key in content}})
    if "reply_markup" in result:
        check_markup(result["reply_markup"], inline_only=True)
    return result


def _check_button(button: Json) -> Json:
    _check_fields(button, _BUTTON_FIELDS, "an inline query results button")
    parameter = button.get("start_parameter", "")
    if not button.get("text") or not 1 <= len(parameter) <= 64:
        raise Refusal("START_PARAM_INVALID")
    return button


def _check_fields(given: Json, known: frozenset[str], what: str) -> None:
    if unknown := sorted(set(given) - known):
        raise refuse_strictly(f'the simulator does not know the field "{unknown[0]}" of {what}')
