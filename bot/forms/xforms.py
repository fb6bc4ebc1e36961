"""The parts of an XForm (https://getodk.github.io/xforms-spec/), taken out of its XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.forms.trees import Element, local_name

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
ODK = "{http://www.opendatakit.org/xforms}"
_ITEXT = "jr:itext('"
# What pyxform writes where a translation is missing.
_MISSING = "-"

# What is shown, before it is rewritten: texts, and the XPath of each value put between.
Piece = tuple[str, bool]
Pieces = tuple[Piece, ...]
# By language as the author named it ("" where there is only one), then by form ("" is the text itself).
Labels = Mapping[str, Mapping[str, Pieces]]


@dataclass(frozen=True)
class XForm:
    """An XForm's document."""

    document: Element

    @cached_property
    def model(self) -> Element:
        return next(self.document.iter(f"{XF}model"))

    @cached_property
    def root(self) -> Element:
        """The empty submission."""
        return self.model.find(f"{XF}instance")[0]  # type: ignore[index]

    @cached_property
    def title(self) -> str:
        return next((one.text or "" for one in self.document.iter(f"{H}title")), "")

    @cached_property
    def binds(self) -> Mapping[str, Element]:
        return {str(one.get("nodeset")): one for one in self.model.iter(f"{XF}bind")}

    @cached_property
    def controls(self) -> Mapping[str, Element]:
        """What asks for an answer, by ref; groups and repeats are not among them."""
        body = next(self.document.iter(f"{H}body"))
        named = (one for one in body.iter("*") if one.get("ref"))
        return {str(one.get("ref")): one for one in named if one.tag not in _NO_CONTROLS}

    @cached_property
    def groups(self) -> Mapping[str, Element]:
        return {str(one.get("ref")): one for one in self.document.iter(f"{XF}group") if one.get("ref")}

    @cached_property
    def repeats(self) -> Mapping[str, Element]:
        return {str(one.get("nodeset")): one for one in self.document.iter(f"{XF}repeat")}

    @cached_property
    def lists(self) -> Mapping[str, Element]:
        """The secondary instances by id."""
        return {str(one.get("id")): one for one in self.model.iterchildren(f"{XF}instance") if one.get("id")}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """As the author named them, the default first."""
        found = sorted(self.model.iter(f"{XF}translation"), key=lambda one: one.get("default") is None)
        return tuple(str(one.get("lang")) for one in found)

    def setvalues(self, element: Element, event: str) -> list[tuple[str, str]]:
        """The target and the XPath of each `setvalue` right below an element."""
        found = [one for one in element.iterchildren(f"{XF}setvalue") if event in (one.get("event") or "").split()]
        return [(str(one.get("ref")), one.get("value") or "") for one in found]

    def labels(self, element: Element | None, tag: str) -> Labels:
        """The texts of a `label` or `hint` below an element, in every language."""
        child = None if element is None else element.find(f"{XF}{tag}")
        if child is None:
            return {}
        return self.texts(child.get("ref") or "") or {"": {"": _read_pieces(child)}}

    def texts(self, reference: str) -> Labels:
        """What `jr:itext('…')` stands for, in every language that has it."""
        if not reference.startswith(_ITEXT):
            return {}
        return self.texts_of(reference.removeprefix(_ITEXT).removesuffix("')"))

    def texts_of(self, text_id: str) -> Labels:
        return self._itext.get(text_id, {})

    @cached_property
    def _itext(self) -> Mapping[str, Labels]:
        found: dict[str, dict[str, dict[str, Pieces]]] = {}
        for translation in self.model.iter(f"{XF}translation"):
            language = str(translation.get("lang"))
            for text in translation.iterchildren(f"{XF}text"):
                values = {one.get("form") or "": _read_pieces(one) for one in text.iterchildren(f"{XF}value")}
                there = {form: pieces for form, pieces in values.items() if pieces != ((_MISSING, False),)}
                if there:
                    found.setdefault(str(text.get("id")), {})[language] = there
        return found


_NO_CONTROLS = frozenset(
    {f"{XF}group", f"{XF}repeat", f"{XF}setvalue", f"{XF}label", f"{XF}hint", f"{XF}value", f"{ODK}setgeopoint"}
)


def walk_nodes(element: Element) -> Iterator[Element]:
    """The children of a node of the submission, each repeat once."""
    seen: set[str] = set()
    for child in element.iterchildren("*"):
        if local_name(child) not in seen:
            seen.add(local_name(child))
            yield child


def _read_pieces(element: Element) -> Pieces:
    pieces: list[Piece] = [(element.text or "", False)]
    for child in element.iterchildren(f"{XF}output"):
        pieces += [((child.get("value") or child.get("ref") or "").strip(), True), (child.tail or "", False)]
    # pyxform pads a text that has values in it.
    if len(pieces) > 1:
        pieces[0] = (pieces[0][0].removeprefix(" ") if pieces[0][0].strip() else "", False)
        pieces[-1] = (pieces[-1][0].removesuffix(" ") if pieces[-1][0].strip() else "", False)
    return tuple(piece for piece in pieces if piece[0])
