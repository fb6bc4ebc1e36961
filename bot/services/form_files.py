"""What was sent with a form as files small enough for a chat."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.forms import Form
from bot.messages import Document
from bot.services.app import App
from bot.services.export_writers import CsvWriter, JsonLinesWriter, Writer, XlsxWriter
from bot.services.exporting import export_form


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a file is written: with labels in the reader's language in the place of names, or not."""

    suffix: str
    make: Callable[[Path, bool], Writer]
    labelled: bool = False


KINDS: Mapping[str, FileKind] = {
    "labels": FileKind(".xlsx", XlsxWriter, labelled=True),
    "xlsx": FileKind(".xlsx", XlsxWriter),
    "csv": FileKind(".csv", lambda path, _rtl: CsvWriter(path)),
    "jsonl": FileKind(".jsonl", lambda path, _rtl: JsonLinesWriter(path)),
}


async def write_files(app: App, form: Form, kind: FileKind, locale: str, most: int) -> tuple[int, tuple[Document, ...]]:
    """How many submissions there were, and the files: several where the form has repeats and the kind no sheets; none
    where they would take more than `most` bytes."""
    labels = locale if kind.labelled else ""
    with TemporaryDirectory(prefix="hiwar-") as name:
        folder = Path(name)
        writer = kind.make(folder / f"{form.id}{kind.suffix}", bool(labels) and app.languages.is_rtl(labels))
        count = await export_form(app, form, writer, labels)
        return count, await asyncio.to_thread(_read_files, folder, most)


def _read_files(folder: Path, most: int) -> tuple[Document, ...]:
    files = sorted(folder.iterdir(), key=lambda one: (len(one.name), one.name))
    if sum(one.stat().st_size for one in files) > most:
        return ()
    return tuple(Document(one.name, one.read_bytes()) for one in files)
