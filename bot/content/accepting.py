"""The locks after a change that somebody looked at and confirmed: what they wrote agrees with its English as it now
stands, and so do the events with their revisions."""

from collections.abc import Sequence
from pathlib import Path

from bot.content import revisions, translations
from bot.content.changes import FileChange
from bot.content.comparing import FIELDS, compare_files
from bot.content.compile import read_entries


def accept_texts(folder: Path, files: Sequence[FileChange]) -> list[str]:
    """Remember the languages these changes wrote, and the events they changed; the names of the locks, where the folder
    keeps any."""
    entries = [entry for entry in read_entries(folder, []) if entry.name in {one.name for one in files}]
    written = {(one.file, one.locale) for one in compare_files(files) if one.part not in (FIELDS, "phrasings")}
    kept = []
    if (folder / translations.LOCK_NAME).exists():
        translations.accept_some(folder, entries, lambda entry, locale: (entry.name, locale) in written)
        kept.append(translations.LOCK_NAME)
    if (folder / revisions.LOCK_NAME).exists():
        revisions.accept_some(folder, entries)
        kept.append(revisions.LOCK_NAME)
    return kept
