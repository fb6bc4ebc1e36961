"""What staff propose to change in the content: a file, the translators' spreadsheet, one more phrasing of an entry, or one
more question that nothing answers."""

import asyncio
import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.content import out_of_scope
from bot.content.changes import Plan, find_file_changes, plan_files, read_bytes
from bot.content.importing import plan_import
from bot.content.recognizing import SHEET
from bot.content.rewriting import add_phrasing
from bot.content.store import fingerprint
from bot.errors import Unreadable
from bot.services.app import App

PURPOSE = "content draft"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`target` is the file it is meant as, SHEET for a spreadsheet of many texts, or empty while it is one of
    `choices`; with a `phrasing` that is added to the target in a language. `print` is that of the plan last shown,
    `stands` that of the whole folder then."""

    name: str
    target: str = ""
    choices: tuple[str, ...] = ()
    content: bytes = b""
    locale: str = ""
    phrasing: str = ""
    print: str = ""
    stands: str = ""


def seal_proposal(app: App, proposal: Proposal) -> bytes:
    fields = asdict(proposal) | {"content": b64encode(proposal.content).decode()}
    return app.cipher.seal(json.dumps(fields, ensure_ascii=False), PURPOSE)


def open_proposal(app: App, body: bytes | None) -> Proposal | None:
    """None where there is none, or it was sealed with another key."""
    try:
        fields = json.loads(app.cipher.open(body, PURPOSE)) if body is not None else None
    except Unreadable:
        return None
    if fields is None:
        return None
    return Proposal(**{**fields, "content": b64decode(fields["content"]), "choices": tuple(fields["choices"])})


async def plan_proposal(app: App, proposal: Proposal) -> tuple[Plan, Proposal]:
    """What it would come to as the folder now stands, and the proposal as it is shown with that; in a thread, since all
    of the content is compiled for it."""

    def plan() -> tuple[Plan, Proposal]:
        stands = fingerprint(app.content.folder, app.languages)
        found = _plan(app, proposal)
        return found, replace(proposal, print=found.print, stands=stands)

    return await asyncio.to_thread(plan)


async def plan_again(app: App, proposal: Proposal) -> Plan:
    """The same once it is confirmed: where nothing in the folder has changed, it is as good as it was."""

    def plan() -> Plan:
        same = fingerprint(app.content.folder, app.languages) == proposal.stands
        if not same or proposal.target == SHEET:
            return _plan(app, proposal)
        return Plan((), find_file_changes(app.content.folder, {proposal.target: _write(app, proposal)}))

    return await asyncio.to_thread(plan)


def _plan(app: App, proposal: Proposal) -> Plan:
    folder, languages, today = app.content.folder, app.languages, app.today()
    if proposal.target == SHEET:
        found = plan_import(folder, proposal.content, proposal.name, languages, today)
        texts = {name: text.encode() for name, text in (found.files or {}).items()}
        return Plan(found.problems) if found.problems else plan_files(folder, texts, languages, today)
    return plan_files(folder, {proposal.target: _write(app, proposal)}, languages, today)


def _write(app: App, proposal: Proposal) -> bytes | None:
    return _add(app.content.folder, proposal) if proposal.phrasing else _tidy(proposal)


def _add(folder: Path, proposal: Proposal) -> bytes | None:
    old = read_bytes(folder / proposal.target)
    if proposal.target == out_of_scope.NAME:
        return out_of_scope.add_question((old or b"").decode("utf-8-sig"), proposal.locale, proposal.phrasing).encode()
    return None if old is None else add_phrasing(old.decode("utf-8-sig"), proposal.locale, proposal.phrasing).encode()


def _tidy(proposal: Proposal) -> bytes:
    """A text as the folder has its texts, whatever the program it was written with put at its beginning and its ends
    of lines."""
    if proposal.target.endswith(".xlsx"):
        return proposal.content
    return proposal.content.decode("utf-8-sig").replace("\r\n", "\n").encode()
