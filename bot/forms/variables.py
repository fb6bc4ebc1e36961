"""What the variables of expressions stand for in one step of a session."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from lxml import etree

from bot.forms.dates import write_moment
from bot.forms.evaluating import Variables
from bot.forms.model import ChoiceList, Form, Text, Texts
from bot.forms.sessions import Session

# The attribute that tells which row of its list a node is.
ROW = "row"


def make_variables(form: Form, session: Session, now: datetime) -> Variables:
    """`now` is aware, on the person's own clock: `today()` is its day."""
    plain: Mapping[str, str] = {
        "now": write_moment(now),
        "today": now.date().isoformat(),
        "version": form.version,
        "seed": session.seed,
        "locale": session.locale,
    }
    return {**plain, **_plant_lists(form, session.locale)}


def choose_text(texts: Texts, form: Form, locale: str) -> Text:
    """The text in a locale, else in the form's first that has it."""
    return next((texts[one] for one in (locale, *form.locales, *texts) if one in texts), ())


@lru_cache(maxsize=64)
def _plant_lists(form: Form, locale: str) -> Variables:
    """All lists as XML, labels in the locale; read by many steps and changed by none."""
    return {f"list{number}": [_plant_list(one, form, locale)] for number, one in enumerate(form.lists)}


def _plant_list(choices: ChoiceList, form: Form, locale: str) -> etree._Element:
    instance = etree.Element("instance")
    root = etree.SubElement(instance, "root")
    for number, choice in enumerate(choices.choices):
        row = etree.SubElement(root, "item", {ROW: str(number)})
        for name, value in choice.columns.items():
            etree.SubElement(row, name).text = value
        if choice.labels:
            label = choose_text(choice.labels, form, locale)
            etree.SubElement(row, "label").text = "".join(part for part in label if isinstance(part, str))
    return instance
