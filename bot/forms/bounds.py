"""The least and the most a constraint allows, where it says so plainly: `. >= 0 and . < 120`."""

from bot.forms.xpath_tokens import NotXPath
from bot.forms.xpath_trees import Binary, Negation, Node, Number, Path, Step
from bot.forms.xpaths import parse_xpath

_HERE = Path((Step("."),))
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
NONE = ("", "")


def find_bounds(constraint: str) -> tuple[str, str]:
    """Both as they are written, empty where there is none; `. < 120` bounds by 120."""
    try:
        return _find(parse_xpath(constraint))
    except NotXPath:
        return NONE


def _find(node: Node) -> tuple[str, str]:
    match node:
        case Binary("and", left, right):
            (least, most), (other_least, other_most) = _find(left), _find(right)
            return least or other_least, most or other_most
        case Binary(operator, left, right) if operator in _TURNED and left == _HERE:
            return _bound(operator, right)
        case Binary(operator, left, right) if operator in _TURNED and right == _HERE:
            return _bound(_TURNED[operator], left)
    return NONE


def _bound(operator: str, node: Node) -> tuple[str, str]:
    sign = "-" if isinstance(node, Negation) else ""
    number = node.operand if isinstance(node, Negation) else node
    if not isinstance(number, Number):
        return NONE
    return (f"{sign}{number.text}", "") if operator.startswith(">") else ("", f"{sign}{number.text}")
