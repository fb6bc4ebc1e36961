"""Answers that are sent: places and files."""

from bot.forms.asking import Asking, Read, Refusal, expect_text
from bot.forms.incoming import Attached, Incoming, Located
from bot.forms.places import read_place
from bot.forms.plain import clean
from bot.forms.reasons import Reason
from bot.forms.typed_answers import read_text


def read_geopoint(incoming: Incoming, _asking: Asking) -> str:
    place = (
        incoming
        if isinstance(incoming, Located)
        else read_place(expect_text(incoming, Reason.NOT_PLACE, "33.8938, 35.5018"))
    )
    if place is None or not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
        raise Refusal(Reason.NOT_PLACE, "33.8938, 35.5018")
    return f"{place.latitude:.7g} {place.longitude:.7g} {place.altitude:g} {place.accuracy:g}"


def read_barcode(incoming: Incoming, asking: Asking) -> str:
    """Typed, or photographed."""
    if isinstance(incoming, Attached):
        return _attach("image", incoming)
    return read_text(incoming, asking)


def reads_file(media: str) -> Read:
    def read(incoming: Incoming, _asking: Asking) -> str:
        if not isinstance(incoming, Attached):
            raise Refusal(Reason(f"needs-{media}"))
        return _attach(media, incoming)

    return read


def _attach(media: str, attached: Attached) -> str:
    if media not in {"file", attached.media}:
        raise Refusal(Reason(f"needs-{media}"))
    return clean(attached.file)
