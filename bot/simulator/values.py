"""The values of a call: from JSON or form fields to Python, checked against the table of methods."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bot.simulator.chats import Json
from bot.simulator.methods import METHODS, Kind, Parameter
from bot.simulator.refusals import CHAT_NOT_FOUND, Refusal, refuse_strictly

_INTEGER = re.compile(r"-?[0-9]{1,19}")
_BOOLEANS: Mapping[Any, bool] = {True: True, False: False, "true": True, "false": False, "True": True, "False": False}


class Upload(NamedTuple):
    """A file that came in a multipart body."""

    name: str
    mime_type: str
    content: bytes


_REQUIRED = {
    method: tuple(parameter for parameter in parameters.values() if parameter.missing)
    for method, parameters in METHODS.items()
}


def read_values(method: str, given: Mapping[str, Any]) -> Json:
    """The parameters of a call by name. Raises `Refusal` for an unknown name or a wrong value.

    Telegram ignores names it does not know; here they are refused, since they are always a mistake.
    """
    parameters = METHODS[method]
    values: Json = {}
    for name, value in given.items():
        parameter = parameters.get(name)
        if parameter is None:
            if not isinstance(value, Upload):
                raise refuse_strictly(f'the simulator knows no parameter "{name}" of {method}')
        elif value is not None:
            values[name] = _READERS[parameter.kind](parameter, value, given)
    for parameter in _REQUIRED[method]:
        if parameter.name not in values:
            raise Refusal(parameter.missing)
    return values


def find_chat_id(given: Mapping[str, Any]) -> int | None:
    """The chat a call is about, as far as that can be told before checking it."""
    value = given.get("chat_id")
    return int(value) if isinstance(value, int | str) and _INTEGER.fullmatch(str(value)) else None


def _read_chat(parameter: Parameter, value: object, given: Mapping[str, Any]) -> int:
    if isinstance(value, str) and not value:
        raise Refusal(parameter.missing)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise refuse_strictly('parameter "chat_id" must be an integer or a string')
    found = find_chat_id(given)
    if found is None:
        raise Refusal(CHAT_NOT_FOUND)
    return found


def _read_integer(parameter: Parameter, value: object, _given: object) -> int:
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise refuse_strictly(f'parameter "{parameter.name}" must be an integer, not {value!r}')
    if not _is_within(parameter, value):
        raise refuse_strictly(f'parameter "{parameter.name}" must be {_bounds(parameter)}, not {value}')
    return value


def _read_boolean(parameter: Parameter, value: object, _given: object) -> bool:
    if not isinstance(value, bool | str) or value not in _BOOLEANS:
        raise refuse_strictly(f'parameter "{parameter.name}" must be true or false, not {value!r}')
    return _BOOLEANS[value]


def _read_string(parameter: Parameter, value: object, _given: object) -> str:
    if not isinstance(value, str):
        raise refuse_strictly(f'parameter "{parameter.name}" must be a string, not {value!r}')
    if not value.isascii():
        _check_encodable(value)
    if not _is_within(parameter, len(value)) or (parameter.pattern and not re.fullmatch(parameter.pattern, value)):
        raise Refusal(parameter.wrong)
    return value


def _read_object(parameter: Parameter, value: object, _given: object) -> Json:
    decoded = _decode(parameter, value)
    if not isinstance(decoded, dict):
        raise Refusal(f"can't parse {parameter.name}: Object expected")
    return decoded


def _read_array(parameter: Parameter, value: object, _given: object) -> list[Any]:
    decoded = _decode(parameter, value)
    if not isinstance(decoded, list):
        raise Refusal(f"can't parse {parameter.name}: Array expected")
    return decoded


def _read_file(parameter: Parameter, value: object, given: Mapping[str, Any]) -> Upload | str:
    """An upload, or the id of a file on the server."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = given.get(value.removeprefix("attach://"))
    if isinstance(value, Upload):
        if not value.content:
            raise Refusal("file must be non-empty")
        return value
    if not isinstance(value, str) or not value:
        raise Refusal(parameter.missing)
    if "://" in value:
        raise Refusal("failed to get HTTP URL content")  # the simulator fetches nothing
    return value


_READERS: Mapping[Kind, Callable[[Parameter, Any, Mapping[str, Any]], Any]] = {
    Kind.CHAT: _read_chat,
    Kind.INTEGER: _read_integer,
    Kind.BOOLEAN: _read_boolean,
    Kind.STRING: _read_string,
    Kind.OBJECT: _read_object,
    Kind.ARRAY: _read_array,
    Kind.FILE: _read_file,
}


def _decode(parameter: Parameter, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(f"can't parse {parameter.name} JSON object") from None


def _check_encodable(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refusal("strings must be encoded in UTF-8") from None


def _is_within(parameter: Parameter, number: int) -> bool:
    least, most = parameter.least, parameter.most
    return (least is None or number >= least) and (most is None or number <= most)


def _bounds(parameter: Parameter) -> str:
    return f"at least {parameter.least}" + (f" and at most {parameter.most}" if parameter.most is not None else "")
