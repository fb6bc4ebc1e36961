"""The kinds of questions: how each reads what a person sends. A kind without a case file fails a test."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.forms.choosing import FindChoices, split_choices
from bot.forms.dates import write_moment
from bot.forms.events import Offer
from bot.forms.incoming import Attached, Chosen, Incoming, Located
from bot.forms.model import Range
from bot.forms.places import read_place
from bot.forms.plain import clean
from bot.forms.typed_days import NoSuchDay, is_now, read_clock, read_day, read_day_and_clock
from bot.forms.typed_numbers import is_whole, read_number, write_whole
from bot.forms.words import means_yes

NO_RANGE = Range("0", "0", "0")


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer is read against: the question's choices and bounds, the person's clock and language."""

    now: datetime
    locale: str
    find: FindChoices
    longest: int
    offers: Sequence[Offer] = ()
    range: Range = NO_RANGE
    appearance: str = ""


class Refusal(Exception):
    """What was sent is no answer: `reason` is a key, `example` would be one, `candidates` may have been meant."""

    def __init__(self, reason: str, example: str = "", candidates: Sequence[Offer] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.example = example
        self.candidates = tuple(candidates)


Read = Callable[[Incoming, Asking], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question. `read` gives the answer as ODK stores it, or raises `Refusal`; `asks` where one is due."""

    name: str
    read: Read
    asks: bool = True


def _typed(incoming: Incoming, wanted: str, example: str = "") -> str:
    """What was typed, or pressed as the only choice."""
    if isinstance(incoming, Chosen) and len(incoming.values) == 1:
        return incoming.values[0]
    if not isinstance(incoming, str):
        raise Refusal(wanted, example)
    return incoming


def _read_text(incoming: Incoming, asking: Asking) -> str:
    text = clean(_typed(incoming, "not-text")).strip()
    if len(text) > asking.longest:
        raise Refusal("text-long", str(asking.longest))
    if "numbers" in asking.appearance.split():
        number = read_number(text, asking.locale)
        if number is None:
            raise Refusal("not-number", "25")
        return number
    return text


def _read_integer(incoming: Incoming, asking: Asking) -> str:
    number = read_number(_typed(incoming, "not-number", "25"), asking.locale)
    if number is None:
        raise Refusal("not-number", "25")
    if not is_whole(number):
        raise Refusal("not-whole", write_whole(number))
    return write_whole(number)


def _read_decimal(incoming: Incoming, asking: Asking) -> str:
    number = read_number(_typed(incoming, "not-number", "12.5"), asking.locale)
    if number is None:
        raise Refusal("not-number", "12.5")
    return number


def _read_range(incoming: Incoming, asking: Asking) -> str:
    number = Decimal(_read_decimal(incoming, asking))
    start, end, step = (Decimal(one) for one in (asking.range.start, asking.range.end, asking.range.step))
    if not min(start, end) <= number <= max(start, end):
        raise Refusal("out-of-range", f"{start}–{end}")
    if step and (number - start) % step:
        nearest = start + round((number - start) / step) * step
        raise Refusal("not-on-step", str(nearest))
    return f"{number.normalize():f}"


def _read_one(incoming: Incoming, asking: Asking) -> str:
    chosen = _read_choices(incoming, asking)
    if len(chosen) != 1:
        raise Refusal("one-choice", candidates=[one for one in asking.offers if one.value in chosen])
    return chosen[0]


def _read_multiple(incoming: Incoming, asking: Asking) -> str:
    """In the order of the list, as ODK stores them."""
    chosen = _read_choices(incoming, asking)
    return " ".join(one.value for one in asking.offers if one.value in chosen)


def _read_rank(incoming: Incoming, asking: Asking) -> str:
    """All choices, in the order given."""
    chosen = _read_choices(incoming, asking)
    missing = [one for one in asking.offers if one.value not in chosen]
    if missing:
        raise Refusal("rank-all", candidates=missing)
    return " ".join(chosen)


def _read_choices(incoming: Incoming, asking: Asking) -> list[str]:
    if isinstance(incoming, Chosen):
        known = {one.value for one in asking.offers}
        if not known.issuperset(incoming.values):
            raise Refusal("choice-gone")
        return list(dict.fromkeys(incoming.values))
    if not isinstance(incoming, str):
        raise Refusal("not-choice")
    whole = asking.find(incoming, asking.offers)
    parts = split_choices(incoming)
    if len(whole) == 1 or len(parts) == 1:
        return [_one_choice(whole, asking)]
    return list(dict.fromkeys(_one_choice(asking.find(part, asking.offers), asking) for part in parts))


def _one_choice(found: Sequence[str], asking: Asking) -> str:
    if len(found) != 1:
        candidates = [one for value in found for one in asking.offers if one.value == value]
        raise Refusal("several-choices" if found else "not-choice", candidates=candidates)
    return found[0]


def _read_date(incoming: Incoming, asking: Asking) -> str:
    parts = 1 if "year" in asking.appearance.split() else 2 if "month-year" in asking.appearance.split() else 3
    example = asking.now.strftime(("%Y", "%m/%Y", "%d/%m/%Y")[parts - 1])
    reason = ("not-year", "not-month", "not-date")[parts - 1]
    try:
        day = read_day(_typed(incoming, reason, example), asking.now.date(), parts=parts)
    except NoSuchDay:
        raise Refusal("no-such-day", example) from None
    if day is None:
        raise Refusal(reason, example)
    return day.isoformat()


def _read_time(incoming: Incoming, asking: Asking) -> str:
    text = _typed(incoming, "not-time", "15:30")
    try:
        clock = asking.now.time() if is_now(text) else read_clock(text)
    except NoSuchDay:
        raise Refusal("no-such-time", "15:30") from None
    if clock is None:
        raise Refusal("not-time", "15:30")
    return write_moment(datetime.combine(asking.now.date(), clock, asking.now.tzinfo)).partition("T")[2]


def _read_moment(incoming: Incoming, asking: Asking) -> str:
    example = asking.now.strftime("%d/%m/%Y 15:30")
    text = _typed(incoming, "not-moment", example)
    if is_now(text):
        return write_moment(asking.now)
    try:
        found = read_day_and_clock(text, asking.now.date())
    except NoSuchDay:
        raise Refusal("no-such-day", example) from None
    if found is None:
        raise Refusal("not-moment", example)
    return write_moment(datetime.combine(*found, asking.now.tzinfo))


def _read_geopoint(incoming: Incoming, _asking: Asking) -> str:
    place = incoming if isinstance(incoming, Located) else read_place(_typed(incoming, "not-place", "33.8938, 35.5018"))
    if place is None or not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
        raise Refusal("not-place", "33.8938, 35.5018")
    return f"{place.latitude:.7g} {place.longitude:.7g} {place.altitude:g} {place.accuracy:g}"


def _read_acknowledge(incoming: Incoming, _asking: Asking) -> str:
    """Stored as `OK`, the only answer there is."""
    if not means_yes(_typed(incoming, "not-agreed")):
        raise Refusal("not-agreed")
    return "OK"


def _read_barcode(incoming: Incoming, asking: Asking) -> str:
    """Typed, or photographed."""
    if isinstance(incoming, Attached):
        return _attach("image", incoming)
    return _read_text(incoming, asking)


def _reads_file(media: str) -> Read:
    def read(incoming: Incoming, _asking: Asking) -> str:
        if not isinstance(incoming, Attached):
            raise Refusal(f"needs-{media}")
        return _attach(media, incoming)

    return read


def _attach(media: str, attached: Attached) -> str:
    if media not in {"file", attached.media}:
        raise Refusal(f"needs-{media}")
    return clean(attached.file)


def _read_nothing(_incoming: Incoming, _asking: Asking) -> str:
    raise Refusal("not-asked")


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", _read_text),
        Kind("integer", _read_integer),
        Kind("decimal", _read_decimal),
        Kind("range", _read_range),
        Kind("select_one", _read_one),
        Kind("select_multiple", _read_multiple),
        Kind("rank", _read_rank),
        Kind("date", _read_date),
        Kind("time", _read_time),
        Kind("dateTime", _read_moment),
        Kind("geopoint", _read_geopoint),
        Kind("acknowledge", _read_acknowledge),
        Kind("barcode", _read_barcode),
        Kind("image", _reads_file("image")),
        Kind("audio", _reads_file("audio")),
        Kind("video", _reads_file("video")),
        Kind("file", _reads_file("file")),
        Kind("note", _read_nothing, asks=False),
        Kind("calculate", _read_nothing, asks=False),
        Kind("hidden", _read_nothing, asks=False),
        Kind("start", _read_nothing, asks=False),
        Kind("end", _read_nothing, asks=False),
        Kind("today", _read_nothing, asks=False),
        Kind("deviceid", _read_nothing, asks=False),
        Kind("instance", _read_nothing, asks=False),
    )
}
# Which of them have choices.
SELECTS = frozenset({"select_one", "select_multiple", "rank"})
