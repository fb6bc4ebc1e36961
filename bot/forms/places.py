"""Places as people type them."""

import re

from bot.forms.incoming import Located
from bot.forms.plain import latinize_digits

_PAIR = re.compile(r"(-?\d{1,3}\.\d+|-?\d{1,3})\s*[, ;]\s*(-?\d{1,3}\.\d+|-?\d{1,3})")


def read_place(text: str) -> Located | None:
    """Latitude and longitude in degrees, alone or in an address of a map (`…/@33.89,35.50,15z`)."""
    found = (
        _PAIR.search(latinize_digits(text)) if "://" in text else _PAIR.fullmatch(latinize_digits(text).strip(" ()"))
    )
    return None if found is None else Located(float(found[1]), float(found[2]))
