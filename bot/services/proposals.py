"""What staff propose to change in the content: a file, the translators' spreadsheet, or one more phrasing."""

import asyncio
import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.content.changes import Plan, plan_files, read_bytes
from bot.content.importing import plan_import
from bot.content.recognizing import SHEET
from bot.content.rewriting import add_phrasing
from bot.errors import Unreadable
from bot.services.app import App

PURPOSE = "content draft"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`target` is the file it is meant as, SHEET for a spreadsheet of many texts, or empty while it is one of
    `choices`; with a `phrasing` that is added to the target in a language. `print` is that of the plan last shown."""

    name: str
    target: str = ""
    choices: tuple[str, ...] = ()
    content: bytes = b""
    locale: str = ""
    phrasing: str = ""
    print: str = ""


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


async def plan_proposal(app: App, proposal: Proposal) -> Plan:
    """What it would come to as the folder now stands; in a thread, since all of the content is compiled for it."""
    return await asyncio.to_thread(_plan, app, proposal)


def with_plan(proposal: Proposal, plan: Plan) -> Proposal:
    """The proposal as it was shown."""
    return replace(proposal, print=plan.print)


def _plan(app: App, proposal: Proposal) -> Plan:
    folder, languages, today = app.content.folder, app.languages, app.today()
    if proposal.target == SHEET:
        found = plan_import(folder, proposal.content, proposal.name, languages, today)
        texts = {name: text.encode() for name, text in (found.files or {}).items()}
        return Plan(found.problems) if found.problems else plan_files(folder, texts, languages, today)
    new = _add(folder, proposal) if proposal.phrasing else _tidy(proposal)
    return plan_files(folder, {proposal.target: new}, languages, today)


def _add(folder: Path, proposal: Proposal) -> bytes | None:
    old = read_bytes(folder / proposal.target)
    return None if old is None else add_phrasing(old.decode("utf-8-sig"), proposal.locale, proposal.phrasing).encode()


def _tidy(proposal: Proposal) -> bytes:
    """A text as the folder has its texts, whatever the program it was written with put at its beginning and its ends
    of lines."""
    if proposal.target.endswith(".xlsx"):
        return proposal.content
    return proposal.content.decode("utf-8-sig").replace("\r\n", "\n").encode()
