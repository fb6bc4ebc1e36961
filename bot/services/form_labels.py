"""The questions and choices of a form in words."""

from collections.abc import Mapping

from bot.forms import Form
from bot.forms.model import Question, Text
from bot.services.form_texts import plain

# The kinds that hold no answer of a person.
UNASKED = frozenset({"note"})


def label_question(form: Form, question: Question, locale: str) -> str:
    """The question in a language; its path where it has no words there, or no language is given."""
    label = question.texts.get("label", {}).get(locale, ()) if locale else ()
    return _join(label) or path_of(form, question)


def path_of(form: Form, question: Question) -> str:
    """The question with the groups it is in, as KoboToolbox names its column."""
    return question.ref.removeprefix(form.root.ref + "/")


def label_choices(form: Form, question: Question, locale: str) -> Mapping[str, str]:
    """The choices of a question: each value with its words in a language, or with itself."""
    name = question.options.list_name if question.options else ""
    choices = next((one.choices for one in form.lists if one.name == name), ())
    values = {choice.columns.get("name", ""): choice.labels.get(locale, ()) if locale else () for choice in choices}
    return {value: _join(label) or value for value, label in values.items()}


def _join(text: Text) -> str:
    return plain("".join(part for part in text if isinstance(part, str)))
