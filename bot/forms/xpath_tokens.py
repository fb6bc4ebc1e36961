"""XPath 1.0 in words and signs."""

import re
from dataclasses import dataclass

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<literal>"[^"]*"|'[^']*')
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<axis>{_NAME})\s*::
    | (?P<name>{_NAME}(?::(?:{_NAME}|\*))?)
    | (?P<sign>!=|<=|>=|//|\.\.|[()\[\],@.+\-*/|=<>])
    )""",
    re.VERBOSE,
)
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})


class NotXPath(ValueError):
    """The text is no XPath; `str()` names the place."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def split_tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise NotXPath(text[place:].strip()[:30])
        kind = str(found.lastgroup)
        word = found[kind]
        if kind == "name" and word in _WORD_OPERATORS and _ends_operand(tokens):
            kind = "sign"
        tokens.append(Token(kind, word))
        place = found.end()
    return tokens


def _ends_operand(tokens: list[Token]) -> bool:
    """Whether an operator may follow: this is how XPath tells `div` and `*` from names (section 3.7)."""
    return bool(tokens) and (
        tokens[-1].kind in {"literal", "number", "name"} or tokens[-1].text in {")", "]", ".", "..", "*"}
    )
