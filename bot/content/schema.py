"""What the YAML of the content may hold, checked by pydantic; its errors become Problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from rapidfuzz import process

from bot.content.files import Block
from bot.content.problems import Problem


def as_written(value: object) -> object:
    """What YAML took for a date or a number, as it was written."""
    return str(value) if isinstance(value, date | int) else value


PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
    BeforeValidator(as_written),
]
Titles = dict[str, str] | str


class Schema(BaseModel):
    """Nothing but the named fields, and of just the named types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceFields(Schema):
    """Where an answer comes from. `date` is the one printed on it, if any: a year, a month or a day."""

    title: Titles
    url: str = ""
    date: PartialDate | Literal[""] = ""


class TopicFields(Schema):
    """A group of entries. `sourced: false` where the bot speaks of itself."""

    emoji: str
    title: dict[str, str]
    sourced: bool = True


# The slot that a country fills, by its code.
COUNTRY = "country"


class EntryFields(Schema):
    """The block above an entry's languages. `shows` is a list whose first buttons hang under the answer, `to_check` what
    staff should still confirm, which people do not see; `opens` the command that is done
    with the answer; `slots` the numbers the entry is about (lexicon/slots.yaml), or its `country`."""

    topic: str
    sources: list[str | SourceFields] = []
    as_of: date | None = None
    reviewed: date
    related: list[str] = Field(default=[], max_length=3)
    valid_until: date | None = None
    to_check: list[str] = []
    slots: dict[str, int | str] = {}
    opens: Literal[
        "",
        "language",
        "privacy",
        "following",
        "forms",
        "events",
        "networks",
        "topics",
        "takepart",
        "submissions",
        "human",
    ] = ""
    shows: Literal[
        "", "coming", "past", "networks", "forms", "path", "objectives", "messages", "documents", "terms"
    ] = ""

    @property
    def asked_by(self) -> Mapping[str, int | str]:
        """The numbers and names by which the entry may be asked for, by slot."""
        return self.slots


S = TypeVar("S", bound=Schema)


@dataclass(frozen=True, slots=True)
class Table(Generic[S]):
    """A file of many things of one kind by their keys, each with the line its key stands on."""

    name: str
    rows: Mapping[str, S]
    lines: Mapping[str, int]

    def problem(self, code: str, key: str, value: str) -> Problem:
        """Something wrong with the row of a key."""
        return Problem(self.name, self.lines.get(key, 1), code, value)


F = TypeVar("F", bound=EntryFields)


def as_kind(fields: EntryFields, schema: type[F]) -> F:
    """The fields of an entry whose kind is known. Raises TypeError where it is another."""
    if not isinstance(fields, schema):
        raise TypeError(f"{type(fields).__name__} is not {schema.__name__}")
    return fields


def read_fields(schema: type[S], block: Block, name: str, problems: list[Problem]) -> S | None:
    """The fields of a block, or None with a Problem for everything that is wrong in it."""
    return _validate(schema, block.values, name, block.lines, 2, problems)


def read_table(schema: type[S], block: Block, name: str, problems: list[Problem]) -> Table[S]:
    """The rows of a file; those that are wrong are left out."""
    found = {}
    for key, values in block.values.items():
        line = block.line(key)
        fields = _validate(schema, values, name, {}, line, problems)
        if fields is not None:
            found[str(key)] = fields
    return Table(name, found, block.lines)


def _validate(
    schema: type[S],
    values: object,
    name: str,
    lines: Mapping[str, int],
    line: int,
    problems: list[Problem],
) -> S | None:
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            where = str(one["loc"][0]) if one["loc"] else ""
            problems.append(_to_problem(schema, one, name, lines.get(where, line)))
        return None


def _to_problem(schema: type[Schema], error: Any, name: str, line: int) -> Problem:  # noqa: ANN401 - pydantic's dict
    where = str(error["loc"][0]) if error["loc"] else ""
    match error["type"]:
        case "extra_forbidden":
            nearest = process.extractOne(where, list(schema.model_fields), score_cutoff=70)
            return Problem(name, line, "field-unknown", where, f"Did you mean “{nearest[0]}”?" if nearest else "")
        case "missing":
            return Problem(name, line, "field-missing", where)
        case _:
            shown = str(error["input"])[:60]
            return Problem(name, line, "field-value", f"“{where}” ({shown})", f"{error['msg']}.")
