"""Content from the chat: a file sent by staff is looked at, shown as what it would change, and written once confirmed."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import structlog

from bot.content.files import is_hidden
from bot.content.recognizing import MOST_BYTES, recognize, refuse_name, tidy_name
from bot.messages import Button, Document, Reply, Sent
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.effects import Effect
from bot.services.previews import draw_answers, list_differences, list_problems, list_warnings, offer
from bot.services.privileges import Call, Duty, duty_button, privileged
from bot.services.proposals import Proposal, open_proposal, plan_again, plan_proposal, seal_proposal
from bot.services.publishing import accept_change, make_change, name_files
from bot.storage import changes, roles
from bot.storage.changes import Change
from bot.storage.database import Connection
from bot.storage.roles import Role

log = structlog.get_logger(__name__)

STAFF = (Role.STAFF,)
MOST_LISTED = 10


def show_content(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """A file that was sent; the file of a name, to be changed; else the last changes."""
    if isinstance(call.said, Sent):
        return _take_file(app, asking, call, call.said)
    if call.text:
        return Response(errand=Errand(lambda: _send_file(app, call, call.text)))
    labels = {one.holder: one.label for one in roles.find_holders(conn)}
    lines = [_describe_change(app, call.locale, one, labels) for one in changes.list_changes(conn, MOST_LISTED)]
    parts = [app.languages.say(call.locale, "edit.text")]
    parts += [app.languages.say(call.locale, "edit.last") + "\n" + "\n".join(lines)] if lines else []
    undo = ((duty_button(app, call.locale, "undo.button", "undo"),),) if lines else ()
    return Response((offer(parts, call.locale, undo),))


async def preview(app: App, asking: Asking, call: Call, proposal: Proposal, *effects: Effect, head: str = "") -> Lookup:
    """What a proposal would come to: Problems, or what changes, and whether to write it."""
    plan, shown = await plan_proposal(app, proposal)
    locale = call.locale
    if plan.problems:
        log.info("content refused", by=call.holder.holder, codes=sorted({one.code for one in plan.problems}))
        return lambda _conn: Response((list_problems(app, locale, plan.problems),), effects)
    if not plan.files:
        return lambda _conn: say(app, locale, "edit.same", *effects)
    draft = app.make_id()
    kept = await _keep(app, asking, draft, shown, name_files([one.name for one in plan.files]))
    rows = (
        (duty_button(app, locale, "edit.write", "content-write", draft),),
        (duty_button(app, locale, "edit.drop", "content-drop", draft),),
    )
    html = (head, list_differences(app, locale, "edit.preview", plan.files), list_warnings(app, locale, plan))
    replies = (*draw_answers(app, locale, plan), offer(html, locale, rows))
    return lambda _conn: Response(replies, (*effects, kept))


def confirm(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Let what was shown be written; where the folder has changed since, show it anew."""
    draft = call.text
    body = changes.find_draft(conn, draft)

    async def run() -> Lookup:
        proposal = await asyncio.to_thread(open_proposal, app, body)
        if proposal is None or not proposal.print:
            return lambda _conn: _say_gone(app, call)
        plan = await plan_again(app, proposal)
        if plan.print != proposal.print or plan.problems:
            log.info("content changed before it was confirmed", by=call.holder.holder)
            head = app.languages.say(call.locale, "edit.changed")
            return await preview(app, asking, call, proposal, _drop(asking, draft), head=head)
        change = await asyncio.to_thread(make_change, app, call.holder.holder, call.locale, plan.files)
        accepted = privileged(
            asking, STAFF, "change content", change.subject, lambda conn: accept_change(conn, change, draft)
        )
        return lambda _conn: say(app, call.locale, "edit.accepted", accepted, replaces=call.message_id)

    return Response(errand=Errand(run))


