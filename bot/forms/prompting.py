"""A question as a person is shown it now: texts filled in, choices filtered, the answer so far in words."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape

from babel import Locale, dates, localedata

from bot.forms.dates import read_moment
from bot.forms.evaluating import evaluate_nodes, evaluate_number
from bot.forms.events import Line, Offer, Prompt
from bot.forms.instances import Instance
from bot.forms.kinds import SELECTS
from bot.forms.model import Form, Options, Question, Text, Texts
from bot.forms.nodes import Node
from bot.forms.shuffling import shuffle
from bot.forms.trees import Element, read_node
from bot.forms.variables import ROW, choose_text
from bot.languages import isolate

# How days are shown, in CLDR's letters, by appearance or kind.
_FORMATS = {"month-year": "MMMM y", "year": "y", "date": "d MMMM y", "today": "d MMMM y"}


class Prompter:
    """Fills in the texts of one session's questions in its locale."""

    def __init__(self, instance: Instance, locale: str) -> None:
        self._instance = instance
        self._form: Form = instance.form
        self._locale = locale

    def prompt(self, node: Node, drafts: tuple[str, ...] = (), place: tuple[int, int] = (0, 0)) -> Prompt:
        """The question; `place` is its number and how many there are."""
        part, value = node.question, self._instance.value(node)
        offers = self.offers(node)
        return Prompt(
            node.ref,
            part.kind,
            self._say(part.texts, "label", node),
            self._say(part.texts, "hint", node),
            self._say(part.texts, "guidance", node),
            self.groups(node),
            offers,
            drafts,
            value,
            self.show(node, offers),
            required=self.is_required(node),
            appearance=part.appearance,
            media={form: _localize(names, self._form, self._locale) for form, names in part.media.items()},
            range=part.range,
            bounds=part.bounds,
            position=place[0],
            total=place[1],
        )

    def prompt_repeat(self, ref: str, parent: Node, texts: Mapping[str, Texts], place: tuple[int, int]) -> Prompt:
        """Whether there is another of a repeat."""
        label = self._say(texts, "label", parent)
        return Prompt(ref, "repeat", label, groups=self.groups(parent), position=place[0], total=place[1])

    def line(self, node: Node, *, can_change: bool) -> Line:
        """The question in the summary."""
        shown = self.show(node, self.offers(node))
        label = self._say(node.part.texts, "label", node)
        return Line(node.ref, label, self._instance.value(node), shown, self.groups(node), can_change)

    def say(self, node: Node, name: str) -> str:
        """One text of a question or group as HTML, empty where it has none."""
        return self._say(node.part.texts, name, node)

    def is_required(self, node: Node) -> bool:
        part = node.part
        return isinstance(part, Question) and part.required is not None and self._instance.holds(part.required, node)

    def groups(self, node: Node) -> tuple[str, ...]:
        """The labels of the groups around a node, numbered where they repeat."""
        found: list[str] = []
        above = node.parent
        while above is not None:
            label = self._say(above.part.texts, "label", above)
            if label:
                found.append(f"{label} {above.number}" if above.ref.endswith("]") else label)
            above = above.parent
        return tuple(reversed(found))

    def offers(self, node: Node) -> tuple[Offer, ...]:
        """The choices a question has now; those without a value are left out."""
        options = node.part.options if isinstance(node.part, Question) else None
        if options is None:
            return ()
        rows = evaluate_nodes(options.nodes, node.element, self._instance.variables)
        offers = [offer for row in rows if (offer := self._offer(row, options, node)).value]
        return tuple(shuffle(offers, self._seed(options, node)) if options.shuffle else offers)

    def show(self, node: Node, offers: Sequence[Offer]) -> str:
        """The answer as a person reads it, as plain text."""
        part, value = node.question, self._instance.value(node)
        if part.kind in SELECTS:
            labels = {one.value: one.label for one in offers}
            comma = "، " if self._locale == "ar" else ", "
            return comma.join(labels.get(one, one) for one in ([value] if part.kind == "select_one" else value.split()))
        if part.kind in {"date", "dateTime", "today", "start", "end"}:
            return self._show_moment(value, _FORMATS.get(part.appearance) or _FORMATS.get(part.kind, "d MMMM y HH:mm"))
        return value[:5] if part.kind == "time" else value

    def _show_moment(self, value: str, pattern: str) -> str:
        moment = read_moment(value)
        locale = self._locale if _is_known(self._locale) else self._form.locales[0]
        return value if moment is None else str(dates.format_datetime(moment, pattern, locale=locale))

    def _offer(self, row: Element, options: Options, node: Node) -> Offer:
        number = row.get(ROW)
        if number is None:
            return Offer(_read(row, options.value), _read(row, options.label))
        offer, label = _offer_choice(
            self._form, self._locale, options.list_name, int(number), options.value, options.label
        )
        return replace(offer, label=self._fill(label, node, html=False)) if label else offer

    def _seed(self, options: Options, node: Node) -> int:
        if options.seed is not None:
            seed = evaluate_number(options.seed, node.element, self._instance.variables)
            return 0 if math.isnan(seed) else int(seed)
        drawn = f"{self._instance.variables['seed']}/{node.ref}".encode()
        return int.from_bytes(hashlib.sha256(drawn).digest()[:4])

    def _say(self, texts: Mapping[str, Texts], name: str, node: Node) -> str:
        return self._fill(choose_text(texts.get(name, {}), self._form, self._locale), node, html=True)

    def _fill(self, text: Text, node: Node, *, html: bool) -> str:
        values = (
            part if isinstance(part, str) else self._fit(self._instance.text(part, node), html=html) for part in text
        )
        return "".join(values)

    def _fit(self, value: str, *, html: bool) -> str:
        """A value between words: escaped, and isolated where the text runs from right to left."""
        fit = escape(value, quote=False) if html else value
        return isolate(fit) if fit and not value.isdigit() and _is_rtl(self._locale) else fit


# The same choices are offered with each answer; to read them off the tree again would be a third of its cost.
@lru_cache(maxsize=16_384)
def _offer_choice(
    form: Form, locale: str, list_name: str, number: int, value_name: str, label_name: str
) -> tuple[Offer, Text]:
    """A row of a list, and its label where answers are to be put into it."""
    choice = form.choices[list_name][number]
    value = choice.columns.get(value_name, "")
    if label_name != "label" or not choice.labels:
        return Offer(value, choice.columns.get(label_name, "") or value), ()
    label = choose_text(choice.labels, form, locale)
    media = {kind: _localize(names, form, locale) for kind, names in choice.media.items()}
    fixed = "".join(part for part in label if isinstance(part, str))
    return Offer(value, fixed, media), () if all(isinstance(part, str) for part in label) else label


def _localize(names: Mapping[str, str], form: Form, locale: str) -> str:
    return next((names[one] for one in (locale, *form.locales, *names) if one in names), "")


def _read(row: Element, path: str) -> str:
    found = row.find(path)
    return "" if found is None else read_node(found)


def _is_rtl(locale: str) -> bool:
    return _is_known(locale) and str(Locale.parse(locale).text_direction) == "rtl"


@lru_cache(maxsize=64)
def _is_known(locale: str) -> bool:
    return localedata.exists(locale)
