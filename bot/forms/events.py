"""What a step of a session comes to; whoever drives it says and stores what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.forms.model import Range
from bot.forms.reasons import Reason


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice as offered now: `label` is plain text."""

    value: str
    label: str
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question as it is to be asked now. Texts are HTML with all values filled in and escaped.

    `groups` are the labels of the groups around it, from the outside; `value` is the answer so far as it is stored,
    `shown` as a person reads it, as plain text; `bounds` are the least and the most, where the constraint is plain;
    `position` counts from 1 among about `total`. A `kind` of `repeat` asks whether there is another (`yes`, `no`).
    """

    ref: str
    kind: str
    label: str
    hint: str = ""
    guidance: str = ""
    groups: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    drafts: tuple[str, ...] = ()
    value: str = ""
    shown: str = ""
    required: bool = False
    appearance: str = ""
    media: Mapping[str, str] = field(default_factory=dict)
    range: Range | None = None
    bounds: tuple[str, str] = ("", "")
    position: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Ask this; it is the question the session waits at."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Told:
    """Show this, and wait for nothing: a note."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer cannot be taken. `message` is the form's own, as HTML; `example` one that would do.

    `candidates` are the choices it may have meant.
    """

    ref: str
    reason: Reason
    message: str = ""
    example: str = ""
    candidates: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The value was taken; `before` is what stood there."""

    ref: str
    value: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The question was left as it was."""

    ref: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer is no longer possible (its choice is gone, its limits moved) and is asked again."""

    ref: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary: the question's label (HTML), its answer as stored, and as a person reads it (plain)."""

    ref: str
    label: str
    value: str
    shown: str
    groups: tuple[str, ...] = ()
    can_change: bool = True


@dataclass(frozen=True, slots=True)
class Completed:
    """Everything is answered: show the summary, let answers be changed, submit.

    `unanswered` are the questions left without an answer, and whether there is another of a repeat.
    """

    lines: tuple[Line, ...]
    unanswered: tuple[Line, ...] = ()

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return (*self.lines, *self.unanswered)


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished form: the answers that are relevant, by ref; `name` as the form makes it (`instance_name`).

    `revises` is the id of the earlier submission whose place it takes, where it takes one.
    """

    id: str
    form: str
    fingerprint: str
    version: str
    locale: str
    started_at: str
    submitted_at: str
    name: str
    answers: Mapping[str, str]
    revises: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The form is finished; the session is closed."""

    submission: Submission


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The session is closed, and nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The session was already submitted or cancelled: nothing was done."""


Event = Asked | Told | Refused | Answered | Skipped | Dropped | Completed | Submitted | Cancelled | Closed