def choose_target(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Somebody said which file of the folder was meant."""
    draft, number, *_ = (*call.arguments, "", "")
    body = changes.find_draft(conn, draft)
    wanted = int(number) if number.isascii() and number.isdigit() else -1

    async def run() -> Lookup:
        proposal = await asyncio.to_thread(open_proposal, app, body)
        if proposal is None or not 0 <= wanted < len(proposal.choices):
            return lambda _conn: _say_gone(app, call)
        meant = replace(proposal, target=proposal.choices[wanted], choices=())
        return await preview(app, asking, call, meant, _drop(asking, draft))

    return Response(errand=Errand(run))


def _say_gone(app: App, call: Call) -> Response:
    return say(app, call.locale, "edit.gone", replaces=call.message_id)


def leave(app: App, asking: Asking, call: Call, _conn: Connection) -> Response:
    return say(app, call.locale, "edit.dropped", _drop(asking, call.text), replaces=call.message_id)


def _take_file(app: App, asking: Asking, call: Call, sent: Sent) -> Response:
    name = tidy_name(sent.name)
    refused = refuse_name(name)
    if refused:
        return _refuse(app, call, refused)

    async def run() -> Lookup:
        content = await app.fetch_file(sent.file, MOST_BYTES[PurePosixPath(name).suffix])
        if content is None:
            return lambda _conn: _refuse(app, call, "edit.refused.size")
        found = await asyncio.to_thread(recognize, app.content.folder, name, content)
        if found.refused:
            return lambda _conn: _refuse(app, call, found.refused)
        if len(found.targets) > 1:
            return await _ask_target(app, asking, call, Proposal(name, choices=found.targets, content=content))
        return await preview(app, asking, call, Proposal(name, found.targets[0], content=content))

    return Response(errand=Errand(run))


def _refuse(app: App, call: Call, key: str) -> Response:
    log.info("content refused", by=call.holder.holder, reason=key)
    largest = max(MOST_BYTES.values()) // 1_000_000
    return say(app, call.locale, key, suffixes=", ".join(MOST_BYTES), megabytes=largest)


async def _ask_target(app: App, asking: Asking, call: Call, proposal: Proposal) -> Lookup:
    draft = app.make_id()
    rows = [
        (duty_button(app, call.locale, "edit.target", "content-as", draft, str(number), file=name),)
        for number, name in enumerate(proposal.choices)
    ]
    leave_it = duty_button(app, call.locale, "edit.drop", "content-drop", draft)
    kept = await _keep(app, asking, draft, proposal, proposal.name)
    return lambda _conn: say(app, call.locale, "edit.which", kept, buttons=(*rows, (leave_it,)), file=proposal.name)


async def _keep(app: App, asking: Asking, draft: str, proposal: Proposal, subject: str) -> Effect:
    body = await asyncio.to_thread(seal_proposal, app, proposal)
    return privileged(
        asking,
        STAFF,
        "propose content",
        subject,
        lambda conn: changes.keep_draft(conn, draft, body, app.clock()),
    )


def _drop(asking: Asking, draft: str) -> Effect:
    def drop(conn: Connection) -> None:
        changes.drop_draft(conn, draft)

    return privileged(asking, STAFF, "drop proposal", draft, drop)


async def _send_file(app: App, call: Call, wanted: str) -> Lookup:
    path = await asyncio.to_thread(_find_file, app.content.folder, wanted)
    if path is None:
        return lambda _conn: say(app, call.locale, "edit.no_file", name=wanted)
    document = Document(path.name, await asyncio.to_thread(path.read_bytes))
    caption = app.languages.say(call.locale, "edit.file")
    return lambda _conn: Response((Reply(caption, call.locale, document=document),))


def _find_file(folder: Path, wanted: str) -> Path | None:
    """A file of the content by its name, with or without its suffix."""
    found = (path for path in sorted(folder.rglob("*")) if wanted in (path.name, path.stem) and path.is_file())
    shown = (path for path in found if not is_hidden(path.relative_to(folder)) and path.suffix in MOST_BYTES)
    return next(shown, None)


def _describe_change(app: App, locale: str, one: Change, labels: Mapping[str, str]) -> str:
    return app.languages.say(
        locale,
        f"edit.state.{one.state.value}",
        files=one.subject,
        who=labels.get(one.holder) or one.holder,
        when=f"{one.made_at:%Y-%m-%d %H:%M}",
    )


def file_button(app: App, locale: str, entry_id: str) -> Button:
    """A button that sends the file of an entry, to be changed and sent back."""
    return duty_button(app, locale, "edit.get", "content", entry_id, file=entry_id)


DUTIES: Mapping[str, Duty] = {
    "content": Duty(STAFF, show_content, in_menu=True),
    "content-as": Duty(STAFF, choose_target),
    "content-write": Duty(STAFF, confirm),
    "content-drop": Duty(STAFF, leave),
}
