"""In what order conditions, calculations and counts are worked out, and whether that can be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from bot.forms.model import Dependent
from bot.forms.rewriting import Rewritten


@dataclass
class Reading:
    """What must be known before a node is: the refs it reads; `everything` where that cannot be told."""

    refs: set[str] = field(default_factory=set)
    everything: bool = False

    def add(self, found: Rewritten) -> None:
        self.refs |= found.reads
        self.everything = self.everything or found.everything


class Circular(Exception):
    """Nodes that wait for each other."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(" → ".join(refs))
        self.refs = tuple(refs)


def order_parts(readings: Mapping[str, Reading], places: Sequence[str]) -> tuple[Dependent, ...]:
    """The parts of `readings`, each after those it depends on, otherwise as in `places` (the sheet). Raises `Circular`.

    A node depends on what it reads, on the groups that holds it, and on the groups that hold what it reads: in one
    that is not relevant there is nothing to read.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    rank = {ref: number for number, ref in enumerate(places)}
    known = [ref for ref in sorted(readings, key=lambda ref: rank.get(ref, 0)) if not readings[ref].everything]
    for ref in known:
        sorter.add(ref, *_needs(ref, readings[ref], readings))
    try:
        ordered = [ref for ref in sorter.static_order() if ref in readings]
    except CycleError as error:
        raise Circular(list(_tell_way(error.args[1], readings))) from error
    late = [ref for ref in sorted(readings, key=lambda ref: rank.get(ref, 0)) if readings[ref].everything]
    return tuple(
        Dependent(ref, tuple(sorted(readings[ref].refs)), readings[ref].everything)
        for ref in (*(ref for ref in ordered if ref not in late), *late)
    )


def _tell_way(refs: Sequence[str], readings: Mapping[str, Reading]) -> Iterator[str]:
    """The refs of a circle, with the question that a group waits for though it holds it."""
    for ref in refs:
        yield ref
        yield from (read for read in sorted(readings[ref].refs) if len(set(refs)) == 1 and read.startswith(f"{ref}/"))


def _needs(ref: str, reading: Reading, readings: Mapping[str, Reading]) -> Iterator[str]:
    wanted = {one for read in reading.refs for one in (read, *_ancestors(read))} | set(_ancestors(ref))
    return (one for one in sorted(wanted) if one in readings and not readings[one].everything)


def _ancestors(ref: str) -> Iterator[str]:
    while ref := ref.rpartition("/")[0]:
        yield ref
