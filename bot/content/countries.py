"""The countries people ask about, and how they may be called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians

from pydantic import Field

from bot.content.problems import Problem
from bot.content.schema import Schema, Table
from bot.languages import Languages
from bot.matching import Names, fold


class CountryFields(Schema):
    """`names` besides those in the languages' own tables; `at` latitude and longitude of the capital, in degrees."""

    names: list[str]
    at: tuple[float, float] = Field(strict=False)


@dataclass(frozen=True)
class Countries:
    """Countries by code (ISO 3166 alpha-2), in the order of their file; `names` are folded."""

    places: Mapping[str, tuple[float, float]]
    names: Mapping[str, str]

    @classmethod
    def read(cls, table: Mapping[str, CountryFields], languages: Languages) -> "Countries":
        names: dict[str, str] = {}
        for code, fields in table.items():
            own = (languages.country_name(locale, code) for locale in languages.locales)
            names |= {fold(name): code for name in (*own, *fields.names)}
        return cls({code: fields.at for code, fields in table.items()}, names)

    def find(self, question: str) -> tuple[tuple[str, ...], list[str]]:
        """The countries a question names, and the folded words that are left without them."""
        return self._known.find(fold(question).split())

    def find_near(self, latitude: float, longitude: float, most: int) -> list[str]:
        """The countries whose capitals are nearest, the nearest first."""

        def distance(code: str) -> float:
            at = self.places[code]
            return hypot(at[0] - latitude, (at[1] - longitude) * cos(radians(latitude)))

        return sorted(self.places, key=distance)[:most]

    @cached_property
    def _known(self) -> Names:
        return Names(self.names)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.places)


def check_countries(table: Table[CountryFields], languages: Languages, problems: list[Problem]) -> None:
    """Real countries, each name of one only."""
    first: dict[str, str] = {}
    for code, fields in table.rows.items():
        if not languages.is_country(code):
            problems.append(table.problem("country-unknown", code, code))
        problems += _find_shared(table, code, fields.names, first)


def _find_shared(
    table: Table[CountryFields], code: str, names: Iterable[str], first: dict[str, str]
) -> Iterable[Problem]:
    for name in names:
        other = first.setdefault(fold(name), code)
        if other != code:
            yield table.problem("country-shared", code, f"{name} ({other})")
