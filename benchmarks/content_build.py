"""How long compiling the content takes, for as many entries as ship first and a hundred times that.

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
from bot.languages import read_languages

SAMPLE = ROOT / "tests" / "sample_content"
TODAY = date(2026, 11, 20)


def make_folder(folder: Path, entries: int) -> None:
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("*.md"))
    originals = [path.read_text("utf-8") for path in sorted((SAMPLE / "entries").glob("*.md"))]
    for number in range(entries):
        text = originals[number % len(originals)].replace("\n- ", f"\n- {number} ")
        related = [line for line in text.splitlines() if line.startswith("related:")]
        for line in related:
            text = text.replace(line + "\n", "")
        (folder / "entries" / f"entry-{number}.md").write_text(text, "utf-8")


def main() -> None:
    languages = read_languages(ROOT / "locales")
    print(f"{'entries':>8}{'compile':>12}{'write':>12}{'matcher':>12}")
    for entries in (60, 6000):
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / "content"
            make_folder(folder, entries)
            began = time.perf_counter()
            compilation = compile_content(folder, languages, TODAY)
            compiled = time.perf_counter()
            library = write_content_db(compilation, Path(parent) / "content.db", "")
            written = time.perf_counter()
            library.matcher.decide("when is the next forum", "en")
            trained = time.perf_counter()
        print(f"{entries:>8}{compiled - began:>10.2f} s{written - compiled:>10.2f} s{trained - written:>10.2f} s")


if __name__ == "__main__":
    main()
