"""Expressions of one form compiled, with problems that name the row and the column they come from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from bot.forms.evaluating import compile_xpath
from bot.forms.limits import Limits
from bot.forms.model import Expression
from bot.forms.ordering import Reading
from bot.forms.patterns import find_fault
from bot.forms.problems import FormProblem
from bot.forms.rewriting import rewrite_node
from bot.forms.scopes import Shape, Unsupported
from bot.forms.workbooks import Workbook
from bot.forms.xpath_tokens import NotXPath
from bot.forms.xpath_trees import Call, Literal, Node, transform
from bot.forms.xpaths import parse_xpath

# What authors call the columns, by the names used here.
_COLUMNS = {
    "relevant": ("relevant", "relevance"),
    "calculation": ("calculation", "calculate"),
    "constraint_message": ("constraint_message", "constraint message"),
    "required_message": ("required_message", "required message"),
    "read_only": ("read_only", "readonly", "read only"),
    "repeat_count": ("repeat_count", "repeat count"),
    "choice_filter": ("choice_filter", "choice filter"),
}


@dataclass
class Compiler:
    """Compiles expressions for a `shape`; `readings` gathers what conditions and calculations depend on."""

    shape: Shape
    workbook: Workbook
    limits: Limits
    problems: list[FormProblem]
    readings: dict[str, Reading] = field(default_factory=dict)

    def compile(
        self, ref: str, column: str, text: str, *, condition: bool = False, orders: bool = False
    ) -> Expression | None:
        """The expression of a node, or None with a Problem. `orders`: what it reads must be known before the node."""
        if len(text) > self.limits.expression_length:
            self.report(ref, column, "form-long", hint=f"{self.limits.expression_length}")
            return None
        try:
            node = parse_xpath(text)
        except NotXPath as error:
            self.report(ref, column, "form-xpath", hint=str(error))
            return None
        except RecursionError:
            self.report(ref, column, "form-long")
            return None
        return self.compile_node(ref, column, node, condition=condition, orders=orders)

    def compile_node(
        self, ref: str, column: str, node: Node, *, condition: bool = False, orders: bool = False
    ) -> Expression | None:
        try:
            found = rewrite_node(node, ref, self.shape, condition=condition)
            compile_xpath(found.expression.xpath)
        except Unsupported as error:
            self.report(ref, column, error.problem.code, error.problem.value, error.problem.hint)
            return None
        except (etree.XPathError, NotXPath) as error:
            self.report(ref, column, "form-xpath", hint=str(error))
            return None
        except RecursionError:
            self.report(ref, column, "form-long")
            return None
        self._check_patterns(ref, column, node)
        if orders:
            self.readings.setdefault(ref, Reading()).add(found)
        return found.expression

    def report(self, ref: str, column: str, code: str, value: str = "", hint: str = "") -> None:
        """Note a Problem at a node's row; what stands in the cell is shown where no other `value` is."""
        row = self.workbook.places.get(ref.strip("/").partition("/")[2], 0)
        self.problems.append(FormProblem(code, "survey", row, column, value or self._cell(row, column), hint))

    def _cell(self, row: int, column: str) -> str:
        rows = self.workbook.rows("survey")
        if not 2 <= row < len(rows) + 2:
            return ""
        cells = {key.lower().partition(":")[0]: str(value) for key, value in rows[row - 2].items()}
        return next((cells[name] for name in _COLUMNS.get(column, (column,)) if name in cells), "")

    def _check_patterns(self, ref: str, column: str, node: Node) -> None:
        for pattern in _patterns(node):
            fault = find_fault(pattern, self.limits.pattern_length)
            if fault is not None:
                self.report(ref, column, fault, pattern)


def _patterns(node: Node) -> Iterable[str]:
    """The regular expressions written in an expression."""
    found: list[str] = []

    def look(one: Node) -> Node:
        if isinstance(one, Call) and one.name == "regex" and isinstance(one.arguments[-1], Literal):
            found.append(one.arguments[-1].value)
        return one

    transform(node, look)
    return found
