"""Functions of ODK that are no calls in XPath 1.0: each is rewritten into a path, a predicate or a variable."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.forms.functions import PREFIX
from bot.forms.scopes import Scope, Unsupported
from bot.forms.xpath_trees import Binary, Call, Literal, Node, Number, Path, Step
from bot.forms.xpaths import parse_xpath

if TYPE_CHECKING:
    from bot.forms.rewriting import Rewriter

Rewrite = Callable[..., Node]
_HERE = Path((Step("."),))


def _not(rewriter: "Rewriter", scope: Scope, argument: Node) -> Node:
    return Call("not", (rewriter.as_condition(argument, scope),))


def _boolean(rewriter: "Rewriter", scope: Scope, argument: Node) -> Node:
    return Call("boolean", (rewriter.as_condition(argument, scope),))


def _number(rewriter: "Rewriter", scope: Scope, argument: Node = _HERE) -> Node:
    return Call("number", (rewriter.as_number(argument, scope),))


def _if(rewriter: "Rewriter", scope: Scope, condition: Node, first: Node, second: Node) -> Node:
    branches = (rewriter.rewrite(first, scope), rewriter.rewrite(second, scope))
    return _call("if", rewriter.as_condition(condition, scope), *branches)


def _once(rewriter: "Rewriter", scope: Scope, argument: Node) -> Node:
    """What the node has, else the argument. Its own value is no dependency of it."""
    return _call("coalesce", Call("string", (_HERE,)), rewriter.rewrite(argument, scope))


def _format_date(rewriter: "Rewriter", scope: Scope, *arguments: Node) -> Node:
    return _call("format-date", *(rewriter.rewrite(one, scope) for one in arguments), rewriter.use("locale"))


def _position(rewriter: "Rewriter", scope: Scope, argument: Node | None = None) -> Node:
    """Of a repeat: one more than those of its name before it."""
    if argument is None:
        return Call("position")
    inner = rewriter.rewrite(argument, scope)
    if not isinstance(argument, Path) or not isinstance(inner, Path):
        raise Unsupported("form-arguments", f"position({argument})")
    name = (scope.resolve(argument) or "").rpartition("/")[2] or "*"
    before = replace(inner, steps=(*inner.steps, Step(f"preceding-sibling::{name}")))
    return Binary("+", Call("count", (before,)), Number("1"))


def _indexed_repeat(rewriter: "Rewriter", scope: Scope, target: Node, *pairs: Node) -> Node:
    """A path whose repeats have numbers: `/data/child[2]/name`."""
    refs = [scope.resolve(one) if isinstance(one, Path) else None for one in (target, *pairs[::2])]
    whole, *repeats = (ref or "" for ref in refs)
    if len(pairs) % 2 or not all(ref in scope.shape.repeats and whole.startswith(f"{ref}/") for ref in repeats):
        raise Unsupported("form-arguments", str(Call("indexed-repeat", (target, *pairs))))
    rewriter.reads.update({whole, *repeats} - {scope.own})
    numbers = dict(zip(repeats, pairs[1::2], strict=True))
    steps, ref = [], ""
    for name in whole.strip("/").split("/"):
        ref = f"{ref}/{name}"
        steps.append(Step(name, (_place(rewriter, scope, numbers[ref]),) if ref in numbers else ()))
    return Path(tuple(steps), absolute=True)


def _place(rewriter: "Rewriter", scope: Scope, number: Node) -> Node:
    """A number below 1 means the first (JavaRosa, `indexedRepeat`)."""
    inner = rewriter.as_number(number, _move(scope))
    return Binary("=", Call("position"), inner if isinstance(number, Number) else _call("place", inner))


def _choice_name(rewriter: "Rewriter", scope: Scope, value: Node, question: Node) -> Node:
    path = parse_xpath(question.value) if isinstance(question, Literal) else question
    labelled = scope.shape.labelled.get(scope.resolve(path) or "") if isinstance(path, Path) else None
    if labelled is None:
        raise Unsupported("form-arguments", str(Call("jr:choice-name", (value, question))))
    nodes = rewriter.rewrite(labelled.nodes, scope)
    return _look_up(rewriter, scope, nodes, labelled.value, value, labelled.label)


def _pulldata(rewriter: "Rewriter", scope: Scope, file: Node, wanted: Node, column: Node, value: Node) -> Node:
    if not (isinstance(file, Literal) and isinstance(wanted, Literal) and isinstance(column, Literal)):
        raise Unsupported("form-arguments", str(Call("pulldata", (file, wanted, column, value))))
    name = file.value.removesuffix(".csv")
    nodes = Path((Step("root"), Step("item")), start=rewriter.use_list(name, scope))
    for one in (wanted.value, column.value):
        if one not in scope.shape.columns.get(name, {one}):
            raise Unsupported("form-column", one, f"{name}.csv")
    return _look_up(rewriter, scope, nodes, column.value, value, wanted.value)


def _look_up(rewriter: "Rewriter", scope: Scope, nodes: Node, key: str, value: Node, wanted: str) -> Node:
    """The `wanted` of the first node whose `key` is `value`."""
    test = Binary("=", Call("string", (Path((Step(key),)),)), rewriter.as_text(value, _move(scope)))
    if isinstance(nodes, Path) and nodes.steps:
        last = replace(nodes.steps[-1], predicates=(*nodes.steps[-1].predicates, test))
        return Call("string", (replace(nodes, steps=(*nodes.steps[:-1], last, Step(wanted))),))
    return Call("string", (Path((Step(wanted),), start=nodes, predicates=(test,)),))


def _move(scope: Scope) -> Scope:
    """For an argument that moves into a predicate: its paths still begin where the expression stands."""
    if scope.inside and scope.context != scope.own:
        raise Unsupported("form-nested", "[ … ]")
    return replace(scope, inside=True, moved=True)


def _random(rewriter: "Rewriter", scope: Scope) -> Node:
    return _call("random", *_seeds(rewriter, scope))


def _uuid(rewriter: "Rewriter", scope: Scope, *length: Node) -> Node:
    return _call("uuid", *_seeds(rewriter, scope), *(rewriter.as_number(one, scope) for one in length))


def _seeds(rewriter: "Rewriter", scope: Scope) -> tuple[Node, ...]:
    """Each call draws something of its own, the same each time it is evaluated in a session."""
    rewriter.randoms += 1
    return rewriter.use("seed"), Literal(f"{scope.own}#{rewriter.randoms}")


def _instance(rewriter: "Rewriter", scope: Scope, name: Node) -> Node:
    return rewriter.use_list(name.value if isinstance(name, Literal) else str(name), scope)


def _call(name: str, *arguments: Node) -> Call:
    return Call(f"{PREFIX}:{name}", arguments)


SPECIAL: Mapping[str, Rewrite] = {
    "today": lambda rewriter, _scope: rewriter.use("today"),
    "now": lambda rewriter, _scope: rewriter.use("now"),
    "version": lambda rewriter, _scope: rewriter.use("version"),
    "current": lambda rewriter, scope: rewriter.use("current") if scope.inside else _HERE,
    "not": _not,
    "boolean": _boolean,
    "number": _number,
    "if": _if,
    "once": _once,
    "format-date": _format_date,
    "format-date-time": _format_date,
    "position": _position,
    "indexed-repeat": _indexed_repeat,
    "jr:choice-name": _choice_name,
    "pulldata": _pulldata,
    "random": _random,
    "uuid": _uuid,
    "instance": _instance,
}
