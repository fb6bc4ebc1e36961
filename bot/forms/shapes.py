"""A form's shape, read before its expressions can be: what is where, and where choices come from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.forms.model import ChoiceList
from bot.forms.scopes import Labelled, Shape
from bot.forms.trees import Element, local_name
from bot.forms.xforms import XF, XForm, walk_nodes
from bot.forms.xpath_tokens import NotXPath
from bot.forms.xpath_trees import Call, Literal, Node, Path, Step
from bot.forms.xpaths import parse_xpath

_ITEXT_LABEL = "jr:itext(itextId)"


@dataclass(frozen=True, slots=True)
class Itemset:
    """Where a question's choices come from, as written: `value` and `label` are paths from each of the nodes."""

    nodes: Node
    value: str
    label: str
    list_name: str = ""
    shuffle: bool = False
    seed: Node | None = None


def walk_refs(element: Element, ref: str) -> Iterator[tuple[str, Element]]:
    """Every node of the submission with its ref, from the top."""
    yield ref, element
    for child in walk_nodes(element):
        yield from walk_refs(child, f"{ref}/{local_name(child)}")


def read_itemsets(xform: XForm) -> Mapping[str, Itemset]:
    """The choices of every select and rank. Raises `NotXPath`."""
    found = {}
    for ref, control in xform.controls.items():
        itemset = control.find(f"{XF}itemset")
        if itemset is not None:
            found[ref] = _read_itemset(itemset)
        elif control.find(f"{XF}item") is not None:
            nodes = Path((Step("root"), Step("item")), start=Call("instance", (Literal(ref),)))
            found[ref] = Itemset(nodes, "name", "label", ref)
    return found


def make_shape(xform: XForm, lists: Sequence[ChoiceList], itemsets: Mapping[str, Itemset]) -> Shape:
    refs = dict(walk_refs(xform.root, f"/{local_name(xform.root)}"))
    types = {ref: "" if len(element) else _bind_type(xform, ref) for ref, element in refs.items()}
    calculated = {ref for ref, bind in xform.binds.items() if bind.get("calculate") is not None}
    calculated |= {str(one.get("ref")) for one in xform.document.iter(f"{XF}setvalue")}
    return Shape(
        {"": "", **types},
        frozenset(xform.repeats),
        frozenset(ref for ref in calculated if types.get(ref) in {"string", ""}),
        tuple(one.name for one in lists),
        {one.name: frozenset(key for choice in one.choices for key in choice.columns) | {"label"} for one in lists},
        {ref: Labelled(_drop_filter(one.nodes), one.value, one.label) for ref, one in itemsets.items()},
    )


def _bind_type(xform: XForm, ref: str) -> str:
    bind = xform.binds.get(ref)
    return "string" if bind is None else (bind.get("type") or "string").removeprefix("xsd:")


def _read_itemset(itemset: Element) -> Itemset:
    nodes, shuffle, seed = parse_xpath(str(itemset.get("nodeset"))), False, None
    if isinstance(nodes, Call) and nodes.name == "randomize":
        shuffle, seed = True, nodes.arguments[1] if len(nodes.arguments) > 1 else None
        nodes = nodes.arguments[0]
    value = itemset.find(f"{XF}value")
    label = itemset.find(f"{XF}label")
    label_ref = "" if label is None else label.get("ref") or ""
    list_name = ""
    if isinstance(nodes, Path) and isinstance(nodes.start, Call) and nodes.start.name == "instance":
        list_name = "".join(one.value for one in nodes.start.arguments if isinstance(one, Literal))
    return Itemset(
        nodes,
        "name" if value is None else str(value.get("ref")),
        "label" if label_ref in {_ITEXT_LABEL, ""} else label_ref,
        list_name,
        shuffle,
        seed,
    )


def _drop_filter(nodes: Node) -> Node:
    if not isinstance(nodes, Path):
        return nodes
    return Path(tuple(Step(step.test, (), step.deep) for step in nodes.steps), nodes.absolute, nodes.start)


__all__ = ["Itemset", "NotXPath", "make_shape", "read_itemsets", "walk_refs"]
