"""Who an announcement is for, as a tree of conditions, and as SQL over the people who can be reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.storage.database import Connection


class Criterion(StrEnum):
    """What a condition may ask of a person."""

    LOCALE = "locale"
    COUNTRY = "country"
    STAKEHOLDER = "stakeholder"
    FOLLOWS = "follows"
    EVENT = "event"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Is:
    """The person's `criterion` is this value."""

    criterion: Criterion
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Audience"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part; without parts: everybody."""

    parts: tuple["Audience", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part."""

    parts: tuple["Audience", ...]


Audience = Is | Not | AllOf | AnyOf
EVERYBODY = AllOf()

_CONDITIONS: Mapping[Criterion, str] = {
    Criterion.LOCALE: "person.locale = {}",
    Criterion.COUNTRY: "person.country = {}",
    Criterion.STAKEHOLDER: "person.stakeholder = {}",
    Criterion.FOLLOWS: "EXISTS (SELECT 1 FROM follow WHERE follow.pseudonym = person.pseudonym AND follow.subject = {})",
    Criterion.EVENT: "EXISTS (SELECT 1 FROM follow WHERE follow.pseudonym = person.pseudonym "
    "AND follow.subject IN ('event/' || {0}, 'coming/' || {0}, 'remind/' || {0}))",
    Criterion.UNANSWERED: "NOT EXISTS "
    "(SELECT 1 FROM submission WHERE submission.pseudonym = person.pseudonym AND submission.form = {})",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an announcement may reach: who follows one of `wanted`, and muted none of `muted`."""

    audience: Audience
    wanted: tuple[str, ...]
    muted: tuple[str, ...] = ()


def to_json(audience: Audience) -> str:
    return json.dumps(_to_list(audience), ensure_ascii=False)


def from_json(text: str) -> Audience:
    return _from_list(json.loads(text))


def make_condition(reach: Reach) -> tuple[str, dict[str, str]]:
    """The SQL condition on `person`, and the values it names."""
    values: dict[str, str] = {}
    parts = [
        "person.address IS NOT NULL",
        "person.unreachable_at IS NULL",
        _follows_one(reach.wanted, values),
        _write(reach.audience, values),
    ]
    if reach.muted:
        parts.append(f"NOT {_follows_one(reach.muted, values)}")
    return " AND ".join(parts), values


def count_reached(conn: Connection, reach: Reach) -> list[tuple[str, str, str, int]]:
    """How many would be reached, by locale, country and kind of stakeholder."""
    condition, values = make_condition(reach)
    query = (
        "SELECT person.locale, person.country, person.stakeholder, count(*) FROM person "  # noqa: S608 - see below
        f"WHERE {condition} GROUP BY person.locale, person.country, person.stakeholder"
    )
    return [(locale, country, group, int(many)) for locale, country, group, many in conn.run(query, values)]


def _write(audience: Audience, values: dict[str, str]) -> str:
    """The condition's text is put together of fixed pieces; what anybody wrote is only ever a value."""
    match audience:
        case Is(criterion, value):
            return _CONDITIONS[criterion].format(_name(value, values))
        case Not(part):
            return f"NOT ({_write(part, values)})"
        case AllOf(parts):
            return "(" + (" AND ".join(_write(part, values) for part in parts) or "1 = 1") + ")"
        case AnyOf(parts):
            return "(" + (" OR ".join(_write(part, values) for part in parts) or "1 = 0") + ")"


def _follows_one(subjects: Sequence[str], values: dict[str, str]) -> str:
    names = ", ".join(_name(subject, values) for subject in subjects)
    return (
        "EXISTS (SELECT 1 FROM follow WHERE follow.pseudonym = person.pseudonym "  # noqa: S608 - names of values only
        f"AND follow.subject IN ({names}))"
    )


def _name(value: str, values: dict[str, str]) -> str:
    name = f"value{len(values)}"
    values[name] = value
    return f":{name}"


def _to_list(audience: Audience) -> list[Any]:
    match audience:
        case Is(criterion, value):
            return [criterion, value]
        case Not(part):
            return ["not", _to_list(part)]
        case AllOf(parts):
            return ["and", *map(_to_list, parts)]
        case AnyOf(parts):
            return ["or", *map(_to_list, parts)]


def _from_list(given: Sequence[Any]) -> Audience:
    word, *rest = given
    match word:
        case "not":
            return Not(_from_list(rest[0]))
        case "and":
            return AllOf(tuple(map(_from_list, rest)))
        case "or":
            return AnyOf(tuple(map(_from_list, rest)))
        case _:
            return Is(Criterion(word), rest[0])
