"""Moderation in the chat: what waits to be read, and what stands where."""

from collections.abc import Sequence
from textwrap import shorten

from bot.messages import Button, Reply, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Response
from bot.services.moderation import State, find_standing, read_moderated
from bot.services.privileges import Call, duty_button
from bot.services.review_cards import name_form, name_state, open_submission
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission

A_PAGE, LABEL_LENGTH = 8, 60


def list_waiting(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """The submissions that stand somewhere (`submitted` where nothing is said), a page of them, and the other states."""
    wanted, page, *_ = (*call.arguments, "", "")
    if wanted and wanted not in set(State):
        return open_submission(app, call, conn, wanted.upper())
    state = State(wanted or State.SUBMITTED)
    standing = find_standing(app, conn)
    here = [one for one, stands in standing if stands is state]
    start = min(int(page) if page.isascii() and page.isdigit() else 0, max(0, len(here) - 1) // A_PAGE) * A_PAGE
    rows = [
        *((_open_button(app, call.locale, one, state),) for one in here[start : start + A_PAGE]),
        *_page_rows(app, call.locale, state, start // A_PAGE, len(here)),
        *_state_rows(app, call.locale, state, [stands for _, stands in standing]),
    ]
    named = name_state(app, call.locale, state)
    html = (
        app.languages.say_count(call.locale, "moderate.text", len(here), state=named)
        if here
        else app.languages.say(call.locale, "moderate.none", state=named)
    )
    return Response((Reply(html, call.locale, tuple(rows), call.message_id if wanted else None),))


def open_one(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    return open_submission(app, call, conn, call.arguments[0] if call.arguments else "")


def _open_button(app: App, locale: str, stored: StoredSubmission, state: State) -> Button:
    title = read_moderated(app, stored, state).answers.get("title", "")
    label = f"{name_form(app, locale, stored.form)} · {title or stored.id}"
    return Button(shorten(label, LABEL_LENGTH, placeholder="…"), action(Verb.DUTY, locale, "review", stored.id))


def _page_rows(app: App, locale: str, state: State, page: int, count: int) -> Rows:
    previous = duty_button(app, locale, "page.previous", "moderate", state, str(page - 1))
    following = duty_button(app, locale, "page.next", "moderate", state, str(page + 1))
    row = (*([previous] if page else []), *([following] if (page + 1) * A_PAGE < count else []))
    return (row,) if row else ()


def _state_rows(app: App, locale: str, shown: State, states: Sequence[State]) -> Rows:
    """A button for each other state in which something stands."""
    return tuple(
        (
            duty_button(
                app,
                locale,
                "moderate.filter",
                "moderate",
                state,
                state=name_state(app, locale, state),
                count=states.count(state),
            ),
        )
        for state in State
        if state is not shown and state in states
    )
