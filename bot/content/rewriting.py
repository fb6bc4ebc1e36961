"""A content file with some of its texts changed, everything else as it stood."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.content.files import HEADING


class Rewritten(Protocol):
    """A text to put in: of a language, its title, phrasings (one a line) or answer."""

    @property
    def locale(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def new(self) -> str: ...


def rewrite(text: str, changes: Iterable[Rewritten]) -> str:
    """The file's text with the changes; a language it does not have yet comes at its end."""
    head, sections = _split(text)
    for change in changes:
        title, phrasings, answer = sections.get(change.locale, ("", "", ""))
        match change.part:
            case "title":
                title = change.new
            case "phrasings":
                phrasings = "".join(f"- {line}\n" for line in change.new.splitlines())
            case _:
                answer = change.new
        sections[change.locale] = (title, phrasings, answer)
    return head + "\n".join(
        f"# {locale}: {title}\n{phrasings}\n{answer.strip()}\n"
        for locale, (title, phrasings, answer) in sections.items()
    )


@dataclass(frozen=True, slots=True)
class _Phrasings:
    """All phrasings of a language, one a line."""

    locale: str
    new: str
    part: str = "phrasings"


def add_phrasing(text: str, locale: str, phrasing: str) -> str:
    """The file's text with one more way of asking; as it was where it has it, or does not have the language."""
    _, sections = _split(text)
    if locale not in sections:
        return text
    known = [line[2:].strip() for line in sections[locale][1].splitlines()]
    one = " ".join(phrasing.split())
    return text if one in known else rewrite(text, [_Phrasings(locale, "\n".join((*known, one)))])


def _split(text: str) -> tuple[str, dict[str, tuple[str, str, str]]]:
    """What stands before the first language; then title, phrasings as they stand in the file, and answer of each."""
    head: list[str] = []
    sections: dict[str, tuple[str, str, str]] = {}
    locale = ""
    for line in text.splitlines(keepends=True):
        found = HEADING.fullmatch(line.rstrip())
        if found:
            locale = found[1].lower()
            sections[locale] = (found[2].strip(), "", "")
        elif not locale:
            head.append(line)
        else:
            title, phrasings, answer = sections[locale]
            if not answer and line.startswith("- "):
                sections[locale] = (title, phrasings + line, answer)
            else:
                sections[locale] = (title, phrasings, answer + line)
    return "".join(head), sections
