"""Seats at the forum: who offers one and who looks for one, brought together by an organizer with both sides' consent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from bot.errors import SettingsError
from bot.messages import Button, Reply
from bot.services.actions import Verb, action
from bot.services.alarms import Wake, tell_person
from bot.services.app import App
from bot.storage import forms, seats
from bot.storage.database import Connection
from bot.storage.forms import StoredSubmission
from bot.storage.seats import SIDES, SeatMatch

FORM = "seat"
SUBMISSION_PURPOSE = "submission"
PROPOSED, MET, OFF = "seat", "seat-met", "seat-off"
OTHER = {"offer": "look", "look": "offer"}
# What the other side is told before it agrees; never the contact.
TOLD = ("group", "country", "places", "about")


@dataclass(frozen=True, slots=True)
class Seat:
    """One submission of the seat form; `answers` by the question's name."""

    receipt: str
    person: bytes | None
    locale: str
    answers: Mapping[str, str]

    @property
    def side(self) -> str:
        return self.answers.get("side", "")


def list_seats(app: App, conn: Connection) -> list[tuple[Seat, list[SeatMatch]]]:
    """Every seat offered or looked for, with the pairs it is in."""
    pairs = seats.find_matches(conn)
    found = [_read(app, one) for one in forms.find_submissions(conn, FORM)]
    return [(seat, [pair for pair in pairs if seat.receipt in pair.receipts.values()]) for seat in found]


def propose_match(app: App, conn: Connection, offer: str, look: str) -> str:
    """Ask both sides whether they want to meet; the pair's id.

    Raises `SettingsError` where one of them is not there, on the wrong side, cannot be written to, or the two were
    proposed to each other before.
    """
    known = {seat.receipt: (seat, pairs) for seat, pairs in list_seats(app, conn)}
    for side, receipt in zip(SIDES, (offer, look), strict=True):
        if receipt not in known or known[receipt][0].side != side:
            raise SettingsError(f"“{receipt}” is no receipt of somebody who would {side}: see `hiwar seat list`.")
    if any(pair.receipts == {"offer": offer, "look": look} for pair in known[offer][1]):
        raise SettingsError(f"{offer} and {look} were proposed to each other before.")
    both = {"offer": known[offer][0], "look": known[look][0]}
    match_id = app.make_id()[:12]
    seats.keep_match(conn, match_id, offer, look, app.today())
    for side, seat in both.items():
        told = {name: both[OTHER[side]].answers.get(name, "") for name in TOLD}
        if not tell_person(app, conn, seat.person, PROPOSED, match_id, told):
            raise SettingsError(f"{seat.receipt} cannot be written to any more: choose another.")
    return match_id


def answer_proposal(app: App, conn: Connection, person: bytes, match_id: str, agreed: bool) -> None:
    """Keep what a side answered; where both agreed each is given the other's contact."""
    match = seats.find_match(conn, match_id)
    if match is None:
        return
    both = _find_both(app, conn, match)
    side = next((one for one, seat in both.items() if seat.person == person), "")
    if not side or not match.is_open or not seats.set_agreed(conn, match_id, side, agreed):
        return
    other = both.get(OTHER[side])
    if other is None:
        return
    if not agreed and match.agreed[OTHER[side]]:
        tell_person(app, conn, other.person, OFF, match_id, {})
    elif agreed and match.agreed[OTHER[side]]:
        tell_person(app, conn, both[side].person, MET, match_id, {"contact": other.answers.get("contact", "")})
        tell_person(app, conn, other.person, MET, match_id, {"contact": both[side].answers.get("contact", "")})


def say_proposal(app: App, wake: Wake) -> Reply | None:
    """Who the other side is, without a name, and the question whether to meet."""
    told = json.loads(wake.which)
    languages, locale = app.languages, wake.locale
    head = languages.say(
        locale,
        "seat.proposed",
        country=languages.country_name(locale, told["country"].upper()),
        group=_label(app, told["group"], locale),
        places=told["places"],
    )
    rows = tuple(
        (Button(languages.say(locale, f"seat.{answer}"), action(Verb.SEAT, locale, wake.subject, answer)),)
        for answer in ("yes", "no")
    )
    about = f"<blockquote>{escape(told['about'], quote=False)}</blockquote>"
    return Reply(f"{head}\n\n{about}\n\n{languages.say(locale, 'seat.ask')}", locale, rows)


def say_met(app: App, wake: Wake) -> Reply | None:
    return Reply(app.languages.say(wake.locale, "seat.met", contact=json.loads(wake.which)["contact"]), wake.locale)


def say_off(app: App, wake: Wake) -> Reply | None:
    return Reply(app.languages.say(wake.locale, "seat.off"), wake.locale)


def _find_both(app: App, conn: Connection, match: SeatMatch) -> dict[str, Seat]:
    """The seats of a pair that are still there, by side."""
    found = {one.id: _read(app, one) for one in forms.find_submissions(conn, FORM)}
    return {side: found[receipt] for side, receipt in match.receipts.items() if receipt in found}


def _read(app: App, submission: StoredSubmission) -> Seat:
    answers: dict[str, str] = json.loads(app.cipher.open(submission.body, SUBMISSION_PURPOSE))
    named = {ref.rsplit("/", 1)[-1]: value for ref, value in answers.items()}
    return Seat(submission.id, submission.pseudonym, submission.locale, named)


def _label(app: App, value: str, locale: str) -> str:
    """A choice as the form words it, else its name."""
    form = app.library.forms.get(FORM)
    choices = [choice for one in form.lists for choice in one.choices] if form else []
    labels = next((choice.labels for choice in choices if choice.columns.get("name") == value), {})
    text = next((labels[one] for one in (locale, "en") if one in labels), (value,))
    return "".join(part for part in text if isinstance(part, str))
