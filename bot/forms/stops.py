"""Where a person is shown something, on the way through a form."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.forms.kinds import KINDS
from bot.forms.model import Group
from bot.forms.nodes import Node, Repeat

# The kinds a person is shown.
SHOWN = frozenset(kind.name for kind in KINDS.values() if kind.asks) | {"note"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a person is shown something: a question (`node`), or whether there is another of a repeat.

    For the latter `ref` is that of the instance there would be, and `node` what holds the repeat `group`.
    """

    ref: str
    node: Node
    group: Group | None = None


def walk_stops(group: Node, most: int) -> Iterator[Stop]:
    """The stops in a group, from top to bottom; `most` is how often a repeat may stand."""
    for child in group.children:
        if isinstance(child, Repeat):
            yield from _walk_repeat(child, most)
        elif not child.shown:
            continue
        elif isinstance(child.part, Group):
            yield from walk_stops(child, most)
        elif child.part.kind in SHOWN:
            yield Stop(child.ref, child)


def _walk_repeat(repeat: Repeat, most: int) -> Iterator[Stop]:
    """All its instances, and whether there is another, where the form does not say how many."""
    shown = [one for one in repeat.instances if one.shown]
    for one in shown:
        yield from walk_stops(one, most)
    count = len(repeat.instances)
    if repeat.group.count is None and count < most and (shown or not count):
        yield Stop(f"{repeat.path}[{count + 1}]", repeat.parent, repeat.group)
