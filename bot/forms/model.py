"""A form as Hiwar runs it: made of an XLSForm once, stored as one JSON document, free of pyxform and of XML.

A *ref* is a question's place: `/survey/child/name`. In a session the repeats on the way are numbered:
`/survey/child[2]/name`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Expression:
    """An XPath 1.0 expression with Hiwar's functions, ready for libxml2; `uses` are the variables it needs."""

    xpath: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dependent:
    """A part with a condition, a calculation or a count, and the refs it reads; `everything`: that cannot be told."""

    ref: str
    reads: tuple[str, ...]
    everything: bool = False

    @cached_property
    def concerns(self) -> frozenset[str]:
        """What has to change for it to be worked out again."""
        return frozenset((self.ref, *self.reads))


# What is shown, in pieces: fixed HTML, and expressions whose values are put between.
Text = tuple[str | Expression, ...]
# The same in all the form's locales that have it.
Texts = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a list: its columns as filters use them, and its label where it has one per locale, free of HTML."""

    columns: Mapping[str, str]
    labels: Texts = field(default_factory=dict)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A list of the choices sheet or of an attached file."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Where a question's choices come from: the nodes of `nodes`, each with a value and a label (paths from the node).

    `shuffle` orders them by a seed of its own (`randomize=true`), the session's where it is not given.
    """

    nodes: Expression
    value: str
    label: str
    list_name: str = ""
    shuffle: bool = False
    seed: Expression | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Put the value of `expression` into `target`: a dynamic default, or what a trigger sets off."""

    target: str
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers a `range` question offers."""

    start: str
    end: str
    step: str


@dataclass(frozen=True)
class Question:
    """Anything that can hold an answer. `kind` is a name of `bot.forms.kinds`.

    `media` are file names by form (`image`, `audio`, `video`) and locale; `sets` is done when the answer changes.
    """

    ref: str
    kind: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    relevant: Expression | None = None
    constraint: Expression | None = None
    required: Expression | None = None
    read_only: Expression | None = None
    calculation: Expression | None = None
    default: str = ""
    options: Options | None = None
    range: Range | None = None
    # The least and the most its constraint allows, where that is plain.
    bounds: tuple[str, str] = ("", "")
    appearance: str = ""
    sets: tuple[Assignment, ...] = ()

    @cached_property
    def name(self) -> str:
        return self.ref.rpartition("/")[2]


@dataclass(frozen=True)
class Group:
    """Questions that belong together. A group with `repeats` may stand several times.

    `count` says how often; without it the person is asked after each. `on_new` are defaults of each new one.
    """

    ref: str
    children: "tuple[Part, ...]"
    texts: Mapping[str, Texts] = field(default_factory=dict)
    relevant: Expression | None = None
    repeats: bool = False
    count: Expression | None = None
    on_new: tuple[Assignment, ...] = ()
    appearance: str = ""

    @cached_property
    def name(self) -> str:
        return self.ref.rpartition("/")[2]


Part = Question | Group


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form, equal to nothing but itself. `order` lists what has to be worked out, each after those it depends on."""

    id: str
    version: str
    titles: Mapping[str, str]
    locales: tuple[str, ...]
    root: Group
    lists: tuple[ChoiceList, ...] = ()
    order: tuple[Dependent, ...] = ()
    on_start: tuple[Assignment, ...] = ()
    instance_name: str = ""
    # The settings sheet, with what else its author wrote there.
    settings: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        return self._json

    @cached_property
    def _json(self) -> str:
        return _ADAPTER.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> "Form":
        return _ADAPTER.validate_json(text)

    @cached_property
    def fingerprint(self) -> str:
        """What a session is pinned to: changes with anything in the form."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    @cached_property
    def parts(self) -> Mapping[str, Question | Group]:
        """Everything by its ref, in the order of the sheet."""
        return {part.ref: part for part in walk_parts(self.root)}

    @cached_property
    def choices(self) -> Mapping[str, Sequence[Choice]]:
        """The choices by the names of their lists."""
        return {one.name: one.choices for one in self.lists}

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts.values() if isinstance(part, Question))


def walk_parts(group: Group) -> Iterator[Question | Group]:
    """The group and everything in it, from top to bottom."""
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from walk_parts(child)
        else:
            yield child


_ADAPTER = TypeAdapter(Form)
