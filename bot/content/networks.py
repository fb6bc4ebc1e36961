"""Networks: the UN Networks on Migration of countries, of the region and of the world."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from bot.content.entries import Checking, SourceEntry
from bot.content.markdown import Place, check_link
from bot.content.problems import Problem
from bot.content.schema import COUNTRY, EntryFields, PartialDate, as_kind


class NetworkFields(EntryFields):
    """A network's block.

    `country` is empty for the regional and the global one. `exists` and `champion` are what the sources say:
    "unconfirmed" is never shown as "no". `reviews` are the years of voluntary reviews; `office` is the page of the
    office to turn to, never a person.
    """

    scope: Literal["national", "regional", "global", "former"] = "national"
    country: str = ""
    exists: Literal["yes", "unconfirmed"]
    since: PartialDate | Literal[""] = ""
    champion: Literal["yes", "unconfirmed"] = "unconfirmed"
    reviews: list[int] = Field(default_factory=list)
    office: str = ""

    @property
    def asked_by(self) -> Mapping[str, int | str]:
        return {COUNTRY: self.country, **self.slots} if self.country else self.slots


def check_networks(entries: Sequence[SourceEntry], checking: Checking) -> None:
    """Each country once, and only where there is one."""
    first: dict[str, SourceEntry] = {}
    for entry in entries:
        fields = as_kind(entry.fields, NetworkFields)
        line = entry.line("country")
        if fields.office:
            check_link(fields.office, Place(entry.name, entry.line("office")), checking.problems)
        if (fields.scope == "national") != bool(fields.country):
            checking.problems.append(Problem(entry.name, line, "network-country", fields.scope))
        if not fields.country:
            continue
        if not checking.languages.is_country(fields.country):
            checking.problems.append(Problem(entry.name, line, "country-unknown", fields.country))
        other = first.setdefault(fields.country, entry)
        if other is not entry:
            where = f"The other is in {other.name}."
            checking.problems.append(Problem(entry.name, line, "network-twice", fields.country, where))
