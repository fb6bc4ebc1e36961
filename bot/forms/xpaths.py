"""Reading XPath 1.0 into a tree (https://www.w3.org/TR/1999/REC-xpath-19991116/); libxml2 evaluates it."""

from collections.abc import Sequence
from functools import reduce

from bot.forms.xpath_tokens import NotXPath, Token, split_tokens
from bot.forms.xpath_trees import Binary, Call, Literal, Negation, Node, Number, Path, Step

# From the loosest to the tightest.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_NODE_TESTS = frozenset({"node", "text", "comment"})
DEEPEST = 60


def parse_xpath(text: str) -> Node:
    """The tree of an expression. Raises `NotXPath`."""
    reader = _Reader(split_tokens(text))
    node = reader.read_expression()
    reader.expect_end()
    return node


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def read_expression(self, level: int = 0) -> Node:
        if level == len(_LEVELS):
            return self._read_unary()
        operands, operators = [self.read_expression(level + 1)], []
        while self._next_sign() in _LEVELS[level]:
            operators.append(self._take().text)
            operands.append(self.read_expression(level + 1))
        if operators and operators[0] in {"and", "or"}:
            return _balance(operators[0], operands)
        node = operands[0]
        for operator, operand in zip(operators, operands[1:], strict=True):
            node = Binary(operator, node, operand)
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

    def _read_test(self, token: Token) -> str:
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

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _next_sign(self) -> str:
        token = self._peek()
        return token.text if token is not None and token.kind == "sign" else ""

    def _take(self) -> Token:
        token = self._peek()
        if token is None:
            raise NotXPath("")
        self._place += 1
        return token

    def _take_sign(self, sign: str) -> None:
        token = self._take()
        if (token.kind, token.text) != ("sign", sign):
            raise NotXPath(token.text)


def _balance(operator: str, operands: Sequence[Node]) -> Node:
    """A long row of alternatives as a tree that is wide, not deep."""
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    return Binary(operator, _balance(operator, operands[:middle]), _balance(operator, operands[middle:]))
