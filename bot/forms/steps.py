"""What can be done with a form and a session: state in, next state and events out.

Leaving needs no step: a session is whole after each. `now` is aware, on the person's own clock. A session goes only with the very form it was begun with (`fingerprint`).
"""

from dataclasses import replace
from datetime import datetime

from bot.forms.asking import Refusal
from bot.forms.dates import write_moment
from bot.forms.events import (
    Answered,
    Cancelled,
    Closed,
    Completed,
    Event,
    Refused,
    Skipped,
    Submitted,
)
from bot.forms.incoming import Chosen, Incoming
from bot.forms.model import Form, Question
from bot.forms.outcomes import make_submission, remove_instance
from bot.forms.plain import latinize_digits
from bot.forms.reasons import Reason
from bot.forms.sessions import Session, Stage
from bot.forms.stops import Stop
from bot.forms.turns import Rules, Turn
from bot.forms.words import means_no, means_yes

RULES = Rules()
Step = tuple[Session, tuple[Event, ...]]


class WrongForm(ValueError):
    """The session was begun with another form, or another version of it."""


def start(
    form: Form, now: datetime, *, session_id: str, seed: str, locale: str, person: str = "", rules: Rules = RULES
) -> Step:
    """Begin. `session_id` becomes the submission's id, `person` is a pseudonym (the form's `deviceid`)."""
    session = Session(session_id, form.id, form.fingerprint, locale, write_moment(now), seed, person)
    known = {
        "start": write_moment(now),
        "today": now.date().isoformat(),
        "deviceid": person,
        "instance": f"uuid:{session_id}",
    }
    turn = Turn(form, session, now, rules)
    turn.instance.begin(turn.instance.root)
    turn.fill(known)
    turn.instance.assign(form.on_start, turn.instance.root)
    turn.settle()
    return turn.go_on()


def resume(form: Form, session: Session, now: datetime, rules: Rules = RULES) -> Step:
    """Ask again where the session stands."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    turn.settle(everything=True)
    stop = turn.find_stop(session.at)
    return turn.go_on() if stop is None else turn.ask(stop, session.drafts)


def answer(
    form: Form, session: Session, incoming: Incoming, now: datetime, *, ref: str = "", rules: Rules = RULES
) -> Step:
    """Take an answer to the question the session waits at.

    `ref` is the question the answer was given to, where that is known (a button): an answer to an earlier one changes
    nothing. An empty text or no choice clears the answer.
    """
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    stop = turn.find_stop(session.at)
    if stop is None:
        return turn.go_on()
    if ref and ref != stop.ref:
        turn.events.append(Refused(ref, Reason.OLD_QUESTION))
        return turn.ask(stop, session.drafts)
    if stop.group is not None:
        return _answer_repeat(turn, stop, incoming)
    return _answer_question(turn, stop, incoming)


def toggle(form: Form, session: Session, value: str, now: datetime, rules: Rules = RULES) -> Step:
    """Tick a choice, or take the tick away; `answer` with `Chosen(session.drafts)` sends them."""
    turn = _open(form, session, now, rules)
    stop = None if turn is None else turn.find_stop(session.at)
    if turn is None or stop is None:
        return resume(form, session, now, rules)
    part = stop.node.part
    current = (
        tuple(turn.instance.value(stop.node).split())
        if isinstance(part, Question) and not session.drafts
        else session.drafts
    )
    known = {one.value for one in turn.prompter.offers(stop.node)}
    drafts = tuple(one for one in current if one != value) if value in current else (*current, value)
    return turn.ask(stop, tuple(one for one in drafts if one in known))


def skip(form: Form, session: Session, now: datetime, rules: Rules = RULES) -> Step:
    """Leave the question as it is and go on; not where an answer is due and there is none."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    stop = turn.find_stop(session.at)
    if stop is not None:
        missing = stop.group is None and not turn.instance.value(stop.node) and turn.prompter.is_required(stop.node)
        if missing:
            turn.events.append(turn.refuse_missing(stop.node))
            return turn.ask(stop)
        turn.settled[stop.ref] = None
        turn.events.append(Skipped(stop.ref))
    return turn.go_on()


