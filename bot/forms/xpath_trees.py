"""XPath 1.0 as a tree, which `bot.forms.rewriting` changes and which is written out by `str`."""

from collections.abc import Callable
from dataclasses import dataclass, replace


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
