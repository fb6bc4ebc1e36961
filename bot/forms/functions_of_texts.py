"""ODK's functions of texts and of choices, which are texts with spaces between."""

import base64
import hashlib
import math
from uuid import UUID

from bot.forms.drawing import draw
from bot.forms.patterns import matches_whole
from bot.forms.values import Value, to_number, to_text, to_texts


def coalesce(*values: Value) -> str:
    return next((text for value in values if (text := to_text(value)) not in {"", "NaN"}), "")


def concat(*values: Value) -> str:
    return "".join(to_texts(values))


def join(separator: Value, *values: Value) -> str:
    return to_text(separator).join(to_texts(values))


def substr(value: Value, start: Value, end: Value = math.inf) -> str:
    """From `start`, counted from 0, to before `end`; negative ones count from the end (JavaRosa, `substring`)."""
    text = to_text(value)
    first, last = (_to_index(one, len(text)) for one in (start, end))
    return text[first:last]


def _to_index(value: Value, length: int) -> int:
    at = to_number(value)
    if math.isnan(at) or math.isinf(at):
        return length
    return max(0, min(length, int(at) + (length if at < 0 else 0)))


def ends_with(value: Value, ending: Value) -> bool:
    return to_text(value).endswith(to_text(ending))


def regex(value: Value, pattern: Value) -> bool:
    return matches_whole(to_text(pattern), to_text(value))


def boolean_from_string(value: Value) -> bool:
    return to_text(value).lower() in {"true", "1"}


def selected(value: Value, choice: Value) -> bool:
    return to_text(choice).strip() in to_text(value).split()


def selected_at(value: Value, index: Value) -> str:
    chosen, at = to_text(value).split(), to_number(index)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


def count_selected(value: Value) -> float:
    return float(len(to_text(value).split()))


def count_non_empty(values: Value) -> float:
    return float(sum(1 for text in to_texts([values]) if text))


def digest(value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = to_text(algorithm).replace("-", "").lower()
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return ""
    found = hashlib.new(name, to_text(value).encode(), usedforsecurity=False)
    return found.hexdigest() if to_text(encoding) == "hex" else base64.b64encode(found.digest()).decode()


def base64_decode(value: Value) -> str:
    try:
        return base64.b64decode(to_text(value), validate=True).decode()
    except ValueError:
        return ""


def uuid(seed: str, key: str, length: float | None = None) -> str:
    drawn = draw(seed, key)
    if length is None or math.isnan(length):
        return str(UUID(bytes=drawn[:16], version=4))
    return (base64.b32encode(drawn).decode().rstrip("=") * 8)[: max(0, int(length))]
