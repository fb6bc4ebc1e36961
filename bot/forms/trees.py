"""XML trees: what they are made of, and reading them without harm."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from lxml import etree

# lxml has no public name for the type of its elements.
Element: TypeAlias = etree._Element  # noqa: SLF001


class UnsafeXml(ValueError):
    """The XML is broken, or declares a document type."""


def parse_safely(text: bytes) -> Element:
    """XML without entities, document types or network. Raises `UnsafeXml`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise UnsafeXml(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("<!DOCTYPE")
    return root


def read_node(node: Element | str) -> str:
    """All text in a node."""
    if isinstance(node, str):
        return node
    return "".join(str(part) for part in node.itertext()) if len(node) else node.text or ""


def local_name(element: Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


@contextmanager
def make_like(name: str, place: Element) -> Iterator[Element]:
    """An element that stands before `place` for as long as it is needed."""
    element = etree.Element(name)
    place.addprevious(element)
    try:
        yield element
    finally:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
