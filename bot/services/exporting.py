"""All submissions of a form, written to a file page by page."""

import asyncio
import json
from collections.abc import Callable, Iterable
from functools import partial

from bot.forms import Form
from bot.services.app import App
from bot.services.export_rows import Rows
from bot.services.export_sheets import plan_sheets
from bot.services.export_writers import Writer
from bot.services.filling import SUBMISSION_PURPOSE
from bot.storage import forms
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission

PAGE = 500


def _tell_nobody(_count: int) -> None:
    pass


async def export_form(
    app: App, form: Form, writer: Writer, locale: str = "", tell: Callable[[int], None] = _tell_nobody
) -> int:
    """Write all submissions of a form; how many there were. `tell` is told after each page how many are written.

    Never more than a page of them is in memory. With a locale labels stand in the place of names.
    """
    sheets = plan_sheets(form, locale, await app.db.read(partial(_find_older, form=form)))
    for sheet in sheets:
        writer.write(sheet.name, sheet.head)
    rows, count, after = Rows(sheets), 0, ""
    while True:
        page = await app.db.read(partial(forms.find_page, form=form.id, after=after, most=PAGE))
        # In a thread: the bot may be exporting while it answers people.
        await asyncio.to_thread(_write_page, app, rows, page, writer)
        count += len(page)
        tell(count)
        if len(page) < PAGE:
            await asyncio.to_thread(writer.close)
            return count
        after = page[-1].id


def _write_page(app: App, rows: Rows, page: Iterable[StoredSubmission], writer: Writer) -> None:
    for submission in page:
        answers: dict[str, str] = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
        for name, row in rows.read(submission, answers):
            writer.write(name, row)


def _find_older(conn: Connection, form: Form) -> list[Form]:
    """The other versions of a form that something was sent with."""
    fingerprints = forms.find_fingerprints(conn, form.id)
    bodies = [forms.find_version(conn, one) for one in fingerprints if one != form.fingerprint]
    return [Form.from_json(body) for body in bodies if body is not None]
