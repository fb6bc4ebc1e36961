"""What an expression may refer to, and what kind of value its parts have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.forms.functions import FUNCTIONS
from bot.forms.problems import FormProblem
from bot.forms.xpath_trees import Binary, Call, Literal, Negation, Node, Number, Path, Step

_NUMBERS = frozenset({"int", "decimal"})
_DATES = frozenset({"date", "dateTime", "time"})
_CONDITIONS = frozenset({"and", "or", "=", "!=", "<", "<=", ">", ">="})


class Unsupported(Exception):
    """What an expression asks for cannot be done; `problem` has code, value and hint."""

    def __init__(self, code: str, value: str, hint: str = "") -> None:
        super().__init__(code)
        self.problem = FormProblem(code, value=value, hint=hint)


@dataclass(frozen=True, slots=True)
class Labelled:
    """How `jr:choice-name` finds a question's labels: nodes before any filter, and the paths to value and label."""

    nodes: Node
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A form as its expressions see it.

    `types` are bind types by ref (empty for groups), `columns` the columns of each list where they are known.
    """

    types: Mapping[str, str]
    repeats: frozenset[str] = frozenset()
    calculated: frozenset[str] = frozenset()
    lists: Sequence[str] = ()
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labelled: Mapping[str, Labelled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a part of an expression stands.

    `own` is the node the whole expression belongs to, `context` what `.` means here: another node inside a predicate,
    None where that cannot be told or is a row of a list. `moved`: what was written for `own` now stands in a
    predicate.
    """

    shape: Shape
    own: str
    context: str | None
    inside: bool = False
    moved: bool = False

    def resolve(self, path: Path) -> str | None:
        """The ref a path leads to, where its text tells."""
        ref = "" if path.absolute else self.context
        if path.start is not None:
            ref = self.own if is_current(path) else None
        for step in path.steps:
            ref = follow_step(ref, step)
        return ref

    def type_of(self, node: Node) -> str:
        """`number`, `boolean`, `text`, `date`, or `any` where it may be each of them."""
        match node:
            case Number() | Negation():
                return "number"
            case Literal():
                return "text"
            case Binary(operator):
                return "boolean" if operator in _CONDITIONS else "number"
            case Call(name, arguments):
                return self._type_of_call(name, arguments)
            case Path():
                return self._type_of_path(node)
        return "any"

    def _type_of_call(self, name: str, arguments: tuple[Node, ...]) -> str:
        if name in {"if", "coalesce"}:
            found = {self.type_of(one) for one in arguments[-2:]}
            return found.pop() if len(found) == 1 else "any"
        return FUNCTIONS[name].returns if name in FUNCTIONS else "any"

    def _type_of_path(self, path: Path) -> str:
        ref = self.resolve(path)
        bind = self.shape.types.get(ref or "", "any")
        if bind in _NUMBERS:
            return "number"
        return "date" if bind in _DATES else "any" if ref is None or ref in self.shape.calculated else "text"


def is_current(path: Path) -> bool:
    """Whether a path begins with `current()`."""
    return isinstance(path.start, Call) and path.start.name == "current" and not path.predicates


def follow_step(ref: str | None, step: Step) -> str | None:
    """Where a step leads from a ref; None where that cannot be told."""
    if ref is None or step.deep:
        return None
    match step.test:
        case "..":
            return ref.rpartition("/")[0]
        case ".":
            return ref
        case name:
            return f"{ref}/{name}" if name.replace("-", "").replace(".", "").isidentifier() else None
