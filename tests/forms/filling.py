"""Somebody who fills in any form with what is asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.forms import Attached, Chosen, Form, Incoming, Located, Prompt, Session, steps
from bot.forms.events import Asked, Completed, Refused

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
WORDS = "We will advise 500 migrant workers in three towns on their rights. "
TYPED = {
    "integer": ["3", "30", "2000"],
    "decimal": ["2,5", "100"],
    "range": ["3", "2", "0"],
    "date": ["14/03/2027", "1/1/2020", "03/2020", "04/2027", "2020"],
    "time": ["10:30"],
    "dateTime": ["14/03/2027 10:30"],
    "acknowledge": ["نعم"],
    "barcode": ["12345"],
    "repeat": ["لا"],
    "text": [WORDS, WORDS * 6, "name@example.org", "https://www.un.org", "12345678", "x"],
}


def possible_answers(prompt: Prompt) -> Iterator[Incoming]:
    """Answers of the right kind, one of which a form should take; nothing at last."""
    values = tuple(offer.value for offer in prompt.offers)
    match prompt.kind:
        case "select_one":
            yield from (Chosen((value,)) for value in values)
        case "select_multiple":
            yield from (Chosen(values[:count]) for count in (2, 1, len(values)) if values)
        case "rank":
            yield Chosen(values)
        case "geopoint":
            yield Located(33.89, 35.5)
        case "image" | "audio" | "video" | "file":
            yield Attached(prompt.kind, "a.bin")
        case kind:
            yield from TYPED[kind]
    yield ""


def fill_in(form: Form, locale: str, now: datetime = NOW) -> tuple[Session, list[Prompt]]:
    """Answer everything, in turns going back, changing the language, and coming back days later."""
    session, events = steps.start(form, now, session_id="s-1", seed="seed", locale=locale)
    asked: list[Prompt] = []
    while not isinstance(events[-1], Completed):
        assert isinstance(events[-1], Asked), events
        prompt = events[-1].prompt
        asked.append(prompt)
        if len(asked) % 5 == 4:
            session, _ = steps.back(form, session, now)
            session, _ = steps.skip(form, session, now)
            session, events = steps.resume(form, session, now)
            assert isinstance(events[-1], Asked)
            assert events[-1].prompt.ref == prompt.ref
        if len(asked) % 7 == 6:
            session, _ = steps.change_language(form, session, "en", now)
            session, _ = steps.change_language(form, Session.from_json(session.to_json()), locale, now)
        session, events = _answer(form, session, prompt, now)
    return session, asked


def _answer(form: Form, session: Session, prompt: Prompt, now: datetime) -> steps.Step:
    for incoming in possible_answers(prompt):
        following, events = steps.answer(form, session, incoming, now)
        if not any(isinstance(event, Refused) and event.ref == prompt.ref for event in events):
            return following, events
        assert following.answers == session.answers
    raise AssertionError(f"{prompt.ref} takes none of the answers")
