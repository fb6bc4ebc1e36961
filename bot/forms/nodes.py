"""The tree of one session: each question and group where it stands, with its element that expressions see."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from bot.forms.model import Form, Group, Question
from bot.forms.trees import Element


@dataclass(eq=False, slots=True)
class Node:
    """A question or a group: `ref` has the numbers of the repeats on the way.

    `shown` is its own condition; the groups above have theirs.
    """

    ref: str
    part: Question | Group
    element: Element
    parent: "Node | None"
    children: "list[Node | Repeat]" = field(default_factory=list)
    shown: bool = True
    # Stands in the tree while the node is not shown.
    _mark: Element | None = None

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

    def show(self, *, shown: bool) -> None:
        """Put the element into the tree, or a comment in its place."""
        if shown == self.shown:
            return
        if self._mark is None:
            self._mark = etree.Comment()
        old, new = (self._mark, self.element) if shown else (self.element, self._mark)
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, new)
        self.shown = shown

    def walk(self) -> "Iterator[Node]":
        """This and all in it that is shown, from top to bottom."""
        if self.shown:
            yield self
            for child in self.children:
                for one in child.instances if isinstance(child, Repeat) else (child,):
                    yield from one.walk()


@dataclass(eq=False, slots=True)
class Repeat:
    """A group that may stand several times in `parent`; `end` is a comment behind the last in the tree."""

    path: str
    group: Group
    parent: Node
    end: Element
    instances: list[Node] = field(default_factory=list)


class Tree:
    """All nodes by their refs, and all repeats by their paths."""

    def __init__(self, form: Form, answers: Mapping[str, str], counts: Mapping[str, int]) -> None:
        self._answers = answers
        self._counts = counts
        self.nodes: dict[str, Node] = {}
        self._repeated: dict[str, list[Node]] = defaultdict(list)
        self.repeats: dict[str, Repeat] = {}
        self._plants = _plant_all(form)
        self.root = self._add(form.root.ref, form.root, deepcopy(self._plants[form.root.ref]), None)

    def nodes_of(self, ref: str) -> Sequence[Node]:
        """Where a part of the form stands, in each instance of the repeats around it."""
        alone = self.nodes.get(ref)
        return self._repeated.get(ref, ()) if alone is None else (alone,)

    def grow(self, repeat: Repeat) -> Node:
        """One more instance."""
        element = deepcopy(self._plants[repeat.group.ref])
        repeat.end.addprevious(element)
        ref = f"{repeat.path}[{len(repeat.instances) + 1}]"
        node = self._add(ref, repeat.group, element, repeat.parent)
        repeat.instances.append(node)
        return node

    def shrink(self, repeat: Repeat) -> None:
        """Without the last instance."""
        node = repeat.instances.pop()
        node.show(shown=True)
        parent = node.element.getparent()
        if parent is not None:
            parent.remove(node.element)
        for ref in [ref for ref in self.nodes if ref == node.ref or ref.startswith(f"{node.ref}/")]:
            one = self.nodes.pop(ref)
            self._repeated[one.part.ref].remove(one)
        for path in [path for path in self.repeats if path.startswith(f"{node.ref}/")]:
            del self.repeats[path]

    def _add(self, ref: str, group: Group, element: Element, parent: Node | None) -> Node:
        node = self._keep(Node(ref, group, element, parent))
        children, answers = node.children, self._answers
        for part, below in zip(group.children, tuple(element), strict=True):
            path = f"{ref}/{part.name}"
            if isinstance(part, Question):
                if path in answers:
                    below.text = answers[path]
                children.append(self._keep(Node(path, part, below, node)))
            elif part.repeats:
                children.append(self._add_repeat(path, part, node, below))
            else:
                children.append(self._add(path, part, below, node))
        return node

    def _keep(self, node: Node) -> Node:
        self.nodes[node.ref] = node
        if node.ref != node.part.ref:
            self._repeated[node.part.ref].append(node)
        return node

    def _add_repeat(self, path: str, group: Group, parent: Node, end: Element) -> Repeat:
        """One to begin with, unless the form says how many."""
        repeat = Repeat(path, group, parent, end)
        self.repeats[path] = repeat
        for _ in range(self._counts.get(path, 1 if group.count is None else 0)):
            self.grow(repeat)
        return repeat


# To copy an empty tree takes a quarter of the time of growing it element by element, which every answer would do.
@lru_cache(maxsize=64)
def _plant_all(form: Form) -> Mapping[str, Element]:
    """The elements of the form and of one instance of each of its repeats, without answers."""
    groups = (part for part in form.parts.values() if isinstance(part, Group) and part.repeats)
    return {group.ref: _plant(group) for group in (form.root, *groups)}


def _plant(group: Group) -> Element:
    """A group with all in it; for a repeat the comment its instances will stand before."""
    element = etree.Element(group.name)
    for part in group.children:
        if isinstance(part, Question):
            etree.SubElement(element, part.name)
        else:
            element.append(etree.Comment() if part.repeats else _plant(part))
    return element
