"""Asking libxml2 what an expression comes to."""

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from bot.forms.functions import NAMESPACE, PREFIX, extensions
from bot.forms.model import Expression
from bot.forms.trees import Element
from bot.forms.values import Value, to_boolean, to_number, to_text

# Variables that stand for nodes of the session itself.
_NODES = frozenset({"current", "root"})
# What the others stand for.
Variables = Mapping[str, str | list[Element]]


@lru_cache(maxsize=16_384)
def compile_xpath(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, namespaces={PREFIX: NAMESPACE}, extensions=extensions(), smart_strings=False)


def evaluate(expression: Expression, node: Element, variables: Variables) -> Value:
    """What the expression comes to at a node. Raises `etree.XPathEvalError` where its types don't fit."""
    compiled = compile_xpath(expression.xpath)
    if not expression.uses:
        return compiled(node)  # type: ignore[return-value]
    given = {name: _find_node(name, node) if name in _NODES else variables[name] for name in expression.uses}
    return compiled(node, **given)  # type: ignore[return-value, arg-type]


def _evaluate_safely(expression: Expression, node: Element, variables: Variables) -> Value:
    """What does not fit only for some answers comes to nothing: a session goes on."""
    try:
        return evaluate(expression, node, variables)
    except etree.XPathEvalError:
        return ""


def _find_node(name: str, node: Element) -> list[Element]:
    return [node if name == "current" else node.getroottree().getroot()]


def evaluate_nodes(expression: Expression, node: Element, variables: Variables) -> list[Element]:
    """The nodes an expression finds; none where it comes to something else."""
    found = _evaluate_safely(expression, node, variables)
    return found if isinstance(found, list) else []


def evaluate_text(expression: Expression, node: Element, variables: Variables) -> str:
    """The same as text; a number that is none (NaN) is no answer."""
    text = to_text(_evaluate_safely(expression, node, variables))
    return "" if text == "NaN" else text


def evaluate_condition(expression: Expression, node: Element, variables: Variables) -> bool:
    return to_boolean(_evaluate_safely(expression, node, variables))


def evaluate_number(expression: Expression, node: Element, variables: Variables) -> float:
    return to_number(_evaluate_safely(expression, node, variables))
