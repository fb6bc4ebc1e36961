"""What differs between a file as it was and as it is to be: text by text, in lines short enough for a chat."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.changes import FileChange
from bot.content.files import split_sections

TEXT_SUFFIXES = (".md", ".yaml", ".csv", ".xml", ".lock")
# The block above the languages, or a file that is not written language by language.
FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that go from one text and those that come: `part` of a language, or of the file where `locale` is
    empty."""

    file: str
    locale: str
    part: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def compare_files(files: Iterable[FileChange]) -> tuple[Difference, ...]:
    return tuple(difference for one in files for difference in _compare(one))


def _compare(one: FileChange) -> Iterable[Difference]:
    if not one.name.endswith(TEXT_SUFFIXES):
        yield Difference(one.name, "", FIELDS, (), ())
        return
    old, new = _split(one.name, one.old), _split(one.name, one.new)
    for locale, part in dict.fromkeys((*new, *old)):
        before, after = old.get((locale, part), ""), new.get((locale, part), "")
        removed, added = _lines_without(before, after), _lines_without(after, before)
        if removed or added:
            yield Difference(one.name, locale, part, removed, added)


def _split(name: str, content: bytes | None) -> Mapping[tuple[str, str], str]:
    """The texts of a file by language and part."""
    text = (content or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
    head, mark, rest = text.partition("\n---\n")
    if not (name.endswith(".md") and head.startswith("---") and mark):
        return {("", FIELDS): text}
    found = {("", FIELDS): head}
    for section in split_sections(rest, 1, name, []):
        found[section.locale, "title"] = section.title
        found[section.locale, "phrasings"] = "\n".join(text for _, text in section.phrasings)
        found[section.locale, "answer"] = section.body
    return found


def _lines_without(text: str, other: str) -> tuple[str, ...]:
    """The lines of a text that the other does not have."""
    left = Counter(line.strip() for line in other.splitlines())
    found = []
    for line in text.splitlines():
        if line.strip() and left[line.strip()] <= 0:
            found.append(line.strip())
        left[line.strip()] -= 1
    return tuple(found)
