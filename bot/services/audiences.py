"""Audiences in words: `locale:ar and (country:EG or country:JO) and not follows:topic/forum`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.errors import AudienceUnreadable
from bot.services.app import App
from bot.services.following import STAKEHOLDERS
from bot.storage.audiences import EVERYBODY, AllOf, AnyOf, Audience, Criterion, Is, Not

# The groupings of ESCWA's own publications; some countries are in two of them.
REGIONS: Mapping[str, tuple[str, ...]] = {
    "maghreb": ("DZ", "LY", "MA", "MR", "TN"),
    "mashreq": ("EG", "IQ", "JO", "LB", "PS", "SY"),
    "gulf": ("AE", "BH", "KW", "OM", "QA", "SA"),
    "least-developed": ("DJ", "KM", "MR", "SD", "SO", "YE"),
}
REGION = "region"
ALL = "all"
_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")


def read_audience(app: App, text: str) -> Audience:
    """The audience that words describe; `all` or nothing is everybody. Raises `AudienceUnreadable` with the remedy."""
    tokens = _TOKEN.findall(text)
    if not tokens or [one.lower() for one in tokens] == [ALL]:
        return EVERYBODY
    reader = _Reader(tokens, _allowed(app))
    audience = reader.read_any()
    if reader.rest:
        raise AudienceUnreadable(f"“{reader.rest[0]}” is not expected there: join conditions with and, or, not, ( ).")
    return audience


def write_audience(audience: Audience) -> str:
    """The words for an audience; read again they give the same."""
    match audience:
        case Is(criterion, value):
            return f"{criterion}:{value}"
        case Not(part):
            return f"not {_write_part(part)}"
        case AllOf(parts):
            return " and ".join(map(_write_part, parts)) or ALL
        case AnyOf(parts):
            return " or ".join(map(_write_part, parts)) or f"not {ALL}"


def region(name: str) -> Audience:
    return AnyOf(tuple(Is(Criterion.COUNTRY, code) for code in REGIONS[name]))


def _write_part(part: Audience) -> str:
    words = write_audience(part)
    return f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else words


def _allowed(app: App) -> Mapping[str, frozenset[str]]:
    """The values each condition may have."""
    entries = app.library.entries
    topics = {f"topic/{topic.id}" for topic in app.library.topics}
    return {
        Criterion.LOCALE: frozenset(app.languages.locales),
        Criterion.COUNTRY: frozenset(app.library.countries.places),
        Criterion.STAKEHOLDER: frozenset(STAKEHOLDERS),
        Criterion.FOLLOWS: frozenset({"news", "events", *topics}),
        Criterion.EVENT: frozenset(entry.id for entry in entries if entry.kind == "event"),
        Criterion.UNANSWERED: frozenset(app.library.forms),
        REGION: frozenset(REGIONS),
    }


@dataclass
class _Reader:
    """Reads conditions from the left: `or` joins what `and` has joined, as everywhere."""

    rest: list[str]
    allowed: Mapping[str, frozenset[str]]

    def read_any(self) -> Audience:
        parts = tuple(self._read_joined("or", self._read_all))
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def _read_all(self) -> Audience:
        parts = tuple(self._read_joined("and", self._read_one))
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _read_joined(self, joint: str, read: Callable[[], Audience]) -> Iterator[Audience]:
        yield read()
        while self.rest and self.rest[0].lower() == joint:
            self.rest.pop(0)
            yield read()

    def _read_one(self) -> Audience:
        if not self.rest:
            raise AudienceUnreadable("It ends where a condition is expected, such as locale:ar.")
        word = self.rest.pop(0)
        if word.lower() == "not":
            return Not(self._read_one())
        if word == "(":
            part = self.read_any()
            if not self.rest or self.rest.pop(0) != ")":
                raise AudienceUnreadable("A parenthesis is not closed.")
            return part
        return self._read_condition(word)

    def _read_condition(self, word: str) -> Audience:
        name, _, value = word.partition(":")
        if word.lower() == ALL:
            return EVERYBODY
        if name not in self.allowed or not value:
            raise AudienceUnreadable(f"“{word}” is no condition: use {', '.join(f'{one}:…' for one in self.allowed)}.")
        if value not in self.allowed[name]:
            known = ", ".join(sorted(self.allowed[name]))
            raise AudienceUnreadable(f"“{value}” is no {name}: use one of {known}.")
        return region(value) if name == REGION else Is(Criterion(name), value)
