"""What an export costs: 100,000 submissions of a form with 200 columns, in every format.

    python -m benchmarks.exporting [submissions]

Each format is written by a process of its own, on one SQLite database made before; the floor is the same run with a writer
that writes nothing: reading, decrypting and laying out the rows. Time is on the wall and of the processor; memory is the
largest the process ever had, beside what it has before the first page.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from bot.assembly import open_app
from bot.config import ROOT, read_settings
from bot.forms import Form, Source, read_form
from bot.services.app import App
from bot.services.export_sheets import Cell, plan_sheets
from bot.services.export_writers import WRITERS
from bot.services.exporting import export_form
from bot.services.filling import SUBMISSION_PURPOSE
from bot.storage import forms
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission

WORDS = "We advise migrant workers on their rights. "
KEPT_AT_ONCE = 1_000


def make_form() -> Form:
    """A third texts, a third numbers, the rest choices, one of several: 200 columns with the bot's own."""
    rows = ["| survey |", "| | type | name | label |"]
    kinds = ("text", "integer", "select_one c")
    rows += [f"| | {kinds[number % 3]} | q{number} | Question {number} |" for number in range(183)]
    rows += ["| | select_multiple c | many | Many |", "| choices |", "| | list_name | name | label |"]
    rows += [f"| | c | c{number} | Choice {number} |" for number in range(9)]
    form, problems = read_form(Source("\n".join(rows).encode(), ".md", "large"))
    assert form is not None, problems
    return form


def make_answers(number: int) -> dict[str, str]:
    given = (f"{WORDS}{number}", str(number), f"c{number % 9}")
    answers = {f"/data/q{place}": given[place % 3] for place in range(183)}
    return answers | {"/data/many": f"c{number % 9} c{number % 7}"}


async def fill(app: App, form: Form, count: int) -> None:
    def keep(conn: Connection, first: int) -> None:
        for number in range(first, min(first + KEPT_AT_ONCE, count)):
            body = app.cipher.seal(json.dumps(make_answers(number)), SUBMISSION_PURPOSE)
            kept = StoredSubmission(f"{number:08}", form.id, form.fingerprint, None, "en", body, date(2026, 11, 21))
            forms.keep_submission(conn, kept)

    await app.db.write(lambda conn: forms.keep_version(conn, form.fingerprint, form.to_json()))
    for first in range(0, count, KEPT_AT_ONCE):
        await app.db.write(partial(keep, first=first))


class NoWriter:
    def write(self, sheet: str, row: Iterable[Cell]) -> None:
        pass

    def close(self) -> None:
        pass


def find_memory() -> float:
    """The largest this process ever was, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(ending: str, file: Path) -> str:
    """A row but for the file's size."""
    form = make_form()
    async with open_app(read_settings()) as app:
        before, began, spent = find_memory(), time.perf_counter(), time.process_time()
        writer = WRITERS[ending](file, False) if ending in WRITERS else NoWriter()
        count = await export_form(app, form, writer)
        seconds, processor = time.perf_counter() - began, time.process_time() - spent
    columns, peak = len(plan_sheets(form)[0].head), find_memory()
    return (
        f"{ending:<8}{count:>10}{columns:>9}{seconds:>10.1f} s{processor:>10.1f} s{peak:>10.0f} MiB"
        f"{peak - before:>10.0f} MiB"
    )


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "HIWAR_DATABASE_URL": f"sqlite:///{folder}/hiwar.db",
            "HIWAR_VAR_DIR": folder,
            "HIWAR_CONTENT_DIR": str(ROOT / "tests" / "sample_content"),
        }

        async def prepare() -> None:
            async with open_app(read_settings()) as app:
                await fill(app, make_form(), count)

        asyncio.run(prepare())
        print(f"{'':<8}{'rows':>10}{'columns':>9}{'wall':>12}{'processor':>12}{'memory':>14}{'above':>14}{'file':>14}")
        for ending in ("nothing", *WRITERS):
            command = [sys.executable, "-m", "benchmarks.exporting", ending, f"{folder}/out{ending}"]
            subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        written = Path(sys.argv[2])
        row = asyncio.run(measure(sys.argv[1], written))
        print(f"{row}{written.stat().st_size / 2**20 if written.exists() else 0:>10.0f} MiB", flush=True)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
