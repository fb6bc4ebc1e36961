"""What people look up: objectives, key messages, documents and terms."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from bot.content.entries import Checking, SourceEntry
from bot.content.markdown import Place, check_link
from bot.content.problems import Problem
from bot.content.schema import EntryFields, PartialDate, as_kind

OBJECTIVES = 23


class ObjectiveFields(EntryFields):
    """One of the 23 objectives of the Global Compact (A/RES/73/195, para. 16).

    `round_table` took it at the forum (A/RES/73/326); `said` gives, by source, the paragraphs in which stakeholders
    spoke of it.
    """

    number: int = Field(ge=1, le=OBJECTIVES)
    round_table: int = Field(ge=1, le=4)
    said: dict[str, list[int]] = Field(default_factory=dict)

    @property
    def asked_by(self) -> Mapping[str, int | str]:
        return {"objective": self.number, **self.slots}


class MessageFields(EntryFields):
    """A key message of a consultation: its document, and the paragraphs that hold it."""

    document: str
    paragraphs: list[int]


class DocumentFields(EntryFields):
    """A resolution, report or roadmap: `links` by language of the text, `symbol` as the UN prints it."""

    symbol: str = ""
    printed: PartialDate
    form: Literal["resolution", "declaration", "report", "note", "terms", "guidance", "brief"]
    links: dict[str, str] = Field(default_factory=dict)


class TermFields(EntryFields):
    """A word that needs explaining; `objective` is the one it belongs to, if any."""

    objective: int | None = Field(default=None, ge=1, le=OBJECTIVES)


def check_objectives(entries: Sequence[SourceEntry], checking: Checking) -> None:
    """Each number once."""
    first: dict[int, SourceEntry] = {}
    for entry in entries:
        fields = as_kind(entry.fields, ObjectiveFields)
        other = first.setdefault(fields.number, entry)
        if other is not entry:
            number, where = str(fields.number), f"The other is in {other.name}."
            checking.problems.append(Problem(entry.name, entry.line("number"), "objective-twice", number, where))


def check_documents(entries: Sequence[SourceEntry], checking: Checking) -> None:
    """Each can be read somewhere, in languages that exist."""
    for entry in entries:
        fields = as_kind(entry.fields, DocumentFields)
        line = entry.line("links")
        if not fields.links:
            checking.problems.append(Problem(entry.name, line, "document-unlinked", entry.id))
        for code, address in fields.links.items():
            check_link(address, Place(entry.name, line), checking.problems)
            if not checking.languages.is_language(code):
                checking.problems.append(Problem(entry.name, line, "language-unknown", code))