def back(form: Form, session: Session, now: datetime, rules: Rules = RULES) -> Step:
    """Ask the question before, with its answer; at the first one, that one again."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    asked = [stop for stop in turn.stops if turn.is_asked(stop)]
    place = next((number for number, stop in enumerate(asked) if stop.ref == session.at), len(asked))
    return turn.ask(asked[max(0, place - 1)]) if asked else turn.go_on()


def edit(form: Form, session: Session, ref: str, now: datetime, rules: Rules = RULES) -> Step:
    """Ask a question again; where it is gone meanwhile, go on where the session stands."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    stop = turn.find_stop(ref)
    if stop is None or not turn.is_asked(stop):
        turn.events.append(Refused(ref, Reason.QUESTION_GONE))
        return turn.go_on()
    return turn.ask(stop)


def change_language(form: Form, session: Session, locale: str, now: datetime, rules: Rules = RULES) -> Step:
    """Go on in another language, from the same question."""
    return resume(form, replace(session, locale=locale), now, rules) if session.is_open else (session, (Closed(),))


def remove(form: Form, session: Session, ref: str, now: datetime, rules: Rules = RULES) -> Step:
    """Take one instance of a repeat out (`/form/child[2]`); those behind it move up."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    path, _, number = ref.rstrip("]").rpartition("[")
    if path not in turn.instance.repeats or turn.instance.find(ref) is None:
        turn.events.append(Refused(ref, Reason.QUESTION_GONE))
        return turn.go_on()
    moved = remove_instance(turn, path, int(number))
    return Turn(form, moved, now, rules).go_on()


def cancel(session: Session) -> Step:
    """Close the session and forget its answers."""
    if not session.is_open:
        return session, (Closed(),)
    return replace(session, stage=Stage.CANCELLED, answers={}, counts={}, settled=(), drafts=(), at=""), (Cancelled(),)


def submit(form: Form, session: Session, now: datetime, rules: Rules = RULES) -> Step:
    """Finish, from the summary; where something is still to be answered, ask that."""
    turn = _open(form, session, now, rules)
    if turn is None:
        return session, (Closed(),)
    turn.settle(everything=True)
    following, events = turn.go_on()
    if not isinstance(events[-1], Completed):
        return following, events
    turn.fill({"end": write_moment(now)})
    turn.settle()
    turn.events = [Submitted(make_submission(turn))]
    return turn.close(stage=Stage.SUBMITTED)


def _open(form: Form, session: Session, now: datetime, rules: Rules) -> Turn | None:
    if session.fingerprint != form.fingerprint:
        raise WrongForm(f"{session.form} {session.fingerprint}")
    return Turn(form, session, now, rules) if session.is_open else None


def _answer_question(turn: Turn, stop: Stop, incoming: Incoming) -> Step:
    node = stop.node
    try:
        value = "" if incoming == "" or incoming == Chosen(()) else turn.read(stop, incoming)
    except Refusal as refusal:
        turn.events.append(turn.refuse(stop, refusal))
        return turn.close(stop.ref, Stage.ASKING, turn.session.drafts)
    if not value and turn.prompter.is_required(node):
        turn.events.append(turn.refuse_missing(node))
        return turn.close(stop.ref, Stage.ASKING, turn.session.drafts)
    if not turn.allows(node, value):
        # `[0-9]{8}` means digits, in whatever script they are typed.
        value = latinize_digits(value)
    if not turn.allows(node, value):
        turn.events.append(turn.refuse_constraint(node))
        return turn.close(stop.ref, Stage.ASKING, turn.session.drafts)
    turn.events.append(Answered(stop.ref, value, turn.instance.value(node)))
    turn.settled[stop.ref] = None
    turn.take(node, value)
    return turn.go_on()


def _answer_repeat(turn: Turn, stop: Stop, incoming: Incoming) -> Step:
    """Whether there is another: yes or no."""
    said = incoming.values[0] if isinstance(incoming, Chosen) and incoming.values else incoming
    if isinstance(said, str) and means_yes(said) and stop.group is not None:
        turn.settled.pop(stop.ref, None)
        repeat = turn.instance.repeats[stop.ref.rpartition("[")[0]]
        turn.instance.resize(repeat, len(repeat.instances) + 1)
        turn.settle()
        turn.events.append(Answered(stop.ref, "yes"))
    elif isinstance(said, str) and means_no(said):
        turn.settled[stop.ref] = None
        turn.events.append(Answered(stop.ref, "no"))
    else:
        turn.events.append(Refused(stop.ref, Reason.YES_OR_NO))
        return turn.close(stop.ref, Stage.ASKING)
    return turn.go_on()
