"""Events: consultations, forums and days, with when, where, for whom and how to come."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from bot.content.entries import Checking, SourceEntry
from bot.content.markdown import Place, check_link
from bot.content.moments import Moment, Written, is_real, is_zone
from bot.content.problems import Problem
from bot.content.schema import EntryFields, as_kind
from bot.languages import Languages

# What people who asked to be told are told of, when it changes.
SCHEDULE = ("starts", "ends", "time_zone", "place", "link", "register_at", "register_by", "status")


class EventFields(EntryFields):
    """An event's block.

    `starts` and `ends` are local to `time_zone`; `country` is where it is, `concerns` the countries it is for (none:
    the whole region). Whoever changes what `SCHEDULE` lists raises `revision`: it is the calendar's SEQUENCE (RFC 5545,
    3.8.7.4) and lets people be told what changed.
    """

    starts: Written
    ends: Written | Literal[""] = ""
    time_zone: str = ""
    status: Literal["announced", "expected", "cancelled"] = "announced"
    revision: int = Field(default=0, ge=0)
    place: dict[str, str] = Field(default_factory=dict)
    country: str = ""
    concerns: list[str] = Field(default_factory=list)
    link: str = ""
    spoken: list[str] = Field(default_factory=list)
    audience: dict[str, str] = Field(default_factory=dict)
    register_at: str = ""
    register_by: Written | Literal[""] = ""

    @property
    def begins(self) -> Moment:
        return Moment(self.starts, self.time_zone)

    @property
    def finishes(self) -> Moment:
        return Moment(self.ends or self.starts, self.time_zone)

    @property
    def deadline(self) -> Moment | None:
        return Moment(self.register_by, self.time_zone) if self.register_by else None


def check_events(entries: Sequence[SourceEntry], checking: Checking) -> None:
    for entry in entries:
        fields = as_kind(entry.fields, EventFields)
        for field, code, value in _find_wrong(fields, checking):
            checking.problems.append(Problem(entry.name, entry.line(field), code, value))
        for field in ("link", "register_at"):
            if address := getattr(fields, field):
                check_link(address, Place(entry.name, entry.line(field)), checking.problems)


Wrong = tuple[str, str, str]


def _find_wrong(fields: EventFields, checking: Checking) -> Iterable[Wrong]:
    """What is wrong, as field, code of the Problem, and value."""
    unreal = [name for name in ("starts", "ends", "register_by") if not is_real(getattr(fields, name) or "2000")]
    if unreal or (fields.time_zone and not is_zone(fields.time_zone)):
        yield from ((name, "event-date", getattr(fields, name)) for name in unreal)
        if fields.time_zone and not is_zone(fields.time_zone):
            yield "time_zone", "zone-unknown", fields.time_zone
        return
    if fields.begins.has_time and not fields.time_zone:
        yield "starts", "zone-missing", fields.starts
        return
    yield from _find_disorder(fields, checking)
    yield from _find_unknown(fields, checking.languages)


def _find_disorder(fields: EventFields, checking: Checking) -> Iterable[Wrong]:
    if fields.finishes.last_day < fields.begins.first_day or (
        fields.begins.has_time and fields.finishes.has_time and fields.finishes.at < fields.begins.at
    ):
        yield "ends", "event-order", fields.ends
    if fields.deadline and fields.deadline.first_day > fields.begins.last_day:
        yield "register_by", "event-deadline", fields.register_by
    if fields.status == "expected" and fields.finishes.last_day < checking.today:
        yield "status", "event-past", fields.starts


def _find_unknown(fields: EventFields, languages: Languages) -> Iterable[Wrong]:
    for code in filter(None, (fields.country, *fields.concerns)):
        if not languages.is_country(code):
            yield ("country" if code == fields.country else "concerns"), "country-unknown", code
    for code in fields.spoken:
        if not languages.is_language(code):
            yield "spoken", "language-unknown", code
    for name in ("place", "audience"):
        texts: Mapping[str, str] = getattr(fields, name)
        if texts:
            yield from ((name, "name-missing", f"{name}: {one}") for one in languages.locales if not texts.get(one))


def describe_schedule(fields: EventFields) -> Mapping[str, object]:
    """The part of an event whose change concerns those who mean to come."""
    return {name: getattr(fields, name) for name in SCHEDULE}
