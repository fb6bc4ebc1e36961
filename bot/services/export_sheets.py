"""The sheets of an export and their columns, in the shape KoboToolbox gives them: groups in the column names, a choice
of several as one column and one of 0 and 1 for each choice, repeats as sheets of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.forms import Form
from bot.forms.model import Group, Question
from bot.services.choice_rows import MANY
from bot.services.form_labels import UNASKED, label_choices, label_question, path_of
from bot.services.form_texts import title

# Numbers stay numbers in a spreadsheet; a telephone number in a text keeps its zeros.
NUMBERS = frozenset({"integer", "decimal", "range"})
META = ("_id", "_submission_time", "_changed", "_version", "_language", "_index")
LINKS = ("_index", "_parent_table_name", "_parent_index", "_submission__id")

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A question, or one choice of a question with several. `words` are the labels of its choices, where wanted."""

    header: str
    question: Question
    choice: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def read(self, value: str) -> Cell:
        """What a cell shows of an answer as it is stored."""
        if not value:
            return ""
        if self.choice:
            return int(self.choice in value.split())
        if self.question.kind in NUMBERS:
            return _read_number(value)
        if not self.words:
            return value
        chosen = value.split() if self.question.kind in MANY else [value]
        return ", ".join(self.words.get(one, one) for one in chosen)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions outside repeats (`repeat` empty), or those of one repeat, by its ref."""

    name: str
    repeat: str
    columns: tuple[Column, ...]

    @property
    def head(self) -> list[str]:
        return [*(column.header for column in self.columns), *(LINKS if self.repeat else META)]


def plan_sheets(form: Form, locale: str = "", older: Sequence[Form] = ()) -> list[Sheet]:
    """The sheets of a form; with a locale labels stand in the place of names.

    What only `older` versions ask stands behind what today's does: nothing that was answered is left out.
    """
    columns: dict[str, dict[tuple[str, str], Column]] = {"": {}}
    for one in (form, *older):
        repeats = [part.ref for part in one.parts.values() if isinstance(part, Group) and part.repeats]
        for repeat in ("", *repeats):
            known = columns.setdefault(repeat, {})
            for column in _make_columns(one, repeat, repeats, locale):
                known.setdefault((column.question.ref, column.choice), column)
    names = _name_sheets(form, columns, locale)
    return [Sheet(names[repeat], repeat, tuple(_tell_apart(form, found.values()))) for repeat, found in columns.items()]


def _make_columns(form: Form, repeat: str, repeats: Iterable[str], locale: str) -> Iterator[Column]:
    for question in form.questions:
        inside = max((one for one in repeats if question.ref.startswith(f"{one}/")), key=len, default="")
        if question.kind in UNASKED or inside != repeat:
            continue
        header, choices = label_question(form, question, locale), label_choices(form, question, locale)
        yield Column(header, question, words=choices if locale else {})
        if question.kind in MANY:
            for value, label in choices.items():
                yield Column(f"{header}/{label}", question, value)


def _tell_apart(form: Form, columns: Iterable[Column]) -> Iterator[Column]:
    """Questions with the same words get their names behind them."""
    columns = tuple(columns)
    seen = Counter(column.header for column in columns)
    for column in columns:
        header = column.header
        yield column if seen[header] == 1 else replace(column, header=f"{header} ({path_of(form, column.question)})")


def _name_sheets(form: Form, repeats: Iterable[str], locale: str) -> dict[str, str]:
    """A repeat's own name, which no two have; the form's title for the rest, told apart from these."""
    names = {repeat: repeat.rpartition("/")[2] for repeat in repeats}
    main = title(form, locale or "en")
    return names | {"": f"{main} (0)" if main in names.values() else main}


def _read_number(value: str) -> Cell:
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value
