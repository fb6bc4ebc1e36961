"""A form played in the terminal, as in the chat but with typed answers, and its conversation as a test."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from bot import forms
from bot.forms import Form, Session
from bot.forms.events import Asked, Cancelled, Completed, Event, Prompt, Refused, Submitted, Told
from bot.services.filling import RULES

# Typed instead of an answer.
SKIP, BACK, STOP = "/skip", "/back", "/stop"
_TAG = re.compile(r"<[^>]*>")

Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Played:
    """How it went: what was said each time, and what came of it; the answers sent, if it was played to the end."""

    turns: tuple[Said, ...]
    answers: dict[str, str] | None


def play_form(
    form: Form, locale: str, now: datetime, hear: Callable[[str], str | None], session_id: str = "preview"
) -> Played:
    """Ask until the form is sent or stopped. `hear` is given what is shown and gives what is typed, None for the end."""
    session, events = forms.start(form, now, session_id=session_id, seed=session_id, locale=locale, rules=RULES)
    turns: list[Said] = []
    typed = ""
    while True:
        shown = describe(events)
        turns.append((typed, shown))
        sent = next((event.submission for event in events if isinstance(event, Submitted)), None)
        if sent is not None or any(isinstance(event, Cancelled) for event in events):
            return Played(tuple(turns), dict(sent.answers) if sent else None)
        heard = hear(shown)
        if heard is None or heard == STOP:
            return Played(tuple(turns), None)
        typed = heard
        session, events = _take(form, session, events, typed, now)


def describe(events: Sequence[Event]) -> str:
    """What happened, as plain lines."""
    lines: list[str] = []
    for event in events:
        match event:
            case Told(prompt):
                lines.append(_plain(prompt.label))
            case Asked(prompt):
                lines += _describe_prompt(prompt)
            case Refused(_, reason, message, example, _):
                lines.append(f"✋ {_plain(message) or reason.value}" + (f" ({example})" if example else ""))
            case Completed(answered):
                lines += [f"{_plain(line.label)}: {unescape(line.shown)}" for line in answered]
                lines.append("Send it? Any text sends it.")
            case Submitted():
                lines.append("Sent.")
            case _:
                pass
    return "\n".join(line for line in lines if line)


def write_test(form_id: str, locale: str, played: Played) -> str:
    """A test that plays the same conversation and expects the same."""
    turns = "".join(f"    ({said!r}, {shown!r}),\n" for said, shown in played.turns)
    return f'''"""The form {form_id}, as it was played and recorded."""

from datetime import UTC, datetime

from bot.content.compile import compile_content
from bot.services.playing import play_form
from tests.conftest import ROOT
from bot.languages import Languages

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TURNS = (
{turns})


def test_the_conversation_goes_as_recorded(languages: Languages) -> None:
    content = compile_content(ROOT / "content", languages, NOW.date())
    form = next(one for one in content.forms if one.id == {form_id!r})
    typed = iter([said for said, _ in TURNS[1:]])
    assert play_form(form, {locale!r}, NOW, lambda _shown: next(typed, None)).turns == TURNS
'''


def _take(
    form: Form, session: Session, events: Sequence[Event], typed: str, now: datetime
) -> tuple[Session, tuple[Event, ...]]:
    if any(isinstance(event, Completed) for event in events) and typed != BACK:
        return forms.submit(form, session, now, RULES)
    if typed == SKIP:
        return forms.skip(form, session, now, RULES)
    if typed == BACK:
        return forms.back(form, session, now, RULES)
    return forms.answer(form, session, typed, now, rules=RULES)


def _describe_prompt(prompt: Prompt) -> list[str]:
    head = f"[{prompt.position}/{prompt.total}] {_plain(prompt.label)}"
    offers = [f"  {number}. {offer.label}" for number, offer in enumerate(prompt.offers, 1)]
    return [head, _plain(prompt.hint), *offers]


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
