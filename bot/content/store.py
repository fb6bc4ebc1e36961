"""Writing `content.db`, so that at every moment a whole one stands there (design §5.5)."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

import bot.content
import bot.forms
import bot.matching
from bot.content.compile import Compilation
from bot.content.files import is_hidden
from bot.content.library import Library, ways_of_asking
from bot.content.passages import read_passages
from bot.errors import ContentUnusable, FolderUnwritable, HiwarError
from bot.languages import Languages
from bot.matching import Matcher, learn, pack_models

# What reads and learns; a file that other versions of it wrote is built again.
_COMPILERS = (bot.content, bot.forms, bot.matching)


def fingerprint(folder: Path, languages: Languages) -> str:
    """A code for the whole folder as it now stands, and for what it is compiled with."""
    digest = hashlib.sha256(f"{identify_code()} {languages.locales}".encode())
    shown = (path for path in folder.rglob("*") if not is_hidden(path.relative_to(folder)))
    for path in sorted(path for path in shown if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def identify_code() -> str:
    """A code for the code that this process runs; found once, for an update may replace it on disk while it runs."""
    digest = hashlib.sha256()
    for package in _COMPILERS:
        for source in sorted(Path(package.__path__[0]).glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def open_current(path: Path, wanted: str) -> Library | None:
    """The compiled content if it is that of the fingerprint `wanted`, else None: a build is due."""
    with suppress(HiwarError):
        library = Library.open(path)
        return library if library.fingerprint == wanted else None
    return None


def write_content_db(
    compilation: Compilation, path: Path, content_fingerprint: str, earlier: Matcher | None = None
) -> Library:
    """Write beside the old file, read it back, then put it in its place.

    `earlier` spares learning again the languages that did not change.

    Raises `ContentUnusable` for a compilation with errors, `FolderUnwritable` where the file cannot be made.
    """
    if compilation.errors:
        raise ContentUnusable
    fresh = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _write(compilation, fresh, content_fingerprint, earlier)
        library = Library.open(fresh)
        with fresh.open("rb") as stream:
            os.fsync(stream.fileno())
        fresh.replace(path)
    except OSError as error:
        raise FolderUnwritable(
            f"{path.parent} cannot be written to ({error.strerror}): set HIWAR_VAR_DIR to a folder Hiwar may write to."
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return library


def _write(compilation: Compilation, path: Path, content_fingerprint: str, earlier: Matcher | None) -> None:
    db = Database(path)
    with closing(db.conn):
        # Nobody reads the file before it is whole, and it goes to disk then: no need to wait for that table by table.
        db.conn.execute("PRAGMA synchronous = OFF")
        db.conn.execute("PRAGMA journal_mode = OFF")
        meta = {"fingerprint": content_fingerprint, "built_at": datetime.now(UTC).isoformat()}
        _insert(db, "meta", [meta])
        _insert(db, "topic", [{"id": one.id, "emoji": one.emoji, "titles": one.titles} for one in compilation.topics])
        sources = {source.key: source for entry in compilation.entries for source in entry.sources}
        _insert(
            db,
            "source",
            [{"key": one.key, "titles": one.titles, "url": one.url, "date": one.date} for one in sources.values()],
        )
        _insert(
            db,
            "entry",
            [
                {
                    "position": position,
                    "id": one.id,
                    "kind": one.kind,
                    "topic": one.topic,
                    "fields": one.fields.model_dump_json(),
                    "sources": [source.key for source in one.sources],
                }
                for position, one in enumerate(compilation.entries)
            ],
        )
        _insert(
            db,
            "entry_text",
            [
                {"entry": entry.id, "locale": locale, "title": text.title, "html": text.html}
                for entry in compilation.entries
                for locale, text in entry.texts.items()
            ],
        )
        _insert(
            db,
            "phrasing",
            [{"entry": one.entry, "locale": one.locale, "text": one.text} for one in compilation.phrasings],
        )
        _insert(
            db,
            "country",
            [
                {"code": code, "latitude": at[0], "longitude": at[1]}
                for code, at in compilation.countries.places.items()
            ],
        )
        names = compilation.countries.names.items()
        _insert(db, "country_name", [{"name": name, "code": code} for name, code in names])
        forms = [{"id": one.id, "fingerprint": one.fingerprint, "body": one.to_json()} for one in compilation.forms]
        _insert(db, "form", forms)
        questions = [{"key": key, "fields": one.model_dump_json()} for key, one in compilation.way_in.questions.items()]
        _insert(db, "path_question", questions)
        ways = [{"key": key, "fields": one.model_dump_json()} for key, one in compilation.way_in.ways.items()]
        _insert(db, "path_way", ways)
        words = [
            {"language": language, "word": word, "meant": " ".join(meant)}
            for language, known in compilation.lexicon.words.items()
            for word, meant in known.items()
        ]
        _insert(db, "word", words)
        outside = [{"language": one.locale, "question": one.text} for one in compilation.outside]
        _insert(db, "out_of_scope", outside)
        asked = ways_of_asking(compilation.phrasings, compilation.entries)
        passages = read_passages(compilation.entries, compilation.countries)
        known = earlier.models if earlier else None
        models = learn(asked, passages, compilation.outside, known, compilation.lexicon)
        _insert(db, "model", [{"name": name, "body": body} for name, body in pack_models(models).items()])


COLUMNS: Mapping[str, dict[str, type]] = {
    "meta": {"fingerprint": str, "built_at": str},
    "topic": {"id": str, "emoji": str, "titles": str},
    "source": {"key": str, "titles": str, "url": str, "date": str},
    "entry": {
        "position": int,
        "id": str,
        "kind": str,
        "topic": str,
        "fields": str,
        "sources": str,
    },
    "entry_text": {"entry": str, "locale": str, "title": str, "html": str},
    "phrasing": {"entry": str, "locale": str, "text": str},
    "country": {"code": str, "latitude": float, "longitude": float},
    "country_name": {"name": str, "code": str},
    "model": {"name": str, "body": bytes},
    "word": {"language": str, "word": str, "meant": str},
    "path_question": {"key": str, "fields": str},
    "path_way": {"key": str, "fields": str},
    "out_of_scope": {"language": str, "question": str},
    "form": {"id": str, "fingerprint": str, "body": str},
}


def _insert(db: Database, table: str, rows: list[dict[str, Any]]) -> None:
    db.create_table(table, COLUMNS[table])
    db.table(table).insert_all(rows)
