"""What must be true of a form besides that it can be read."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from lxml import etree

from bot.forms.compiling import Compiler
from bot.forms.evaluating import evaluate
from bot.forms.instances import Instance
from bot.forms.kinds import KINDS
from bot.forms.model import Expression, Form, Group, Question
from bot.forms.sessions import Session
from bot.forms.variables import make_variables

# Any moment will do: only whether an expression can be worked out is looked at.
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def check_form(form: Form, locales: Sequence[str], compiler: Compiler) -> None:
    """Note what is too large, what is missing, and expressions that cannot be worked out."""
    limits = compiler.limits
    if not compiler.problems and not any(KINDS[question.kind].asks for question in form.questions):
        compiler.report(form.root.ref, "type", "form-empty")
    if len(form.parts) > limits.questions:
        compiler.report(form.root.ref, "type", "form-questions", f"{len(form.parts)}", f"{limits.questions}")
    for part in form.parts.values():
        if part.ref.count("/") > limits.depth + 2:
            compiler.report(part.ref, "type", "form-depth", part.name, f"{limits.depth}")
            return
    _check_languages(form, locales, compiler)
    _try_expressions(form, compiler)


def _check_languages(form: Form, locales: Sequence[str], compiler: Compiler) -> None:
    for locale in locales:
        if locale not in form.locales:
            compiler.report(form.root.ref, "label", "form-language-missing", locale)
    for part in form.parts.values():
        for name, texts in part.texts.items():
            missing = [one for one in form.locales if one not in texts]
            if missing:
                compiler.report(part.ref, name, "form-translation-missing", ", ".join(missing))


def _try_expressions(form: Form, compiler: Compiler) -> None:
    """Work out each expression once, on a form with nothing answered and one of each repeat."""
    counts = {part.ref: 1 for part in form.parts.values() if isinstance(part, Group) and part.repeats}
    session = Session("", form.id, "", form.locales[0], "", "", counts=_number(counts))
    variables = make_variables(form, session, _SOME_TIME)
    instance = Instance(form, session, variables, compiler.limits)
    for ref, column, expression in _expressions(form):
        node = instance.find(_first(ref, counts))
        if node is not None:
            try:
                evaluate(expression, node.element, variables)
            except etree.XPathError as error:
                compiler.report(ref, column, "form-xpath", hint=str(error))


def _expressions(form: Form) -> Iterator[tuple[str, str, Expression]]:
    """Every expression with its ref and column."""
    for part in form.parts.values():
        named = [("relevant", part.relevant)]
        if isinstance(part, Question):
            named += [("constraint", part.constraint), ("required", part.required), ("read_only", part.read_only)]
            named += [("calculation", part.calculation)]
            named += [("choice_filter", part.options.nodes)] if part.options else []
        for column, texts in part.texts.items():
            named += [(column, one) for text in texts.values() for one in text if isinstance(one, Expression)]
        sets = part.sets if isinstance(part, Question) else part.on_new
        yield from ((part.ref, column, one) for column, one in named if one is not None)
        yield from ((one.target, "default", one.expression) for one in sets if one.expression is not None)
    yield from ((one.target, "default", one.expression) for one in form.on_start if one.expression is not None)


def _first(ref: str, counts: dict[str, int]) -> str:
    """The ref in the first instance of each repeat on its way."""
    found, whole = "", ""
    for name in ref.strip("/").split("/"):
        whole = f"{whole}/{name}"
        found = f"{found}/{name}[1]" if whole in counts else f"{found}/{name}"
    return found


def _number(counts: dict[str, int]) -> dict[str, int]:
    """The same counts by the paths of a session."""
    return {_first(ref, counts).removesuffix("[1]"): count for ref, count in counts.items()}
