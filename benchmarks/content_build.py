"""How long compiling the content takes: the shipped content, and made entries, sixty and a hundred times as many.

python -m benchmarks.content_build
"""

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.config import ROOT
from bot.content.compile import compile_content
from bot.content.store import write_content_db
from bot.languages import Languages, read_languages

SAMPLE = ROOT / "tests" / "sample_content"
TODAY = date.today()  # noqa: DTZ011 - the day of the person who measures


def make_folder(folder: Path, entries: int) -> None:
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("*.md", "path"))
    originals = [path.read_text("utf-8") for path in sorted((SAMPLE / "entries").glob("*.md"))]
    for number in range(entries):
        text = originals[number % len(originals)].replace("\n- ", f"\n- {number} ")
        related = [line for line in text.splitlines() if line.startswith("related:")]
        for line in related:
            text = text.replace(line + "\n", "")
        (folder / "entries" / f"entry-{number}.md").write_text(text, "utf-8")


def build(folder: Path, languages: Languages) -> None:
    """Print how many entries a folder has, and the seconds it takes to read and check it, to learn and write it, to be
    ready for questions."""
    with tempfile.TemporaryDirectory() as parent:
        began = time.perf_counter()
        compilation = compile_content(folder, languages, TODAY)
        compiled = time.perf_counter()
        library = write_content_db(compilation, Path(parent) / "content.db", "")
        written = time.perf_counter()
        library.matcher.prepare()
        prepared = time.perf_counter()
    spent = (compiled - began, written - compiled, prepared - written)
    print(f"{len(compilation.entries):>8}" + "".join(f"{seconds:>10.2f} s" for seconds in spent))


def main() -> None:
    languages = read_languages(ROOT / "locales")
    print(f"{'entries':>8}{'compile':>12}{'write':>12}{'prepare':>12}")
    build(ROOT / "content", languages)
    for entries in (60, 6000):
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / "content"
            make_folder(folder, entries)
            build(folder, languages)


if __name__ == "__main__":
    main()
