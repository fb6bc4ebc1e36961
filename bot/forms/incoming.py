"""What a person can answer with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """Choices by their values, in the order they were chosen."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A place: degrees, and metres above the sea and of accuracy."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Attached:
    """A file: `media` is `image`, `audio`, `video` or `file`; `file` is what the answer keeps of it (a name or id)."""

    media: str
    file: str


# Text is what was typed.
Incoming = str | Chosen | Located | Attached
