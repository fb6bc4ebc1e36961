"""From an XForm to a `Form`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.forms.bounds import find_bounds
from bot.forms.compiling import Compiler
from bot.forms.kinds import KINDS
from bot.forms.model import Assignment, Expression, Group, Options, Part, Question, Range, Texts
from bot.forms.plain import clean
from bot.forms.shapes import Itemset
from bot.forms.sorts import find_kind
from bot.forms.texts import TextReader
from bot.forms.trees import Element, local_name
from bot.forms.xforms import JR, XForm, walk_nodes

_TEXTS = {"constraint_message": f"{JR}constraintMsg", "required_message": f"{JR}requiredMsg"}
# Answers that come from other programs, and lists that are searched in ODK's own way.
_FOREIGN = ("ex:", "search(")
_NEVER = frozenset({"false()", ""})


@dataclass
class Mapper:
    """Maps the nodes of one XForm; problems go to the compiler."""

    xform: XForm
    compiler: Compiler
    texts: TextReader
    itemsets: Mapping[str, Itemset]

    def map_group(self, element: Element, ref: str) -> Group:
        repeat = self.xform.repeats.get(ref)
        bind = self._bind(ref)
        count = None if repeat is None else (repeat.get(f"{JR}count") or "").strip()
        children = (self.map_node(child, f"{ref}/{local_name(child)}") for child in walk_nodes(element))
        return Group(
            ref,
            tuple(child for child in children if child is not None),
            self._labels(ref, self.xform.groups.get(ref)),
            relevant=self._compile(ref, "relevant", bind.get("relevant", ""), condition=True, orders=True),
            repeats=repeat is not None,
            count=self._compile(ref, "repeat_count", count or "", orders=True),
            on_new=() if repeat is None else self.sets(self.xform.setvalues(repeat, "odk-new-repeat"), "default"),
            appearance=self._appearance(ref),
        )

    def map_node(self, element: Element, ref: str) -> Part | None:
        """A group or a question; None with a Problem where the bot cannot do it."""
        is_group = len(element) > 0 or ref in self.xform.groups
        if is_group:
            return self.map_group(element, ref)
        return None if ref.endswith("/meta/audit") else self._map_question(element, ref)

    def _map_question(self, element: Element, ref: str) -> Question | None:
        control, bind = self.xform.controls.get(ref), self._bind(ref)
        kind = find_kind(control, bind, is_set=ref in self._set_refs)
        if kind not in KINDS:
            self.compiler.report(ref, "type", "form-metadata" if kind.startswith("metadata") else "form-type", kind)
            return None
        if any(one.startswith(_FOREIGN) for one in self._appearance(ref).split()):
            self.compiler.report(ref, "appearance", "form-appearance", self._appearance(ref))
        sets = () if control is None else self.xform.setvalues(control, "xforms-value-changed")
        return Question(
            ref,
            kind,
            {**self._labels(ref, control), **self._messages(ref, bind)},
            self.texts.read_media(self.xform.labels(control, "label")),
            relevant=self._compile(ref, "relevant", bind.get("relevant", ""), condition=True, orders=True),
            constraint=self._compile(ref, "constraint", bind.get("constraint", ""), condition=True),
            required=self._condition(ref, "required", bind.get("required", "")),
            read_only=None if kind == "note" else self._condition(ref, "read_only", bind.get("readonly", "")),
            calculation=self._compile(ref, "calculation", bind.get("calculate", ""), orders=True),
            default=clean(element.text or ""),
            options=self._options(ref),
            range=self._range(control) if kind == "range" else None,
            bounds=find_bounds(bind.get("constraint", "")),
            appearance=self._appearance(ref),
            sets=self.sets(sets, "calculation"),
        )

    @cached_property
    def _set_refs(self) -> frozenset[str]:
        return frozenset(str(one.get("ref")) for one in self.xform.document.iter("{*}setvalue"))

    def _bind(self, ref: str) -> Mapping[str, str]:
        bind = self.xform.binds.get(ref)
        return {} if bind is None else {str(key): str(value) for key, value in bind.attrib.items()}

    def _labels(self, ref: str, element: Element | None) -> dict[str, Texts]:
        label, hint = self.xform.labels(element, "label"), self.xform.labels(element, "hint")
        found = {
            "label": self.texts.read(label, ref, "label"),
            "hint": self.texts.read(hint, ref, "hint"),
            "guidance": self.texts.read(hint, ref, "guidance_hint", "guidance"),
        }
        return {name: texts for name, texts in found.items() if texts}

    def _messages(self, ref: str, bind: Mapping[str, str]) -> dict[str, Texts]:
        found = {}
        for name, attribute in _TEXTS.items():
            said = bind.get(attribute, "")
            labels = self.xform.texts(said) or ({"": {"": ((said, False),)}} if said else {})
            found[name] = self.texts.read(labels, ref, name)
        return {name: texts for name, texts in found.items() if texts}

    def _compile(
        self, ref: str, column: str, text: str, *, condition: bool = False, orders: bool = False
    ) -> Expression | None:
        return self.compiler.compile(ref, column, text, condition=condition, orders=orders) if text else None

    def _condition(self, ref: str, column: str, text: str) -> Expression | None:
        return None if text.strip() in _NEVER else self._compile(ref, column, text, condition=True)

    def _options(self, ref: str) -> Options | None:
        itemset = self.itemsets.get(ref)
        if itemset is None:
            return None
        nodes = self.compiler.compile_node(ref, "choice_filter", itemset.nodes)
        seed = None if itemset.seed is None else self.compiler.compile_node(ref, "parameters", itemset.seed)
        if nodes is None:
            return None
        return Options(nodes, itemset.value, itemset.label, itemset.list_name, itemset.shuffle, seed)

    def _range(self, control: Element | None) -> Range | None:
        return None if control is None else Range(*(control.get(name) or "" for name in ("start", "end", "step")))

    def _appearance(self, ref: str) -> str:
        element = self.xform.controls.get(ref)
        if element is None:
            element = self.xform.groups.get(ref)
        return "" if element is None else element.get("appearance") or ""

    def sets(self, values: Sequence[tuple[str, str]], column: str) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(target, self._compile(target, column, value))
            for target, value in values
            if target in self.compiler.shape.types
        )
