"""Writing what a response means: one function for each effect, all in the transaction of the reply."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.errors import Outdated
from bot.services.alarms import make_alarm_id, set_alarm
from bot.services.app import App
from bot.services.context import KEPT, seal_context
from bot.services.desk import find_desk
from bot.services.desk_changes import lose_desk
from bot.services.effects import (
    AddressKept,
    AlarmSet,
    AlarmTakenBack,
    AllStopped,
    ContextDropped,
    ContextKept,
    Counted,
    CountryTold,
    DeskLeft,
    Effect,
    Followed,
    FormRested,
    LocaleChosen,
    PersonErased,
    Privileged,
    QuestionOpen,
    QuestionSettled,
    QuestionWithdrawn,
    ReachChanged,
    RoleTaken,
    SeatAnswered,
    SessionDropped,
    SessionKept,
    StakeholderTold,
    SubmissionKept,
    SubmissionReplaced,
    SubmissionWithdrawn,
    ThumbGiven,
    TicketAdded,
    TicketAsked,
    TicketEnded,
    Unfollowed,
)
from bot.services.gaps import erase_questions
from bot.services.holdings import erase_holdings
from bot.services.moderation import begin_anew
from bot.services.outgoing import Outgoing
from bot.services.roles import find_holder, take_role
from bot.services.seats import answer_proposal
from bot.services.tickets import add_text, end_ticket, open_ticket, withdraw_all
from bot.storage import alarms, audit, contexts, deliveries, feedback, follows, forms, people, questions, tally
from bot.storage.database import Connection
from bot.storage.questions import Question
from bot.storage.tally import What


def write_effect(app: App, conn: Connection, effect: Effect) -> Sequence[Outgoing]:
    """Write it; what is to be said to others than who caused it is planned and returned."""
    return WRITERS[type(effect)](app, conn, effect) or ()


def _choose_locale(app: App, conn: Connection, effect: LocaleChosen) -> None:
    people.choose_locale(conn, effect.person, effect.locale, app.clock())


def _erase_person(app: App, conn: Connection, effect: PersonErased) -> Sequence[Outgoing]:
    told = withdraw_all(app, conn, effect.person)
    erase_holdings(conn, effect.person)
    return told


def _keep_address(app: App, conn: Connection, effect: AddressKept) -> None:
    people.keep_address(conn, effect.person, effect.locale, effect.address, app.clock())


def _keep_country(_app: App, conn: Connection, effect: CountryTold) -> None:
    people.keep_country(conn, effect.person, effect.country)


def _keep_stakeholder(_app: App, conn: Connection, effect: StakeholderTold) -> None:
    people.keep_stakeholder(conn, effect.person, effect.stakeholder)


def _keep_follow(app: App, conn: Connection, effect: Followed) -> None:
    follows.keep_follow(conn, effect.person, effect.subject, app.clock())


def _drop_follow(_app: App, conn: Connection, effect: Unfollowed) -> None:
    follows.drop_follow(conn, effect.person, effect.subject)


def _stop_all(app: App, conn: Connection, effect: AllStopped) -> None:
    follows.drop_of(conn, effect.person)
    alarms.drop_of(conn, effect.person)
    deliveries.decline(conn, effect.person, app.clock())


def _set_alarm(app: App, conn: Connection, effect: AlarmSet) -> None:
    set_alarm(app, conn, effect.wake)


def _take_back_alarm(_app: App, conn: Connection, effect: AlarmTakenBack) -> None:
    wake = effect.wake
    alarms.drop_alarm(conn, make_alarm_id(wake.person, wake.kind, wake.subject, wake.which), wake.person)


def _keep_session(app: App, conn: Connection, effect: SessionKept) -> None:
    forms.keep_version(conn, effect.fingerprint, effect.form_body)
    forms.keep_session(conn, effect.person, effect.form, effect.fingerprint, effect.body, app.clock())


def _rest_form(_app: App, conn: Connection, effect: FormRested) -> None:
    forms.rest_sessions(conn, effect.person)


def _drop_session(_app: App, conn: Connection, effect: SessionDropped) -> None:
    forms.drop_session(conn, effect.person, effect.form)


def _keep_submission(app: App, conn: Connection, effect: SubmissionKept) -> None:
    forms.keep_submission(conn, effect.submission)
    tally.count_once(conn, app.today(), effect.submission.locale, What.SENT, effect.submission.form)


def _replace_submission(_app: App, conn: Connection, effect: SubmissionReplaced) -> None:
    if not forms.replace_submission(conn, effect.submission, effect.person):
        forms.keep_submission(conn, effect.submission)
    begin_anew(conn, effect.person, effect.submission.id)


def _withdraw_submission(_app: App, conn: Connection, effect: SubmissionWithdrawn) -> None:
    forms.withdraw(conn, effect.id, effect.person)


def _keep_context(app: App, conn: Connection, effect: ContextKept) -> None:
    body = seal_context(app, effect.context)
    contexts.keep_context(conn, effect.person, body, app.clock() + KEPT)


def _drop_context(_app: App, conn: Connection, effect: ContextDropped) -> None:
    contexts.drop_context(conn, effect.person)


def _keep_question(app: App, conn: Connection, effect: QuestionOpen) -> None:
    body = app.cipher.seal(effect.text, "question")
    questions.keep_question(conn, Question(effect.id, effect.locale, body, effect.outcome, app.today()))


def _settle_question(_app: App, conn: Connection, effect: QuestionSettled) -> None:
    questions.set_outcome(conn, effect.id, effect.outcome, effect.entry)


def _forget_question(_app: App, conn: Connection, effect: QuestionWithdrawn) -> None:
    erase_questions(conn, (effect.id,))


def _answer_seat(app: App, conn: Connection, effect: SeatAnswered) -> None:
    answer_proposal(app, conn, effect.person, effect.match, effect.agreed)


def _change_reach(app: App, conn: Connection, effect: ReachChanged) -> None:
    if effect.is_reachable:
        people.mark_reachable(conn, effect.person)
    else:
        people.mark_unreachable(conn, effect.person, app.clock())


def _take_role(app: App, conn: Connection, effect: RoleTaken) -> None:
    take_role(app, conn, effect)


def _do_privileged(app: App, conn: Connection, effect: Privileged) -> Sequence[Outgoing] | None:
    holder = find_holder(conn, effect.person, effect.allowed)
    if holder is None:
        raise Outdated
    planned = effect.write(conn)
    if effect.act:
        audit.log_act(conn, app.clock(), holder.holder, effect.act, effect.subject, effect.reason)
    return planned


def _open_ticket(app: App, conn: Connection, effect: TicketAsked) -> Sequence[Outgoing]:
    return open_ticket(app, conn, effect)


def _add_to_ticket(app: App, conn: Connection, effect: TicketAdded) -> Sequence[Outgoing]:
    return add_text(app, conn, effect)


def _end_ticket(app: App, conn: Connection, effect: TicketEnded) -> Sequence[Outgoing]:
    return end_ticket(app, conn, effect.id, effect.key)


def _leave_desk(app: App, conn: Connection, effect: DeskLeft) -> Sequence[Outgoing]:
    desk = find_desk(app, conn)
    return lose_desk(app, conn) if desk and desk.place == effect.place else ()


def _count(app: App, conn: Connection, effect: Counted) -> None:
    tally.count_once(conn, app.today(), effect.locale, effect.what, effect.detail)


def _count_thumb(app: App, conn: Connection, effect: ThumbGiven) -> None:
    feedback.count_feedback(conn, effect.entry, effect.locale, effect.thumb, app.today())


WRITERS: Mapping[type[Effect], Callable[[App, Connection, Any], Sequence[Outgoing] | None]] = {
    AddressKept: _keep_address,
    AlarmSet: _set_alarm,
    AlarmTakenBack: _take_back_alarm,
    AllStopped: _stop_all,
    Counted: _count,
    CountryTold: _keep_country,
    Followed: _keep_follow,
    StakeholderTold: _keep_stakeholder,
    Unfollowed: _drop_follow,
    FormRested: _rest_form,
    SessionDropped: _drop_session,
    SessionKept: _keep_session,
    SubmissionKept: _keep_submission,
    SubmissionReplaced: _replace_submission,
    SubmissionWithdrawn: _withdraw_submission,
    ContextDropped: _drop_context,
    ContextKept: _keep_context,
    LocaleChosen: _choose_locale,
    PersonErased: _erase_person,
    Privileged: _do_privileged,
    QuestionOpen: _keep_question,
    QuestionSettled: _settle_question,
    QuestionWithdrawn: _forget_question,
    ReachChanged: _change_reach,
    RoleTaken: _take_role,
    SeatAnswered: _answer_seat,
    ThumbGiven: _count_thumb,
    TicketAsked: _open_ticket,
    TicketAdded: _add_to_ticket,
    TicketEnded: _end_ticket,
    DeskLeft: _leave_desk,
}
