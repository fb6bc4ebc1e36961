"""The keyboards under messages (Bot API, "InlineKeyboardMarkup" and "ReplyKeyboardMarkup"), checked."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.simulator.chats import Json
from bot.simulator.links import find_url_fault
from bot.simulator.refusals import (
    BUTTON_DATA,
    BUTTON_TEXT_EMPTY,
    BUTTON_WITHOUT_KIND,
    CONTACT_IN_GROUP,
    LOCATION_IN_GROUP,
    MARKUP_TOO_LONG,
    Refusal,
    refuse_strictly,
)

BUTTONS_MOST = 100
BYTES_MOST = 10_000

_PRIVATE_REQUESTS = {"request_location": LOCATION_IN_GROUP, "request_contact": CONTACT_IN_GROUP}
_REPLY_FIELDS = frozenset({"is_persistent", "resize_keyboard", "one_time_keyboard", "selective"})
_OTHER_FIELDS: Mapping[str, frozenset[str]] = {
    "keyboard": _REPLY_FIELDS | {"input_field_placeholder"},
    "remove_keyboard": frozenset({"selective"}),
    "force_reply": frozenset({"selective", "input_field_placeholder"}),
}


def check_markup(markup: Json, *, inline_only: bool = False, in_group: bool = False) -> Json | None:
    """The keyboard as it is kept; None for an inline keyboard without buttons. Raises `Refusal`."""
    if "inline_keyboard" in markup:
        _check_fields(markup, {"inline_keyboard"})
        return _check_inline(_rows(markup["inline_keyboard"]), markup)
    if inline_only:
        raise Refusal("inline keyboard expected")
    kind = next((kind for kind in _OTHER_FIELDS if kind in markup), None)
    if kind is None:
        raise Refusal("object expected as reply markup")
    _check_fields(markup, _OTHER_FIELDS[kind] | {kind})
    if kind == "keyboard":
        rows = _rows(markup["keyboard"])
        _check_size(rows, markup, _check_reply_button)
        if in_group:
            _check_no_requests(rows)
    return markup


def _check_inline(rows: list[list[Any]], markup: Json) -> Json | None:
    _check_size(rows, markup, _check_inline_button)
    return markup if any(rows) else None


def _check_size(rows: list[list[Any]], markup: Json, check: Callable[[Json], None]) -> None:
    count = 0
    for row in rows:
        for button in row:
            check(button)
            count += 1
    if count > BUTTONS_MOST or len(json.dumps(markup, ensure_ascii=False).encode()) > BYTES_MOST:
        raise Refusal(MARKUP_TOO_LONG)


def _rows(rows: object) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise Refusal("can't parse reply keyboard markup JSON object")
    if not all(isinstance(row, list) for row in rows):
        raise Refusal("can't parse reply keyboard markup JSON object: an Array of Array of buttons expected")
    return rows


def _check_inline_button(button: Json) -> None:
    _check_text(button, "inline keyboard button")
    kinds = [name for name in button if name != "text"]
    if not kinds:
        raise Refusal(BUTTON_WITHOUT_KIND)
    if len(kinds) > 1:
        raise refuse_strictly(f"inline keyboard button must have exactly one of {', '.join(kinds)}")
    check = _INLINE_KINDS.get(kinds[0])
    if check is None:
        raise refuse_strictly(f'inline keyboard button: the simulator does not know the field "{kinds[0]}"')
    check(button[kinds[0]])


def _check_reply_button(button: Json | str) -> None:
    if isinstance(button, str):
        button = {"text": button}
    _check_text(button, "keyboard button")
    _check_fields(button, {"text", "request_contact", "request_location"})


def _check_no_requests(rows: list[list[Any]]) -> None:
    for button in (one for row in rows for one in row if isinstance(one, dict)):
        for request, refusal in _PRIVATE_REQUESTS.items():
            if button.get(request):
                raise Refusal(refusal)


def _check_text(button: object, what: str) -> None:
    if not isinstance(button, dict):
        raise Refusal(f"can't parse {what}: Object expected")
    if "text" not in button:
        raise Refusal(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise Refusal(f'can\'t parse {what}: Field "text" must be of type String')
    if not button["text"].strip():
        raise Refusal(BUTTON_TEXT_EMPTY.replace("inline keyboard button", what))


def _check_callback_data(value: object) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
        raise Refusal(BUTTON_DATA)


def _check_url(value: object) -> None:
    fault = find_url_fault(value) if isinstance(value, str) and value else "URL host is empty"
    if fault:
        raise Refusal(f"inline keyboard button URL '{value}' is invalid: {fault}")


def _check_copy_text(value: object) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise Refusal("BUTTON_COPY_TEXT_INVALID")


_INLINE_KINDS: Mapping[str, Callable[[object], None]] = {
    "callback_data": _check_callback_data,
    "url": _check_url,
    "copy_text": _check_copy_text,
}


def _check_fields(given: Json, known: Iterable[str]) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise refuse_strictly(f'the simulator does not know the field "{unknown[0]}" of a keyboard')
