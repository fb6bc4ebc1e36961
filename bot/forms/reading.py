"""From an XLSForm file to a `Form`, in one call."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.forms import listing, shapes
from bot.forms.checking import check_form
from bot.forms.compiling import Compiler
from bot.forms.limits import Limits
from bot.forms.locales import UNNAMED, find_locale
from bot.forms.mapping import Mapper
from bot.forms.model import ChoiceList, Dependent, Form
from bot.forms.ordering import Circular, order_parts
from bot.forms.problems import FormProblem, FormUnusable
from bot.forms.scopes import Shape
from bot.forms.texts import Render, TextReader, render_plain
from bot.forms.trees import UnsafeXml, local_name, parse_safely
from bot.forms.workbooks import Workbook, convert_workbook, read_workbook
from bot.forms.xforms import XForm
from bot.forms.xpath_tokens import NotXPath

# A column of choices is a name in XML, but for what XLSForm itself says about labels and media.
_COLUMN = re.compile(r"[^\W\d][\w.-]*|(?:label|hint|media|image|audio|video|big-image)\s*:.*|list name", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """An XLSForm file and what it comes with.

    `suffix` is `.xlsx`, `.csv` or `.md`; `name` stands in where the form names no id; `files` are the attached
    `.csv` and `.xml` by name; `locales` those a form should have, the first being that of columns without a language.
    """

    content: bytes
    suffix: str
    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    locales: Sequence[str] = ("en",)


def read_form(
    source: Source, render: Render = render_plain, limits: Limits | None = None
) -> tuple[Form | None, tuple[FormProblem, ...]]:
    """The form, None where it has errors, and everything that is wrong with it.

    `render` turns the Markdown of labels into the HTML people are shown.
    """
    problems: list[FormProblem] = []
    try:
        form = _read(source, render, limits or Limits(), problems)
    except FormUnusable as error:
        problems += error.problems
        form = None
    usable = not any(problem.is_error for problem in problems)
    return (form if usable else None), tuple(dict.fromkeys(problems))


def _read(source: Source, render: Render, limits: Limits, problems: list[FormProblem]) -> Form:
    workbook = read_workbook(source.content, source.suffix, limits)
    _check_sheets(workbook)
    try:
        xform = XForm(parse_safely(convert_workbook(workbook).encode()))
    except UnsafeXml as error:
        raise FormUnusable(FormProblem("form-unreadable", value=str(error))) from error
    locales = _find_locales(xform, source, problems)
    itemsets = _read_itemsets(xform)
    compiler = Compiler(Shape({"": ""}), workbook, limits, problems)
    texts = TextReader(compiler, locales, render)
    compiler.shape = shapes.make_shape(xform, [], itemsets)
    lists = _read_lists(xform, source, texts)
    compiler.shape = shapes.make_shape(xform, lists, itemsets)
    mapper = Mapper(xform, compiler, texts, itemsets)
    root_ref = f"/{local_name(xform.root)}"
    root = mapper.map_group(xform.root, root_ref)
    settings = next(iter(workbook.rows("settings")), {})
    form = Form(
        str(xform.root.get("id") or source.name)
        if settings.get("form_id") or settings.get("id_string")
        else source.name,
        xform.root.get("version") or "",
        _read_titles(settings, locales, xform.title if settings.get("form_title") else source.name),
        tuple(dict.fromkeys(locales.values())),
        root,
        tuple(lists),
        _order(compiler, xform),
        mapper.sets(xform.setvalues(xform.model, "odk-instance-first-load"), "default"),
        f"{root_ref}/meta/instanceName" if f"{root_ref}/meta/instanceName" in compiler.shape.types else "",
        {key: str(value) for key, value in settings.items()},
    )
    check_form(form, source.locales, compiler)
    return form


def _check_sheets(workbook: Workbook) -> None:
    """Raise for what pyxform itself stumbles over."""
    for number, row in enumerate(workbook.rows("choices"), 2):
        for column in row:
            if not _COLUMN.fullmatch(column):
                raise FormUnusable(FormProblem("form-header", "choices", number, column, column))
    for number, row in enumerate(workbook.rows("survey"), 2):
        kind = str(row.get("type", ""))
        if kind.startswith(("select_one_external", "select one external")):
            raise FormUnusable(FormProblem("form-type", "survey", number, "type", kind))


def _find_locales(xform: XForm, source: Source, problems: list[FormProblem]) -> Mapping[str, str]:
    """Locales by the names the author gave the languages."""
    found = dict.fromkeys(UNNAMED, source.locales[0]) if not xform.languages or "default" in xform.languages else {}
    for language in xform.languages:
        locale = find_locale(language)
        if language not in UNNAMED and locale is None:
            problems.append(FormProblem("form-language", "survey", 1, f"label::{language}", language))
        elif locale is not None and language not in UNNAMED:
            found[language] = locale
    first = next(iter(found.values()), source.locales[0])
    return {**found, **{name: found.get(name, first) for name in UNNAMED}}


def _read_itemsets(xform: XForm) -> Mapping[str, shapes.Itemset]:
    try:
        return shapes.read_itemsets(xform)
    except NotXPath as error:
        raise FormUnusable(FormProblem("form-xpath", "survey", 0, "choice_filter", str(error))) from error
    except RecursionError as error:
        raise FormUnusable(FormProblem("form-long", "survey", 0, "choice_filter")) from error


def _read_lists(xform: XForm, source: Source, texts: TextReader) -> list[ChoiceList]:
    """The lists of the choices sheet, of attached files, and of choices that stand in their question."""
    lists = []
    for name, instance in xform.lists.items():
        if instance.get("src"):
            lists.append(_read_attached(name, (instance.get("src") or "").rpartition("/")[2], source, texts))
        else:
            lists.append(_check_length(listing.read_list(name, xform, texts), texts.compiler))
    inline = ((ref, one) for ref, one in xform.controls.items() if one.find("{*}item") is not None)
    return lists + [listing.read_inline(ref, one, xform, texts) for ref, one in inline]


def _read_attached(name: str, file_name: str, source: Source, texts: TextReader) -> ChoiceList:
    compiler = texts.compiler
    row = compiler.workbook.find_row("survey", file_name or name)
    if file_name in source.files and file_name.endswith((".csv", ".xml")):
        return listing.read_file(name, file_name, source.files[file_name], texts, row)
    code = "form-type" if file_name.endswith(".geojson") else "form-file-missing"
    compiler.problems.append(FormProblem(code, "survey", row, "type", file_name or name))
    return ChoiceList(name, ())


def _check_length(found: ChoiceList, compiler: Compiler) -> ChoiceList:
    most = compiler.limits.choices
    if len(found.choices) > most:
        row = compiler.workbook.find_row("choices", found.name)
        compiler.problems.append(FormProblem("form-choices", "choices", row, "list_name", found.name, f"{most}"))
    return found


def _read_titles(settings: Mapping[str, str], locales: Mapping[str, str], title: str) -> Mapping[str, str]:
    """The form's name per locale; `form_title::Arabic (ar)` is Hiwar's own addition to the settings sheet."""
    own = {
        key.partition("::")[2].strip(): str(value) for key, value in settings.items() if key.startswith("form_title::")
    }
    titles = {locales.get(language) or find_locale(language) or "": text for language, text in own.items()}
    return {**dict.fromkeys(locales.values(), title), **{locale: text for locale, text in titles.items() if locale}}


def _order(compiler: Compiler, xform: XForm) -> tuple[Dependent, ...]:
    try:
        return order_parts(compiler.readings, list(compiler.shape.types))
    except Circular as error:
        ref = next((one for one in error.refs if one in compiler.readings), error.refs[0])
        names = " → ".join(one.rpartition("/")[2] for one in error.refs)
        bind = xform.binds.get(ref)
        columns = {"relevant": "relevant", "calculate": "calculation"}
        found = (column for name, column in columns.items() if bind is not None and bind.get(name))
        compiler.report(ref, next(found, "repeat_count"), "form-circular", names)
        return ()
