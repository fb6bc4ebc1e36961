"""XPath 1.0 as a tree: read from the text a form's author wrote, changed by `bot.forms.rewriting`, written out again.

Nothing is evaluated here; libxml2 does that. Grammar: https://www.w3.org/TR/1999/REC-xpath-19991116/.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

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
# From the loosest to the tightest.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NODE_TESTS = frozenset({"node", "text", "comment"})
DEEPEST = 60


class NotXPath(ValueError):
    """The text is no XPath; `str()` names the place."""


@dataclass(frozen=True, slots=True)
class Number:
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Literal:
    value: str

    def __str__(self) -> str:
        return f'"{self.value}"' if "'" in self.value else f"'{self.value}'"


@dataclass(frozen=True, slots=True)
class Variable:
    name: str

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: "tuple[Node, ...]" = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: "Node"
    right: "Node"

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"


@dataclass(frozen=True, slots=True)
class Negation:
    operand: "Node"

    def __str__(self) -> str:
        return f"-({self.operand})"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `test` as written (`..`, `.`, `name`, `@name`, `*`, `axis::name`, `node()`); `deep` after `//`."""

    test: str
    predicates: "tuple[Node, ...]" = ()
    deep: bool = False

    def __str__(self) -> str:
        return self.test + "".join(f"[{one}]" for one in self.predicates)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from the nodes of `start`, or from the context node.

    `predicates` are those that stand directly behind `start`.
    """

    steps: tuple[Step, ...]
    absolute: bool = False
    start: "Node | None" = None
    predicates: "tuple[Node, ...]" = ()

    def __str__(self) -> str:
        head = "" if self.start is None else f"{_in_brackets(self.start)}{''.join(f'[{p}]' for p in self.predicates)}"
        text = "".join(("//" if step.deep else "/") + str(step) for step in self.steps)
        if self.start is not None or self.absolute:
            return head + (text or "/" * self.absolute)
        return text.removeprefix("/")


Node = Number | Literal | Variable | Call | Binary | Negation | Path


def parse_xpath(text: str) -> Node:
    """The tree of an expression. Raises `NotXPath`."""
    reader = _Reader(_split_tokens(text))
    node = reader.read_expression()
    reader.expect_end()
    return node


def transform(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same tree with `change` applied to every node, the innermost first."""
    match node:
        case Call():
            node = replace(node, arguments=tuple(transform(one, change) for one in node.arguments))
        case Binary():
            node = replace(node, left=transform(node.left, change), right=transform(node.right, change))
        case Negation():
            node = Negation(transform(node.operand, change))
        case Path():
            node = replace(
                node,
                start=None if node.start is None else transform(node.start, change),
                predicates=tuple(transform(one, change) for one in node.predicates),
                steps=tuple(
                    replace(step, predicates=tuple(transform(one, change) for one in step.predicates))
                    for step in node.steps
                ),
            )
    return change(node)


def _in_brackets(node: Node) -> str:
    return str(node) if isinstance(node, Call | Variable | Binary) else f"({node})"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _split_tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
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
        tokens.append(_Token(kind, word))
        place = found.end()
    return tokens


def _ends_operand(tokens: list[_Token]) -> bool:
    """Whether an operator may follow: this is how XPath tells `div` and `*` from names (section 3.7)."""
    return bool(tokens) and (
        tokens[-1].kind in {"literal", "number", "name"} or tokens[-1].text in {")", "]", ".", "..", "*"}
    )


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def read_expression(self, level: int = 0) -> Node:
        if level == len(_LEVELS):
            return self._read_unary()
        node = self.read_expression(level + 1)
        while self._next_sign() in _LEVELS[level]:
            operator = self._take().text
            node = Binary(operator, node, self.read_expression(level + 1))
        return node

    def expect_end(self) -> None:
        if self._place < len(self._tokens):
            raise NotXPath(self._tokens[self._place].text)

    def _read_unary(self) -> Node:
        minus = 0
        while self._next_sign() == "-":
            self._take()
            minus += 1
        node = self._read_path()
        while self._next_sign() == "|":
            self._take()
            node = Binary("|", node, self._read_path())
        return reduce(lambda inner, _: Negation(inner), range(minus), node)

    def _read_path(self) -> Node:
        token = self._peek()
        if token is None:
            raise NotXPath("")
        if token.kind in {"literal", "number"} or token.text == "(" or self._is_call():
            return self._read_filtered()
        absolute = token.text in {"/", "//"}
        steps = self._read_steps(first=not absolute)
        return Path(steps, absolute=absolute)

    def _is_call(self) -> bool:
        token, following = self._tokens[self._place], self._peek(1)
        named = token.kind == "name" and token.text not in _NODE_TESTS
        return named and following is not None and following.text == "("

    def _read_filtered(self) -> Node:
        start = self._read_primary()
        predicates = self._read_predicates()
        if predicates or self._next_sign() in {"/", "//"}:
            return Path(self._read_steps(first=False), start=start, predicates=predicates)
        return start

    def _read_primary(self) -> Node:
        token = self._take()
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "number":
            return Number(token.text)
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotXPath("(" * 3)
        node = self._read_bracket() if token.text == "(" else Call(token.text, self._read_arguments())
        self._depth -= 1
        return node

    def _read_bracket(self) -> Node:
        node = self.read_expression()
        self._take_sign(")")
        return node

    def _read_arguments(self) -> tuple[Node, ...]:
        self._take_sign("(")
        arguments: list[Node] = []
        while self._next_sign() != ")":
            if arguments:
                self._take_sign(",")
            arguments.append(self.read_expression())
        self._take_sign(")")
        return tuple(arguments)

    def _read_steps(self, *, first: bool) -> tuple[Step, ...]:
        steps = [self._read_step(deep=False)] if first else []
        while self._next_sign() in {"/", "//"}:
            deep = self._take().text == "//"
            if not deep and not steps and self._peek() is None:
                break
            steps.append(self._read_step(deep=deep))
        return tuple(steps)

    def _read_step(self, *, deep: bool) -> Step:
        token = self._take()
        match token.kind, token.text:
            case "axis", axis:
                test = f"{axis}::{self._read_test(self._take())}"
            case "sign", "@":
                test = f"@{self._read_test(self._take())}"
            case "sign", "." | "..":
                return Step(token.text, self._read_predicates(), deep)
            case _:
                test = self._read_test(token)
        return Step(test, self._read_predicates(), deep)

    def _read_test(self, token: _Token) -> str:
        if token.kind == "name" and token.text in _NODE_TESTS and self._next_sign() == "(":
            self._take_sign("(")
            self._take_sign(")")
            return f"{token.text}()"
        if token.kind == "name" or token.text == "*":
            return token.text
        raise NotXPath(token.text)

    def _read_predicates(self) -> tuple[Node, ...]:
        predicates = []
        while self._next_sign() == "[":
            self._take()
            predicates.append(self.read_expression())
            self._take_sign("]")
        return tuple(predicates)

    def _peek(self, ahead: int = 0) -> _Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _next_sign(self) -> str:
        token = self._peek()
        return token.text if token is not None and token.kind == "sign" else ""

    def _take(self) -> _Token:
        token = self._peek()
        if token is None:
            raise NotXPath("")
        self._place += 1
        return token

    def _take_sign(self, sign: str) -> None:
        token = self._take()
        if (token.kind, token.text) != ("sign", sign):
            raise NotXPath(token.text)
