"""Regular expressions of forms."""

import re
from functools import lru_cache

LONGEST = 1_000


def matches_whole(pattern: str, text: str) -> bool:
    """Whether the whole text matches; False for longer ones than `LONGEST` and for what is no pattern."""
    compiled = compile_pattern(pattern)
    return compiled is not None and len(text) <= LONGEST and compiled.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def find_fault(pattern: str, longest: int) -> str | None:
    """The code of the Problem a pattern has."""
    if len(pattern) > longest or compile_pattern(pattern) is None:
        return "form-pattern"
    return None
