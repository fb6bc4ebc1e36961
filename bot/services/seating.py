"""Seats at the forum in the chat: an organizer chooses an offer, then who looks for one, and both are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bot.errors import Outdated
from bot.messages import Button, Reply, Rows
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.pieces import gather_blocks
from bot.services.privileges import Call, Duty, duty_button, privileged
from bot.services.seats import OTHER, Obstacle, Seat, find_pair, label_choice, list_seats, propose_match
from bot.storage.database import Connection
from bot.storage.roles import Role
from bot.storage.seats import SIDES, SeatMatch

ORGANIZERS = (Role.ORGANIZER,)
A_PAGE = 5

Found = Sequence[tuple[Seat, Sequence[SeatMatch]]]


@dataclass(frozen=True, slots=True)
class Listing:
    """Seats under a heading: `here` is the duty that shows them, `chosen` the one a press on one does, if any, `turn` the
    button to another list."""

    head: str
    found: Found
    here: tuple[str, ...]
    chosen: tuple[str, ...]
    turn: Button


def show_seats(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """The offers, each with a button to find somebody for it; or (`look`) those who look for one."""
    wanted, page, *_ = (*call.arguments, "", "")
    side = wanted if wanted in SIDES else "offer"
    seats = list_seats(app, conn)
    found = {one: [(seat, pairs) for seat, pairs in seats if seat.side == one] for one in SIDES}
    head = app.languages.say(call.locale, "seats.text", offers=len(found["offer"]), looks=len(found["look"]))
    other = OTHER[side]
    turn = duty_button(app, call.locale, f"seats.show.{other}", "seats", other, count=len(found[other]))
    chosen = ("seatoffer",) if side == "offer" else ()
    return _list(app, call, Listing(head, found[side], ("seats", side), chosen, turn), page)


def choose_look(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """Those who look for a seat and were not proposed to the offer before."""
    offer, page, *_ = (*call.arguments, "", "")
    seats = list_seats(app, conn)
    if not any(seat.receipt == offer and seat.side == "offer" for seat, _ in seats):
        return _refuse(app, call, Obstacle.GONE)
    looks = [
        (seat, pairs)
        for seat, pairs in seats
        if seat.side == "look" and not any(pair.receipts["offer"] == offer for pair in pairs)
    ]
    head = app.languages.say(call.locale, "seats.choose" if looks else "seats.nobody", offer=offer)
    turn = duty_button(app, call.locale, "seats.back", "seats")
    return _list(app, call, Listing(head, looks, ("seatoffer", offer), ("seatpair", offer), turn), page)


def confirm_pair(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """Both sides once more before they are asked."""
    offer, look, *_ = (*call.arguments, "", "")
    both = find_pair(app, conn, offer, look)
    if isinstance(both, Obstacle):
        return _refuse(app, call, both)
    blocks = [describe_seat(app, call.locale, seat, ()) for seat in both.values()]
    html = "\n\n".join((*blocks, app.languages.say(call.locale, "seats.sure")))
    rows = (
        (duty_button(app, call.locale, "seats.ask", "seatask", offer, look),),
        (duty_button(app, call.locale, "seats.back", "seats"),),
    )
    return Response((Reply(html, call.locale, rows),))


def ask_both(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Ask both sides whether they want to meet."""
    offer, look, *_ = (*call.arguments, "", "")
    both = find_pair(app, conn, offer, look)
    if isinstance(both, Obstacle):
        return _refuse(app, call, both)

    def write(conn: Connection) -> None:
        if isinstance(find_pair(app, conn, offer, look), Obstacle):
            raise Outdated
        propose_match(app, conn, offer, look)

    effect = privileged(asking, ORGANIZERS, "propose", f"{offer} {look}", write)
    return say(app, call.locale, "seats.asked", effect, buttons=_back(app, call), offer=offer, look=look)


def describe_seat(app: App, locale: str, seat: Seat, pairs: Sequence[SeatMatch]) -> str:
    """What somebody wrote, never how to reach them; and what became of the pairs it is in."""
    answers = seat.answers
    line = app.languages.say(
        locale,
        "seats.line",
        receipt=seat.receipt,
        country=app.languages.country_name(locale, answers.get("country", "").upper()),
        group=label_choice(app, answers.get("group", ""), locale),
        places=answers.get("places", ""),
    )
    about = f"<blockquote>{escape(answers.get('about', ''), quote=False)}</blockquote>"
    met = sum(all(pair.agreed.values()) for pair in pairs)
    waiting = sum(pair.is_open for pair in pairs) - met
    off = len(pairs) - met - waiting
    fates = app.languages.say(locale, "seats.pairs", waiting=waiting, met=met, off=off) if pairs else ""
    return "\n".join(part for part in (line, about, fates) if part)


def _list(app: App, call: Call, listing: Listing, page: str) -> Response:
    """A page of seats, with their buttons, those to the other pages and the one to another list."""
    last_page = max(0, len(listing.found) - 1) // A_PAGE
    number = min(int(page), last_page) if page.isascii() and page.isdigit() else 0
    shown = listing.found[number * A_PAGE : (number + 1) * A_PAGE]
    blocks = [listing.head, *(describe_seat(app, call.locale, seat, pairs) for seat, pairs in shown)]
    choices = tuple(
        (duty_button(app, call.locale, "seats.pick", *listing.chosen, seat.receipt, receipt=seat.receipt),)
        for seat, _ in shown
        if listing.chosen
    )
    pages = [("page.previous", number - 1)] * (number > 0) + [("page.next", number + 1)] * (number < last_page)
    turns = tuple(duty_button(app, call.locale, key, *listing.here, str(to)) for key, to in pages)
    rows: Rows = (*choices, *((turns,) if turns else ()), (listing.turn,))
    *before, last = gather_blocks(blocks)
    return Response((*(Reply(html, call.locale) for html in before), Reply(last, call.locale, rows)))


def _refuse(app: App, call: Call, obstacle: Obstacle) -> Response:
    return say(app, call.locale, f"seats.{obstacle}", buttons=_back(app, call))


def _back(app: App, call: Call) -> Rows:
    return ((duty_button(app, call.locale, "seats.back", "seats"),),)


DUTIES: Mapping[str, Duty] = {
    "seats": Duty(ORGANIZERS, show_seats, in_menu=True),
    "seatoffer": Duty(ORGANIZERS, choose_look),
    "seatpair": Duty(ORGANIZERS, confirm_pair),
    "seatask": Duty(ORGANIZERS, ask_both),
}
