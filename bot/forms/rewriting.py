"""ODK's dialect of XPath, rewritten once into XPath 1.0 that libxml2 evaluates with `bot.forms.functions`.

What ODK does beyond XPath 1.0 (https://getodk.github.io/xforms-spec/, and how JavaRosa reads it): dates count as days
when compared or added, an absent answer equals '', a path in a condition asks whether there is an answer, a path into
one's own repeat means one's own instance, and the functions of `bot.forms.calls`.
"""

from dataclasses import dataclass, replace

from bot.forms.calls import SPECIAL
from bot.forms.dates import count_days
from bot.forms.functions import FUNCTIONS, PREFIX
from bot.forms.model import Expression
from bot.forms.scopes import Scope, Shape, Unsupported, follow_step, is_current
from bot.forms.xpath_tokens import NotXPath
from bot.forms.xpath_trees import Binary, Call, Literal, Negation, Node, Number, Path, Step, Variable
from bot.forms.xpaths import parse_xpath


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An expression with the refs it reads; `everything` where that cannot be told (wildcards)."""

    expression: Expression
    reads: frozenset[str]
    everything: bool = False


def rewrite_expression(text: str, context: str, shape: Shape, *, condition: bool = False) -> Rewritten:
    """An expression that belongs to the node `context`. Raises `Unsupported`."""
    try:
        node = parse_xpath(text)
    except NotXPath as error:
        raise Unsupported("form-xpath", text, str(error)) from error
    return rewrite_node(node, context, shape, condition=condition)


def rewrite_node(node: Node, context: str, shape: Shape, *, condition: bool = False) -> Rewritten:
    """The same from a tree."""
    rewriter = Rewriter()
    scope = Scope(shape, context, context)
    inner = rewriter.as_condition(node, scope) if condition else rewriter.rewrite(node, scope)
    return Rewritten(
        Expression(str(inner), tuple(sorted(rewriter.uses))), frozenset(rewriter.reads), rewriter.everything
    )


class Rewriter:
    """Rewrites one expression, noting the refs it reads and the variables it needs."""

    def __init__(self) -> None:
        self.uses: set[str] = set()
        self.reads: set[str] = set()
        self.everything = False
        self.randoms = 0

    def rewrite(self, node: Node, scope: Scope) -> Node:
        match node:
            case Binary(operator, left, right):
                return self._rewrite_binary(operator, left, right, scope)
            case Negation(operand):
                return Negation(self.as_number(operand, scope))
            case Call():
                return self._rewrite_call(node, scope)
            case Path():
                return self._rewrite_path(node, scope)
            case _:
                return node

    def as_condition(self, node: Node, scope: Scope) -> Node:
        """A path asks whether there is an answer, and a number for another than 0."""
        inner = self.rewrite(node, scope)
        if isinstance(node, Path):
            inner = Call("number" if scope.type_of(node) == "number" else "string", (inner,))
        return inner if scope.type_of(node) == "boolean" else Call("boolean", (inner,))

    def as_number(self, node: Node, scope: Scope) -> Node:
        """A number; days since 1970 for what may be a date."""
        days = count_days(node.value) if isinstance(node, Literal) else None
        if days is not None:
            return Number(repr(days)) if days >= 0 else Negation(Number(repr(-days)))
        inner = self.rewrite(node, scope)
        return call_own("number", inner) if scope.type_of(node) in {"date", "any"} else inner

    def as_text(self, node: Node, scope: Scope) -> Node:
        inner = self.rewrite(node, scope)
        return Call("string", (inner,)) if isinstance(node, Path) else inner

    def use(self, name: str) -> Variable:
        """A variable the expression will be given."""
        self.uses.add(name)
        return Variable(name)

    def use_list(self, name: str, scope: Scope) -> Variable:
        if name not in scope.shape.lists:
            raise Unsupported("form-list", name)
        return self.use(f"list{scope.shape.lists.index(name)}")

    def _rewrite_binary(self, operator: str, left: Node, right: Node, scope: Scope) -> Node:
        if operator in {"and", "or"}:
            return Binary(operator, self.as_condition(left, scope), self.as_condition(right, scope))
        if operator in {"=", "!="}:
            return self._rewrite_equality(operator, left, right, scope)
        if operator == "|":
            return Binary(operator, self.rewrite(left, scope), self.rewrite(right, scope))
        return Binary(operator, self.as_number(left, scope), self.as_number(right, scope))

    def _rewrite_equality(self, operator: str, left: Node, right: Node, scope: Scope) -> Node:
        """XPath would call every comparison with an absent node false; two numbers are compared as such."""
        types = {scope.type_of(left), scope.type_of(right)}
        if "boolean" in types:
            return Binary(operator, self.as_condition(left, scope), self.as_condition(right, scope))
        a, b = self.as_text(left, scope), self.as_text(right, scope)
        if isinstance(left, Path) and isinstance(right, Path) and "number" in types:
            same = Binary("or", Binary("=", a, b), Binary("=", Call("number", (a,)), Call("number", (b,))))
            return same if operator == "=" else Call("not", (same,))
        return Binary(operator, a, b)

    def _rewrite_call(self, call: Call, scope: Scope) -> Node:
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise Unsupported("form-function", f"{call.name}()")
        if not function.least <= len(call.arguments) <= function.most:
            wanted = str(function.least) if function.least == function.most else f"{function.least}-{function.most}"
            raise Unsupported("form-arguments", str(call), wanted)
        if call.name in SPECIAL:
            return SPECIAL[call.name](self, scope, *call.arguments)
        arguments = tuple(self.rewrite(one, scope) for one in call.arguments)
        return Call(call.name, arguments) if function.body is None else call_own(call.name, *arguments)

    def _rewrite_path(self, path: Path, scope: Scope) -> Path:
        if path.start is not None and not is_current(path):
            start = self.rewrite(path.start, scope)
            found = replace(path, start=start, predicates=self._rewrite_predicates(path.predicates, None, scope))
            return self._rewrite_steps(found, None, scope)
        self._note(path, scope)
        if path.start is not None:
            here = Path(path.steps or (Step("."),))
            return self._rewrite_steps(
                replace(here, start=self.use("current")) if scope.inside else here, scope.own, scope
            )
        if scope.moved and not path.absolute:
            return self._rewrite_steps(replace(path, start=self.use("current")), scope.context, scope)
        if path.absolute and scope.inside and path.steps:
            # A predicate may stand at a row of a list, in whose document there is no such path.
            steps = self._rewrite_steps(path, "", scope).steps
            return Path(steps[1:], start=self.use("root"))
        own = _enter_own_repeat(path, scope)
        return self._rewrite_steps(own, "" if own.absolute else scope.context, scope)

    def _rewrite_steps(self, path: Path, ref: str | None, scope: Scope) -> Path:
        steps = []
        for step in path.steps:
            ref = follow_step(ref, step)
            steps.append(replace(step, predicates=self._rewrite_predicates(step.predicates, ref, scope)))
        return replace(path, steps=tuple(steps))

    def _rewrite_predicates(self, predicates: tuple[Node, ...], ref: str | None, scope: Scope) -> tuple[Node, ...]:
        there = replace(scope, context=ref, inside=True, moved=False)
        return tuple(
            # A number is a place among the nodes.
            self.rewrite(one, there)
            if there.type_of(one) == "number" and not isinstance(one, Path)
            else self.as_condition(one, there)
            for one in predicates
        )

    def _note(self, path: Path, scope: Scope) -> None:
        """What the path reads; one that begins at a row of a list reads nothing of the form."""
        ref = scope.resolve(path)
        if ref in scope.shape.types and ref is not None:
            # Of its own value a node may know what it was, and that of other instances of its repeat.
            if ref != scope.own or not (_is_here(path) or any(step.predicates for step in path.steps)):
                self.reads.add(ref)
        elif ref is not None:
            raise Unsupported("form-path", str(path), ref)
        elif path.absolute or scope.context is not None:
            self.everything = True


def call_own(name: str, *arguments: Node) -> Call:
    """A call of one of Hiwar's functions."""
    return Call(f"{PREFIX}:{name}", arguments)


def _is_here(path: Path) -> bool:
    return all(step.test == "." for step in path.steps)


def _enter_own_repeat(path: Path, scope: Scope) -> Path:
    """A path into a repeat that the expression stands in means the same instance (JavaRosa, `contextualize`)."""
    whole = "".join(f"/{step.test}" for step in path.steps)
    if not path.absolute or scope.inside or any(step.predicates or step.deep for step in path.steps):
        return path
    shared = [
        one for one in scope.shape.repeats if whole.startswith(f"{one}/") and f"{scope.own}/".startswith(f"{one}/")
    ]
    if not shared:
        return path
    deepest = max(shared, key=len).count("/")
    up = scope.own.count("/") - deepest
    return Path((*(Step("..") for _ in range(up)), *path.steps[deepest:]))
