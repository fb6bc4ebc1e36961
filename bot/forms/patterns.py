"""Regular expressions of forms: Java's, as ODK's programs take them, matched by Python within a bounded time."""

import re
import sys
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache

from bot.forms.ambiguity import measure
from bot.forms.positions import TooComplex

# About as many steps as a tenth of a second has.
_MOST_STEPS = 2_000_000
_STEEPEST = 3
_LONGEST = 4_096
_PROPERTY = re.compile(r"\\([pP])(?:\{(?:\^)?(?:Is|In|is)?_?(\w+)\}|([A-Z]))")
# Names that are no general categories of Unicode, by what they come to there.
_NAMED = {
    "Alpha": "L",
    "Letter": "L",
    "Digit": "Nd",
    "Lower": "Ll",
    "Upper": "Lu",
    "Punct": "P",
    "Alnum": "L N",
    "Space": "Z",
}
_SCRIPTS = {"Arabic": "ARABIC", "Latin": "LATIN", "Hebrew": "HEBREW", "Cyrillic": "CYRILLIC", "Greek": "GREEK"}


class BadPattern(ValueError):
    """The expression cannot be used; `code` is that of the Problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled expression, and the longest text it is matched with."""

    compiled: re.Pattern[str]
    longest: int

    def matches(self, text: str) -> bool:
        """Whether all of the text matches, as ODK has it; never for longer ones."""
        return len(text) <= self.longest and self.compiled.fullmatch(text) is not None


def matches_whole(pattern: str, text: str) -> bool:
    """Whether a text matches; False for what is no usable expression."""
    try:
        return compile_pattern(pattern).matches(text)
    except BadPattern:
        return False


def find_fault(pattern: str, longest: int) -> str | None:
    """The code of the Problem an expression has, None for a good one."""
    if len(pattern) > longest:
        return "form-pattern-slow"
    try:
        compile_pattern(pattern)
    except BadPattern as error:
        return error.code
    return None


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> Pattern:
    """Raises `BadPattern`."""
    try:
        with warnings.catch_warnings():
            # `[[a]` and `[a&&b]`, which mean something else in Java.
            warnings.simplefilter("error")
            translated = _PROPERTY.sub(lambda found: _expand(found, pattern), pattern)
            power = measure(translated)
            compiled = re.compile(translated)
    except TooComplex as error:
        raise BadPattern("form-pattern-slow") from error
    except (re.error, FutureWarning, RecursionError, OverflowError, KeyError) as error:
        raise BadPattern("form-pattern") from error
    if not 1 <= power <= _STEEPEST:
        raise BadPattern("form-pattern-slow")
    return Pattern(compiled, min(_LONGEST, int(_MOST_STEPS ** (1 / power))))


def _expand(found: re.Match[str], pattern: str) -> str:
    """A property of Unicode as ranges, with brackets around where it does not stand in some."""
    ranges = _ranges(found[2] or found[3], negated=found[1] == "P")
    before = pattern[: found.start()].replace("\\\\", "").replace("\\[", "").replace("\\]", "")
    return ranges if before.rfind("[") > before.rfind("]") else f"[{ranges}]"


@lru_cache(maxsize=64)
def _ranges(name: str, *, negated: bool) -> str:
    """The characters of a category or script as the inside of brackets. Raises KeyError for an unknown name."""
    script = _SCRIPTS.get(name.removesuffix("Script"))
    categories = tuple(_NAMED.get(name, name if len(name) <= 2 and name[0] in "LMNPSZC" else "").split())
    if script is None and not categories:
        raise KeyError(name)
    parts: list[str] = []
    start: int | None = None
    for code in range(min(sys.maxunicode, 0x1FFFF) + 2):
        char = chr(code)
        inside = (
            unicodedata.name(char, "").startswith(script)
            if script
            else unicodedata.category(char).startswith(categories)
        )
        if (inside != negated) and start is None:
            start = code
        elif (inside == negated) and start is not None:
            parts.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return "".join(parts)
