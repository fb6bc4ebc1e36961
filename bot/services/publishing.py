"""Writing what staff decided into the folder: accepted in a transaction, then written, live, and told; in this order,
so that a stop at any moment loses nothing and does nothing twice."""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.content.accepting import accept_texts
from bot.content.changes import FileChange, find_changed_since, write_files
from bot.content.versioning import Commit, commit_files
from bot.errors import Outdated, Unreadable
from bot.messages import Button, Reply
from bot.services.actions import Verb, action
from bot.services.alarms import Wake, set_alarm
from bot.services.app import App
from bot.services.reloading import place_content
from bot.storage import changes, roles
from bot.storage.changes import Change, State
from bot.storage.database import Connection

log = structlog.get_logger(__name__)

KIND = "content"
PURPOSE = "content change"
BETWEEN_ROUNDS = 1.0
AFTER_FAILURE = 10.0
MOST_NAMED = 3


async def _nothing() -> None:
    """Nothing is to be learned."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: `key` names the sentence that says so, `committed` whether git took it; `finish` learns
    what it teaches."""

    state: State
    key: str
    committed: Commit = Commit.NO_GIT
    finish: Callable[[], Awaitable[None]] = _nothing


def make_change(app: App, holder: str, locale: str, files: Sequence[FileChange], undoes: str = "") -> Change:
    """A change that somebody decided on."""
    body = app.cipher.seal(json.dumps([_to_json(one) for one in files]), PURPOSE)
    subject = name_files([one.name for one in files])
    return Change(app.make_id(), holder, locale, State.ACCEPTED, subject, undoes, body, app.clock())


def name_files(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" +{more}" if more > 0 else "")


def open_files(app: App, change: Change) -> tuple[FileChange, ...]:
    """The files of a change. Raises `Unreadable` where it was sealed with another key."""
    return tuple(_from_json(one) for one in json.loads(app.cipher.open(change.body, PURPOSE)))


def accept_change(conn: Connection, change: Change, draft: str = "") -> None:
    """Set down that it is to be written. Raises `Outdated` where somebody was quicker."""
    if draft and not changes.drop_draft(conn, draft):
        raise Outdated
    if change.undoes and not changes.set_state(conn, change.undoes, State.LIVE, State.UNDONE):
        raise Outdated
    changes.keep_change(conn, change)


async def publish_changes(app: App) -> None:
    """Write what was accepted, for ever."""
    learning: set[asyncio.Task[None]] = set()
    while True:
        try:
            # The next change does not wait until the last one is learned.
            for outcome in await publish_accepted(app):
                task = asyncio.create_task(_finish(outcome))
                learning.add(task)
                task.add_done_callback(learning.discard)
            await asyncio.sleep(BETWEEN_ROUNDS)
        except Exception as error:  # noqa: BLE001 - the disk may be full for a while; what was accepted waits
            log.error("content not written", error=type(error).__name__, again_in_seconds=AFTER_FAILURE)
            await asyncio.sleep(AFTER_FAILURE)


async def publish_accepted(app: App) -> list[Outcome]:
    """Write what was accepted, one after the other."""
    return [await _publish(app, change) for change in await app.db.read(changes.find_accepted)]


async def _finish(outcome: Outcome) -> None:
    try:
        await outcome.finish()
    except Exception as error:  # noqa: BLE001 - it is live; the next change, or the next start, learns it
        log.error("content not learned", error=type(error).__name__)


async def _publish(app: App, change: Change) -> Outcome:
    try:
        files = await asyncio.to_thread(open_files, app, change)
    except Unreadable:
        log.error("content change dropped", remedy="it was sealed with another HIWAR_SECRET_KEY")
        await app.db.write(lambda conn: changes.set_state(conn, change.id, State.ACCEPTED, State.REFUSED))
        return Outcome(State.REFUSED, "edit.done.changed")
    outcome = await asyncio.to_thread(_write, app, change, files)
    if outcome.state is State.LIVE:
        finish = await place_content(app)
        outcome = replace(outcome, finish=finish) if finish else replace(outcome, key="edit.done.waits")
    log.info("content changed", by=change.holder, state=outcome.state.value, commit=outcome.committed.value)
    await app.db.write(lambda conn: _settle(app, conn, change, outcome))
    return outcome


def _write(app: App, change: Change, files: Sequence[FileChange]) -> Outcome:
    """Write the folder, unless somebody changed it since, and commit it."""
    folder, names = app.content.folder, [one.name for one in files]
    if find_changed_since(folder, files):
        return Outcome(State.REFUSED, "edit.done.changed")
    try:
        write_files(folder, files)
        locks = accept_texts(folder, files)
    except OSError as error:
        log.error("content folder not written", error=type(error).__name__, remedy="let Hiwar write to its folder")
        return Outcome(State.REFUSED, "edit.done.unwritable")
    verb = "Take back" if change.undoes else "Change"
    message = f"{verb} {change.subject} from the chat"
    committed = commit_files(folder, [*names, *locks], change.holder, message)
    if committed is Commit.FAILED:
        log.error("content not committed", remedy="run `git status` and `git commit` in the content folder")
    return Outcome(State.LIVE, "edit.done.undone" if change.undoes else "edit.done.live", committed)


def _settle(app: App, conn: Connection, change: Change, outcome: Outcome) -> None:
    """Set down what became of it, and tell who decided on it, if they still hold the role."""
    if not changes.set_state(conn, change.id, State.ACCEPTED, outcome.state):
        return
    if outcome.state is State.REFUSED and change.undoes:
        changes.set_state(conn, change.undoes, State.UNDONE, State.LIVE)
    holder = next((one for one in roles.find_holders(conn) if one.holder == change.holder), None)
    if holder is None:
        return
    address = app.cipher.open(holder.address, "role")
    which = json.dumps([outcome.key, outcome.committed, change.subject])
    set_alarm(app, conn, Wake(holder.pseudonym, address, change.locale, KIND, change.id, which, app.clock()))


def say_outcome(app: App, wake: Wake) -> Reply | None:
    """What became of a change, to who decided on it."""
    key, committed, subject = json.loads(wake.which)
    html = app.languages.say(wake.locale, key, files=subject)
    if committed == Commit.FAILED:
        html += "\n\n" + app.languages.say(wake.locale, "edit.done.uncommitted")
    undo = Button(app.languages.say(wake.locale, "undo.button"), action(Verb.DUTY, wake.locale, "undo"))
    return Reply(html, wake.locale, ((undo,),) if key == "edit.done.live" else ())


def reversed_files(files: Sequence[FileChange]) -> tuple[FileChange, ...]:
    return tuple(one.reversed for one in files)


def _to_json(one: FileChange) -> list[str | None]:
    return [one.name, *(None if content is None else b64encode(content).decode() for content in (one.old, one.new))]


def _from_json(fields: list[str | None]) -> FileChange:
    name, old, new = fields
    return FileChange(name or "", *(None if content is None else b64decode(content) for content in (old, new)))
