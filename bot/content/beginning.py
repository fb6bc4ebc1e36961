"""A new content file with the places to fill in."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.content.compile import ID, read_entries
from bot.content.kinds import ENTRY_KINDS
from bot.errors import ContentUnusable
from bot.languages import Languages

# What a kind's block needs besides the rest: the field and how its value may look.
BLOCKS: Mapping[str, str] = {
    "event": 'starts: 2030-05\nstatus: expected\nplace: {en: "", fr: "", ar: ""}\nrevision: 0\n',
    "network": "scope: national\ncountry: TN\nexists: unconfirmed\n",
    "objective": "number: 1\nround_table: 4\n",
    "message": "document: escwa-report-2024\nparagraphs: []\n",
    "document": "symbol: \nprinted: 2026\nform: report\nlinks: {en: https://}\n",
}


def begin_entry(
    folder: Path,
    languages: Languages,
    kind: str,
    entry_id: str,
    topic: str,
    today: date,
    titles: Mapping[str, str] | None = None,
) -> Path:
    """Write the file and give its path; it does not go live before it is filled in.

    `titles` by locale are what is known already, such as the question somebody asked. Raises `ContentUnusable` for an
    unknown kind, an id that cannot be one, or one that is taken.
    """
    if kind not in ENTRY_KINDS:
        raise ContentUnusable(f"There is no kind “{kind}”: use one of {', '.join(ENTRY_KINDS)}.")
    if not ID.fullmatch(entry_id):
        raise ContentUnusable(f"“{entry_id}” cannot be an id: use a-z, 0-9 and -, at most 40 characters.")
    taken = next((entry for entry in read_entries(folder, []) if entry.id == entry_id), None)
    if taken is not None:
        raise ContentUnusable(f"There is already a “{entry_id}” ({taken.name}): choose another id.")
    path = folder / ENTRY_KINDS[kind].folder / f"{entry_id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft_entry(languages, kind, topic, today, titles or {}), "utf-8")
    return path


def draft_entry(
    languages: Languages,
    kind: str,
    topic: str,
    today: date,
    titles: Mapping[str, str],
    asked: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The text of a new file, with the places to fill in; `titles` and phrasings (`asked`) by locale as far as they are
    known."""
    block = f"topic: {topic}\nsources: []\nas_of: {today}\nreviewed: {today}\n{BLOCKS.get(kind, '')}"
    sections = []
    for locale in languages.locales:
        known = list(dict.fromkeys(asked.get(locale, ())))
        phrasings = [*known, *[""] * (ENTRY_KINDS[kind].phrasings - len(known))]
        lines = "".join(f"- {one}\n" for one in phrasings)
        sections.append(f"# {locale}: {titles.get(locale, '')}\n{lines}")
    return f"---\n{block}---\n" + "\n\n".join(sections) + "\n"
