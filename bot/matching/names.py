"""Names that fill a slot, such as those of countries: of one word or several, in Arabic with a letter joined before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

MOST_WORDS = 3
# One letter joined to an Arabic word: and, in, for, with.
_PREFIXES = "وفبل"


@dataclass(frozen=True)
class Names:
    """Names in folded words, each with what it stands for."""

    values: Mapping[str, str]

    def find(self, tokens: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
        """What the names in folded words stand for, in their order, the longest names first where they share words; and
        the words that are left without them."""
        # Most questions name nothing, and their Latin words tell that at once; Arabic ones may have a letter joined.
        if self._words.isdisjoint(tokens) and all(map(str.isascii, tokens)):
            return (), list(tokens)
        found: dict[int, str] = {}
        left = [True] * len(tokens)
        for size in range(MOST_WORDS, 0, -1):
            for start in range(len(tokens) - size + 1):
                end = start + size
                # Most words end no name: half of the time of a question would go into putting them together.
                if not all(left[start:end]) or (size > 1 and tokens[end - 1] not in self._ends):
                    continue
                value = self._read(" ".join(tokens[start:end]))
                if value:
                    found[start] = value
                    left[start:end] = [False] * size
        values = dict.fromkeys(found[start] for start in sorted(found))
        return tuple(values), [token for token, is_left in zip(tokens, left, strict=True) if is_left]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for name in self.values for word in name.split())

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The last words of names of several words."""
        return frozenset(name.rsplit(" ", 1)[1] for name in self.values if " " in name)

    def _read(self, name: str) -> str:
        if name.isascii() or name in self.values:
            return self.values.get(name, "")
        bare = name[1:] if name[:1] in _PREFIXES else name
        readings = (bare, f"ال{bare}", f"ال{bare.removeprefix('ل')}")
        return next((self.values[one] for one in readings if one in self.values), "")
