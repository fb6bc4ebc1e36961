"""The kinds of questions. One without a case file fails a test."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.forms.asking import Asking, Read, Refusal
from bot.forms.chosen_answers import read_multiple, read_one, read_rank
from bot.forms.dated_answers import read_date, read_moment, read_time
from bot.forms.incoming import Incoming
from bot.forms.reasons import Reason
from bot.forms.sent_answers import read_barcode, read_geopoint, reads_file
from bot.forms.typed_answers import read_acknowledge, read_decimal, read_integer, read_range, read_text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question. `read` gives the answer as ODK stores it, or raises `Refusal`; `asks` where one is due."""

    name: str
    read: Read
    asks: bool = True


def _read_nothing(_incoming: Incoming, _asking: Asking) -> str:
    raise Refusal(Reason.NOT_ASKED)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", read_text),
        Kind("integer", read_integer),
        Kind("decimal", read_decimal),
        Kind("range", read_range),
        Kind("select_one", read_one),
        Kind("select_multiple", read_multiple),
        Kind("rank", read_rank),
        Kind("date", read_date),
        Kind("time", read_time),
        Kind("dateTime", read_moment),
        Kind("geopoint", read_geopoint),
        Kind("acknowledge", read_acknowledge),
        Kind("barcode", read_barcode),
        Kind("image", reads_file("image")),
        Kind("audio", reads_file("audio")),
        Kind("video", reads_file("video")),
        Kind("file", reads_file("file")),
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
