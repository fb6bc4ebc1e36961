"""A session's answers as the XML tree that expressions are evaluated on."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from bot.forms.evaluating import Variables, evaluate_condition, evaluate_number, evaluate_text
from bot.forms.limits import Limits
from bot.forms.model import Assignment, Expression, Form, Group, Question
from bot.forms.plain import clean
from bot.forms.trees import Element


@dataclass(eq=False, slots=True)
class Node:
    """A question or a group in one session: `ref` has the numbers of the repeats on the way.

    `shown` is its own condition; the groups above have theirs.
    """

    ref: str
    part: Question | Group
    element: Element
    parent: "Node | None"
    shown: bool = True
    # Stands in the tree while the node is not shown.
    mark: Element = field(default_factory=etree.Comment)

    @property
    def question(self) -> Question:
        """The question; a group is none."""
        if isinstance(self.part, Group):
            raise TypeError(self.ref)
        return self.part

    @property
    def is_relevant(self) -> bool:
        return self.shown and (self.parent is None or self.parent.is_relevant)

    @property
    def number(self) -> int:
        """Which of its repeat it is, from 1."""
        return int(self.ref[self.ref.rindex("[") + 1 : -1]) if self.ref.endswith("]") else 1


class Instance:
    """The tree of one session, every condition, calculation and count worked out.

    What is not relevant is taken out of the tree, so that expressions find nothing there; its answers stay in
    `answers`, which calculations write to as well. `counts` says how often each repeat stands.
    """

    def __init__(
        self, form: Form, answers: Mapping[str, str], counts: Mapping[str, int], variables: Variables, limits: Limits
    ) -> None:
        self.form = form
        self.answers = dict(answers)
        self.counts = dict(counts)
        self.variables = variables
        self._limits = limits
        self._nodes: dict[str, Node] = {}
        self._by_part: dict[str, list[Node]] = {}
        # Where the instances of a repeat end.
        self._ends: dict[str, Element] = {}
        self._fresh: list[Node] = []
        self.root = self._add(form.root.ref, form.root, etree.Element(form.root.name), None)
        self.settle()

    def __getitem__(self, ref: str) -> Node:
        return self._nodes[ref]

    def find(self, ref: str) -> Node | None:
        return self._nodes.get(ref)

    def value(self, node: Node) -> str:
        return self.answers.get(node.ref, "")

    def text(self, expression: Expression, node: Node) -> str:
        return evaluate_text(expression, node.element, self.variables)

    def holds(self, expression: Expression, node: Node) -> bool:
        return evaluate_condition(expression, node.element, self.variables)

    def put(self, node: Node, value: str) -> None:
        """Give a question a value, without working out what follows: see `settle`."""
        node.element.text = clean(value)
        if node.element.text:
            self.answers[node.ref] = node.element.text
        else:
            self.answers.pop(node.ref, None)

    def settle(self) -> None:
        """Work out everything, each part after those it depends on."""
        self._settle_all()
        while self._fresh:
            node = self._fresh.pop()
            if isinstance(node.part, Group) and not self._was_here(node):
                self.begin(node)
                self.assign(node.part.on_new, node)
            self._settle_all()

    def begin(self, top: Node) -> None:
        """Give everything from `top` down its fixed default."""
        for node in tuple(self._nodes.values()):
            if isinstance(node.part, Question) and node.part.default and f"{node.ref}/".startswith(f"{top.ref}/"):
                self.put(node, node.part.default)

    def assign(self, assignments: Iterable[Assignment], near: Node) -> None:
        """Put values into the targets that are nearest to a node (those in its own repeat), relevant or not.

        `settle` must follow.
        """
        for one in assignments:
            for target in self._targets(one.target, near):
                self._reveal(target)
                self.put(target, "" if one.expression is None else self.text(one.expression, target))

    def walk(self, node: Node | None = None) -> Iterator[Node]:
        """What is relevant, from top to bottom, groups before what they hold."""
        node = node or self.root
        if node.shown:
            yield node
            if isinstance(node.part, Group):
                for child in self.children(node, node.part):
                    yield from self.walk(child)

    def children(self, node: Node, group: Group) -> Iterator[Node]:
        for child in group.children:
            path = f"{node.ref}/{child.name}"
            if isinstance(child, Group) and child.repeats:
                yield from (self._nodes[f"{path}[{number}]"] for number in range(1, self.count(path, child) + 1))
            else:
                yield self._nodes[path]

    def count(self, path: str, group: Group) -> int:
        """How many of a repeat there are: one to begin with, unless the form says how many."""
        return self.counts.get(path, 1 if group.count is None else 0)

    def resize(self, path: str, group: Group, wanted: int) -> None:
        """Make a repeat stand `wanted` times: the last go, new ones begin with their defaults."""
        have = self.count(path, group)
        for number in range(have, wanted, -1):
            self._drop(self._nodes[f"{path}[{number}]"])
        parent = self._nodes[path.rpartition("/")[0]]
        for number in range(have + 1, wanted + 1):
            self._fresh.append(self._add_repeat(f"{path}[{number}]", group, parent))
        self.counts[path] = wanted

    def _settle_all(self) -> None:
        for ref in self.form.order:
            part = self.form.parts[ref]
            if isinstance(part, Group) and part.count is not None:
                self._settle_count(part, part.count)
            for node in tuple(self._by_part.get(ref, ())):
                if node.parent is None or node.parent.is_relevant:
                    self._settle_node(node, part)

    def _settle_count(self, group: Group, count: Expression) -> None:
        for parent in tuple(self._by_part.get(group.ref.rpartition("/")[0], ())):
            if parent.is_relevant:
                path = f"{parent.ref}/{group.name}"
                number = self._evaluate_count(count, path, group)
                wanted = 0 if math.isnan(number) else int(max(0.0, min(number, float(self._limits.repeat_count))))
                if wanted != self.count(path, group):
                    self.resize(path, group, wanted)

    def _evaluate_count(self, count: Expression, path: str, group: Group) -> float:
        """A count is written from within the repeat, which need not stand there yet."""
        element = etree.Element(group.name)
        self._ends[path].addprevious(element)
        number = evaluate_number(count, element, self.variables)
        element.getparent().remove(element)  # type: ignore[union-attr]
        return number

    def _settle_node(self, node: Node, part: Question | Group) -> None:
        if part.relevant is not None:
            self._show(node, shown=True)
            self._show(node, shown=self.holds(part.relevant, node))
        if node.shown and isinstance(part, Question) and part.calculation is not None:
            self.put(node, self.text(part.calculation, node))

    def _show(self, node: Node, *, shown: bool) -> None:
        """Put a node into the tree, or a comment in its place."""
        if shown != node.shown:
            old, new = (node.mark, node.element) if shown else (node.element, node.mark)
            parent = old.getparent()
            if parent is not None:
                parent.replace(old, new)
                node.shown = shown

    def _was_here(self, node: Node) -> bool:
        """Whether a repeat that shrank and grew again finds its answers."""
        return any(ref.startswith(f"{node.ref}/") for ref in self.answers)

    def _reveal(self, node: Node | None) -> None:
        while node is not None:
            self._show(node, shown=True)
            node = node.parent

    def _targets(self, ref: str, near: Node) -> Iterator[Node]:
        node: Node | None = near
        while node is not None and not f"{ref}/".startswith(f"{node.part.ref}/"):
            node = node.parent
        start = self.root.ref if node is None else node.ref
        return (one for one in self._by_part.get(ref, ()) if f"{one.ref}/".startswith((f"{start}/", f"{start}[")))

    def _add(self, ref: str, part: Question | Group, element: Element, parent: Node | None) -> Node:
        node = Node(ref, part, element, parent)
        self._nodes[ref] = node
        self._by_part.setdefault(part.ref, []).append(node)
        if isinstance(part, Question):
            element.text = self.answers.get(ref)
            return node
        for child in part.children:
            path = f"{ref}/{child.name}"
            if isinstance(child, Group) and child.repeats:
                self._ends[path] = etree.Comment()
                element.append(self._ends[path])
                for number in range(1, self.count(path, child) + 1):
                    self._add_repeat(f"{path}[{number}]", child, node)
            else:
                self._add(path, child, etree.SubElement(element, child.name), node)
        return node

    def _add_repeat(self, ref: str, group: Group, parent: Node) -> Node:
        element = etree.Element(group.name)
        self._ends[ref.rpartition("[")[0]].addprevious(element)
        return self._add(ref, group, element, parent)

    def _drop(self, node: Node) -> None:
        """Forget an instance of a repeat; its answers are kept aside."""
        parent = node.element.getparent()
        if parent is not None:
            parent.remove(node.element)
        gone = [ref for ref in self._nodes if ref == node.ref or ref.startswith(f"{node.ref}/")]
        for ref in gone:
            one = self._nodes.pop(ref)
            self._by_part[one.part.ref].remove(one)
