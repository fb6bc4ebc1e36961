"""A session's answers, with every condition, calculation and count worked out."""

import math
from collections.abc import Iterable, Iterator, Mapping

from bot.forms.evaluating import Variables, evaluate_condition, evaluate_number, evaluate_text
from bot.forms.limits import Limits
from bot.forms.model import Assignment, Dependent, Expression, Form, Group, Question, walk_parts
from bot.forms.nodes import Node, Repeat, Tree
from bot.forms.plain import clean
from bot.forms.sessions import Session
from bot.forms.trees import make_like


class Instance:
    """The answers of one session in a tree.

    What is not relevant is taken out of the tree, so that expressions find nothing there; its answers stay in
    `answers`, which calculations write to as well. A session comes with all worked out; `settle` works out what has
    changed since.
    """

    def __init__(self, form: Form, session: Session, variables: Variables, limits: Limits) -> None:
        self.form = form
        self.answers = dict(session.answers)
        self.counts = dict(session.counts)
        self.variables = variables
        self._limits = limits
        self._tree = Tree(form, self.answers, self.counts)
        self._changed: set[str] = set()
        self._fresh: list[Node] = []
        for ref in session.hidden:
            self._tree.nodes[ref].show(shown=False)

    @property
    def root(self) -> Node:
        return self._tree.root

    @property
    def repeats(self) -> Mapping[str, Repeat]:
        """The repeats by their paths."""
        return self._tree.repeats

    def find(self, ref: str) -> Node | None:
        return self._tree.nodes.get(ref)

    def nodes_of(self, ref: str) -> Iterable[Node]:
        """Where a part of the form stands."""
        return self._tree.nodes_of(ref)

    def hidden(self) -> Iterator[str]:
        """The refs of what is not shown."""
        return (node.ref for node in self._tree.nodes.values() if not node.shown)

    def value(self, node: Node) -> str:
        return self.answers.get(node.ref, "")

    def text(self, expression: Expression, node: Node) -> str:
        return evaluate_text(expression, node.element, self.variables)

    def holds(self, expression: Expression, node: Node) -> bool:
        return evaluate_condition(expression, node.element, self.variables)

    def put(self, node: Node, value: str) -> None:
        """Give a question a value, without working out what follows."""
        value = clean(value)
        if value != self.answers.get(node.ref, ""):
            node.element.text = value
            self._changed.add(node.part.ref)
            if value:
                self.answers[node.ref] = value
            else:
                del self.answers[node.ref]

    def begin(self, top: Node) -> None:
        """Give everything from `top` down its fixed default."""
        for node in tuple(self._tree.nodes.values()):
            if isinstance(node.part, Question) and node.part.default and f"{node.ref}/".startswith(f"{top.ref}/"):
                self.put(node, node.part.default)

    def assign(self, assignments: Iterable[Assignment], near: Node) -> None:
        """Put values into the targets that are nearest to a node (those in its own repeat), relevant or not."""
        for one in assignments:
            for target in self._targets(one.target, near):
                self._reveal(target)
                self.put(target, "" if one.expression is None else self.text(one.expression, target))

    def resize(self, repeat: Repeat, wanted: int) -> None:
        """Make a repeat stand `wanted` times: the last go, new ones begin with their defaults."""
        if wanted == len(repeat.instances):
            return
        while len(repeat.instances) > wanted:
            self._tree.shrink(repeat)
        while len(repeat.instances) < wanted:
            self._fresh.append(self._tree.grow(repeat))
        self.counts[repeat.path] = wanted
        self._note_all(repeat.group)

    def settle(self, *, everything: bool = False) -> None:
        """Work out what depends on what changed, or all of it."""
        self._settle_once(everything=everything)
        while self._fresh:
            node = self._fresh.pop()
            if isinstance(node.part, Group) and not self._was_here(node):
                self.begin(node)
                self.assign(node.part.on_new, node)
            self._settle_once()

    def _settle_once(self, *, everything: bool = False) -> None:
        """Each part after those it depends on, so that once is enough."""
        for one in self.form.order:
            if everything or one.everything or not self._changed.isdisjoint(one.concerns):
                self._settle_part(one)
        self._changed.clear()

    def _settle_part(self, one: Dependent) -> None:
        part = self.form.parts[one.ref]
        if isinstance(part, Group) and part.count is not None:
            for repeat in tuple(self._tree.repeats.values()):
                if repeat.group is part and repeat.parent.is_relevant:
                    self.resize(repeat, self._count(repeat, part.count))
        for node in tuple(self.nodes_of(one.ref)):
            if node.parent is None or node.parent.is_relevant:
                self._settle_node(node, part)

    def _settle_node(self, node: Node, part: Question | Group) -> None:
        if part.relevant is not None:
            before = node.shown
            # A condition is asked at its place in the tree.
            node.show(shown=True)
            node.show(shown=self.holds(part.relevant, node))
            if node.shown != before:
                self._note_all(part)
        if node.shown and isinstance(part, Question) and part.calculation is not None:
            self.put(node, self.text(part.calculation, node))

    def _count(self, repeat: Repeat, count: Expression) -> int:
        """A count is written from within the repeat, which need not stand there yet."""
        with make_like(repeat.group.name, repeat.end) as element:
            number = evaluate_number(count, element, self.variables)
        return 0 if math.isnan(number) else int(max(0.0, min(number, float(self._limits.repeat_count))))

    def _note_all(self, part: Question | Group) -> None:
        """All in a group changes with it."""
        self._changed |= {one.ref for one in walk_parts(part)} if isinstance(part, Group) else {part.ref}

    def _was_here(self, node: Node) -> bool:
        """Whether a repeat that shrank and grew again finds its answers."""
        return any(ref.startswith(f"{node.ref}/") for ref in self.answers)

    def _reveal(self, node: Node | None) -> None:
        while node is not None:
            if not node.shown:
                node.show(shown=True)
                self._note_all(node.part)
            node = node.parent

    def _targets(self, ref: str, near: Node) -> list[Node]:
        node: Node | None = near
        while node is not None and not f"{ref}/".startswith(f"{node.part.ref}/"):
            node = node.parent
        start = self.root.ref if node is None else node.ref
        return [one for one in self.nodes_of(ref) if f"{one.ref}/".startswith((f"{start}/", f"{start}["))]
