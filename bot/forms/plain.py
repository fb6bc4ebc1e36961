"""Text as people type it, made plain enough to be read: digits, marks, signs."""

import re
import unicodedata

# What XML cannot hold (XML 1.0, section 2.2), beside lone surrogates.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_SIGNS = str.maketrans(
    {"٫": ".", "٬": ",", "−": "-", "–": "-", "—": "-", "،": ",", "؛": ";", "\u00a0": " ", "\u202f": " ", "’": "'"}
)


def clean(text: str) -> str:
    """The text without what cannot be stored in XML."""
    return _UNFIT.sub("", text)


def latinize_digits(text: str) -> str:
    """Digits of any script as 0-9, and the signs that belong to numbers."""
    plain = text.translate(_INVISIBLE).translate(_SIGNS)
    return "".join(str(unicodedata.decimal(char, char)) for char in plain)


def simplify(text: str) -> str:
    """Case, accents, vowel marks and the seats of hamza make no difference."""
    decomposed = unicodedata.normalize("NFKD", latinize_digits(text).casefold())
    kept = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
    return " ".join(kept.replace("ـ", "").split())
