"""Seats at the forum: who offers one and who looks for one, brought together by an organizer with both sides' consent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from bot.errors import SettingsError
from bot.messages import Button, Reply
from bot.services.actions import Verb, action
from bot.services.alarms import Wake, find_reachable, tell_person
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


class Obstacle(StrEnum):
    """Why two seats cannot be proposed to each other."""

    GONE = "gone"
    TWICE = "twice"
    UNREACHABLE = "unreachable"


OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.GONE: "“{offer}” and “{look}” are not both there, the first an offer, the second looked for: "
    "see `hiwar seat list`.",
    Obstacle.TWICE: "{offer} and {look} were proposed to each other before.",
    Obstacle.UNREACHABLE: "One of {offer} and {look} cannot be written to any more: choose another.",
}


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

    Raises `SettingsError` where they cannot be.
    """
    both = find_pair(app, conn, offer, look)
    if isinstance(both, Obstacle):
        raise SettingsError(OBSTACLES[both].format(offer=offer, look=look))
    match_id = app.make_id()[:12]
    seats.keep_match(conn, match_id, offer, look, app.today())
    for side, seat in both.items():
        told = {name: both[OTHER[side]].answers.get(name, "") for name in TOLD}
        tell_person(app, conn, seat.person, PROPOSED, match_id, told)
    return match_id


def find_pair(app: App, conn: Connection, offer: str, look: str) -> Mapping[str, Seat] | Obstacle:
    """The two seats by side, or why they cannot be proposed to each other."""
    known = {seat.receipt: (seat, pairs) for seat, pairs in list_seats(app, conn)}
    receipts = dict(zip(SIDES, (offer, look), strict=True))
    if any(receipt not in known or known[receipt][0].side != side for side, receipt in receipts.items()):
        return Obstacle.GONE
    if any(pair.receipts == receipts for pair in known[offer][1]):
        return Obstacle.TWICE
    both = {side: known[receipt][0] for side, receipt in receipts.items()}
    return both if all(find_reachable(conn, seat.person) for seat in both.values()) else Obstacle.UNREACHABLE


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
        group=label_choice(app, told["group"], locale),
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


def label_choice(app: App, value: str, locale: str) -> str:
    """A choice as the form words it, else its name."""
    form = app.library.forms.get(FORM)
    choices = [choice for one in form.lists for choice in one.choices] if form else []
    labels = next((choice.labels for choice in choices if choice.columns.get("name") == value), {})
    text = next((labels[one] for one in (locale, "en") if one in labels), (value,))
    return "".join(part for part in text if isinstance(part, str))
