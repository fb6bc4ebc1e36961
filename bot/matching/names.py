"""Names that fill a slot, such as those of countries: of one word or several, in Arabic with a letter joined before."""

from collections.abc import Mapping, Sequence

MOST_WORDS = 3
# One letter joined to an Arabic word: and, in, for, with.
_PREFIXES = "وفبل"


def find_name(tokens: Sequence[str], names: Mapping[str, str]) -> tuple[str, list[str]]:
    """What the first of the `names` in folded words stands for, the longest first, or nothing; and the words that are
    left without it."""
    for size in range(MOST_WORDS, 0, -1):
        for start in range(len(tokens) - size + 1):
            value = _read(" ".join(tokens[start : start + size]), names)
            if value:
                return value, [*tokens[:start], *tokens[start + size :]]
    return "", list(tokens)


def _read(name: str, names: Mapping[str, str]) -> str:
    if name.isascii() or name in names:
        return names.get(name, "")
    bare = name[1:] if name[:1] in _PREFIXES else name
    readings = (bare, f"ال{bare}", f"ال{bare.removeprefix('ل')}")
    return next((names[one] for one in readings if one in names), "")
