"""One person inside one form: everything needed to go on, as one JSON document."""

from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import TypeAdapter


class Stage(StrEnum):
    """Where a session stands. `ASKING` and `CHECKING` (all answered, the summary shown) are open."""

    ASKING = "asking"
    CHECKING = "checking"
    SUBMITTED = "submitted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Session:
    """`form` and `fingerprint` pin the form; times are ISO 8601 on the person's clock.

    `answers` by ref, those of questions no longer relevant among them; `counts` of repeats by path; `settled` are the
    refs that need not be asked again (answered, skipped, seen); `at` is the question asked; `drafts` are choices
    ticked and not yet sent. `hidden` are the refs whose condition does not hold, as they were on `day`. `seed` is what random draws come from, `person` a pseudonym,
    `revises` the submission it began with.
    """

    id: str
    form: str
    fingerprint: str
    locale: str
    started_at: str
    seed: str
    person: str = ""
    stage: Stage = Stage.ASKING
    at: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    day: str = ""
    settled: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    revises: str = ""

    @property
    def is_open(self) -> bool:
        return self.stage in {Stage.ASKING, Stage.CHECKING}

    def to_json(self) -> str:
        return _ADAPTER.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> "Session":
        return _ADAPTER.validate_json(text)


_ADAPTER = TypeAdapter(Session)
