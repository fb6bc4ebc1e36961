"""What organizers do with announcements, as commands and buttons: drafts, then broadcasts."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.services import drafting, launching
from bot.services.announcements import Announcement, find_announcement
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.controlling import control, list_broadcasts
from bot.services.drafting import ORGANIZERS, show_draft
from bot.services.privileges import Call, Duty
from bot.storage import broadcasts
from bot.storage.broadcasts import State
from bot.storage.database import Connection

Step = Callable[[App, Asking, Call, Connection, Announcement], Response]


def begin(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """A new draft."""
    return show_draft(app, asking, call, conn, Announcement(app.make_id()))


def take_step(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """One step of a draft: the first argument is the draft, the second the step."""
    draft_id, step, *_ = (*call.arguments, "", "")
    draft = find_announcement(conn, draft_id)
    if draft is None or step not in STEPS:
        return say(app, call.locale, "draft.gone")
    run = broadcasts.find_by_announcement(conn, draft_id)
    if run is not None and run.state is not State.SCHEDULED:
        return say(app, call.locale, "draft.sent")
    return STEPS[step](app, asking, replace(call, arguments=call.arguments[2:]), conn, draft)


def discard(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Forget a draft that was not sent."""
    if broadcasts.find_by_announcement(conn, draft.id) is not None:
        return say(app, call.locale, "draft.sent")
    effect = drafting.drop(asking, draft)
    return say(app, call.locale, "draft.discarded", effect, replaces=call.message_id)


STEPS: Mapping[str, Step] = {
    "": show_draft,
    "text": drafting.ask_text,
    "take": drafting.take_text,
    "file": drafting.take_file,
    "topic": drafting.choose_topic,
    "event": drafting.choose_event,
    "urgent": drafting.choose_urgency,
    "link": drafting.ask_link,
    "who": drafting.choose_audience,
    "turn": drafting.turn,
    "joint": drafting.turn_joint,
    "anew": drafting.begin_anew,
    "preview": launching.preview,
    "test": launching.try_on_oneself,
    "send": launching.confirm,
    "now": launching.launch_now,
    "later": launching.launch_later,
    "discard": discard,
}

DUTIES: Mapping[str, Duty] = {
    "announce": Duty(ORGANIZERS, begin, in_menu=True),
    "broadcasts": Duty(ORGANIZERS, list_broadcasts, in_menu=True),
    "draft": Duty(ORGANIZERS, take_step),
    "broadcast": Duty(ORGANIZERS, control),
}
