"""What pressing a button does: one function for each verb."""

from collections.abc import Callable, Mapping

from bot.content.library import Entry
from bot.messages import Pressed, Reply
from bot.services.actions import Action, Verb, read_action
from bot.services.answers import answer_buttons, count_entry, give_answer, unknown_reply
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.calendars import make_file
from bot.services.consent import agree
from bot.services.duties import do_press
from bot.services.effects import Effect, QuestionSettled, QuestionWithdrawn, SeatAnswered, ThumbGiven
from bot.services.events import country_of, read_event, show_coming, show_past
from bot.services.following import come, follow, stop_all, take_country, take_stakeholder, unfollow
from bot.services.form_steps import go_on_in, respond_to_step
from bot.services.human import respond_to_human
from bot.services.leaning import remember
from bot.services.menus import (
    erase_person,
    greet_in_chosen,
    locale_of,
    show_languages,
    show_topic,
    show_topics,
    start_rows,
)
from bot.services.networks import show_countries
from bot.services.news import have_less, show_announcement, show_news, turn_news
from bot.services.paths import remind_of_path, show_path
from bot.services.place_button import keep_place_button
from bot.services.reminders import offer_reminders, toggle_reminder
from bot.services.waiting import SUBJECT, follow_question
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome
from bot.storage.tally import What


def respond_to_press(app: App, asking: Asking, pressed: Pressed) -> Response | Lookup:
    """The response to a press; a button of an older version, or a forged one, gets the menu."""
    action = read_action(pressed.action)
    if action is not None and action.verb is Verb.NOTED:
        return Response()
    if action is None or action.locale not in app.languages:
        return _explain_old_button(app, locale_of(app, asking))
    return PRESSES[action.verb](app, asking, action, pressed.message_id)


def _choose_locale(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    if asking.filling is not None:
        return go_on_in(app, asking, asking.filling, action.locale, message_id)
    return greet_in_chosen(app, asking, action.locale, message_id)


def _show_locales(app: App, asking: Asking, _action: Action, message_id: int) -> Response:
    return show_languages(app, asking, message_id)


def _show_topics(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    return show_topics(app, action.locale, message_id)


def _show_topic(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    wanted, page, *_ = (*action.arguments, "", "")
    topic = next((topic for topic in app.library.topics if topic.id == wanted), None)
    if topic is None:
        return _explain_old_button(app, action.locale)
    return show_topic(app, action.locale, topic, int(page) if page.isascii() and page.isdigit() else 0, message_id)


def _show_entry(app: App, asking: Asking, action: Action, _message_id: int) -> Response:
    wanted, question_id, *_ = (*action.arguments, "", "")
    entry = app.library.entry(wanted)
    if entry is None or not entry.is_valid_on(app.today()):
        return _explain_old_button(app, action.locale)
    effects: tuple[Effect, ...] = ()
    if question_id:
        chosen = QuestionSettled(question_id, Outcome.CHOSEN, entry.id)
        effects = (chosen, *count_entry(entry, action.locale, What.CHOSEN))
    reply = give_answer(app, asking, entry, action.locale)
    return Response((reply,), (*effects, *remember(asking, entry)), entry.fields.opens)


def _take_thumb(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    wanted, given, *_ = (*action.arguments, "", "")
    entry = app.library.entry(wanted)
    if entry is None or given not in set(Thumb):
        return _explain_old_button(app, action.locale)
    thumb = Thumb(given)
    rows = answer_buttons(app, entry, action.locale, thumb)
    return Response((Reply("", action.locale, rows, message_id),), (ThumbGiven(entry.id, action.locale, thumb),))


def _admit_none(app: App, asking: Asking, action: Action, message_id: int) -> Lookup:
    question_id, *_ = (*action.arguments, "")
    effects = (QuestionSettled(question_id, Outcome.NONE_OF_THESE),) if question_id else ()
    return lambda conn: Response(
        (unknown_reply(app, asking, conn, action.locale, question_id=question_id, replaces=message_id),), effects
    )


def _withdraw_question(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    question_id, *_ = (*action.arguments, "")
    return say(app, action.locale, "unknown.withdrawn", QuestionWithdrawn(question_id), replaces=message_id)


def _erase(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return keep_place_button(app, asking, erase_person(app, asking, action.locale, message_id), None)


def _explain_old_button(app: App, locale: str) -> Response:
    return say(app, locale, "button.old", buttons=start_rows(app, locale))


def _show_coming(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return show_coming(app, action.locale, country_of(asking), message_id)


def _show_past(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    page, *_ = (*action.arguments, "")
    return show_past(app, action.locale, int(page) if page.isascii() and page.isdigit() else 0, message_id)


def _show_countries(app: App, _asking: Asking, action: Action, _message_id: int) -> Response:
    return show_countries(app, action.locale)


def _send_calendar(app: App, _asking: Asking, action: Action, _message_id: int) -> Response:
    entry = _find_event(app, action)
    if entry is None or not read_event(entry).begins.has_day:
        return _explain_old_button(app, action.locale)
    caption = app.languages.say(action.locale, "calendar.caption")
    return Response(
        (Reply(caption, action.locale, document=make_file(app.library, app.languages, entry, action.locale)),)
    )


def _offer_reminders(app: App, asking: Asking, action: Action, _message_id: int) -> Response | Lookup:
    entry = _find_event(app, action)
    return offer_reminders(app, asking, action, entry) if entry else _explain_old_button(app, action.locale)


def _toggle_reminder(app: App, asking: Asking, action: Action, message_id: int) -> Response | Lookup:
    entry = _find_event(app, action)
    if entry is None:
        return _explain_old_button(app, action.locale)
    return toggle_reminder(app, asking, action, entry, message_id)


def _come(app: App, asking: Asking, action: Action, _message_id: int) -> Response:
    entry = _find_event(app, action)
    return come(app, asking, action, entry) if entry else _explain_old_button(app, action.locale)


def _follow(app: App, asking: Asking, action: Action, _message_id: int) -> Response | Lookup:
    subject = _first(action)
    wait_or_follow = follow_question if subject.startswith(SUBJECT) else follow
    return wait_or_follow(app, asking, action, subject)


def _follow_event(app: App, asking: Asking, action: Action, _message_id: int) -> Response:
    entry = _find_event(app, action)
    return follow(app, asking, action, f"event/{entry.id}") if entry else _explain_old_button(app, action.locale)


def _unfollow(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return unfollow(app, asking, action.locale, _first(action), message_id)


def _tell_country(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return take_country(app, asking, action, message_id)


def _tell_stakeholder(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return take_stakeholder(app, asking, action, message_id)


def _agree(app: App, asking: Asking, action: Action, message_id: int) -> Response | Lookup:
    """Note the consent, then do what it was needed for."""
    wanted = read_action(":".join((_first(action), action.locale, *action.arguments[1:])))
    if wanted is None or wanted.verb is Verb.AGREE or asking.incoming.in_group:
        return _explain_old_button(app, action.locale)
    agreed, kept = agree(app, asking, action.locale)
    response = PRESSES[wanted.verb](app, agreed, wanted, message_id)
    if isinstance(response, Response):
        return _add_effect(response, kept)
    return lambda conn: _add_effect(response(conn), kept)


def _add_effect(response: Response, effect: Effect) -> Response:
    return Response(response.replies, (effect, *response.effects))


def _decline(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    return say(app, action.locale, "consent.declined", replaces=message_id)


def _show_path(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    key, ticked, *_ = (*action.arguments, "", "")
    return show_path(app, action.locale, key, ticked, message_id)


def _remind_of_path(app: App, asking: Asking, action: Action, _message_id: int) -> Response:
    return remind_of_path(app, asking, action)


def _answer_seat(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    match_id, answer, *_ = (*action.arguments, "", "")
    answered = SeatAnswered(asking.incoming.person, match_id, answer == "yes")
    key = "seat.noted.yes" if answered.agreed else "seat.noted.no"
    return say(app, action.locale, key, answered, replaces=message_id)


def _find_event(app: App, action: Action) -> Entry | None:
    entry = app.library.entry(_first(action))
    return entry if entry is not None and entry.kind == "event" else None


def _first(action: Action) -> str:
    return action.arguments[0] if action.arguments else ""


PRESSES: Mapping[Verb, Callable[[App, Asking, Action, int], Response | Lookup]] = {
    Verb.CHOOSE_LOCALE: _choose_locale,
    Verb.SHOW_LOCALES: _show_locales,
    Verb.SHOW_TOPICS: _show_topics,
    Verb.SHOW_TOPIC: _show_topic,
    Verb.SHOW_ENTRY: _show_entry,
    Verb.THUMB: _take_thumb,
    Verb.NONE_OF_THESE: _admit_none,
    Verb.WITHDRAW_QUESTION: _withdraw_question,
    Verb.ERASE: _erase,
    Verb.SHOW_COMING: _show_coming,
    Verb.SHOW_PAST: _show_past,
    Verb.FORM: respond_to_step,
    Verb.SHOW_COUNTRIES: _show_countries,
    Verb.CALENDAR: _send_calendar,
    Verb.REMIND: _offer_reminders,
    Verb.TOGGLE_REMINDER: _toggle_reminder,
    Verb.COME: _come,
    Verb.FOLLOW: _follow,
    Verb.FOLLOW_EVENT: _follow_event,
    Verb.UNFOLLOW: _unfollow,
    Verb.TELL_COUNTRY: _tell_country,
    Verb.TELL_STAKEHOLDER: _tell_stakeholder,
    Verb.PATH: _show_path,
    Verb.REMIND_OF_PATH: _remind_of_path,
    Verb.SEAT: _answer_seat,
    Verb.SHOW_NEWS: lambda app, asking, action, message_id: show_news(app, asking, action.locale, message_id),
    Verb.NEWS: turn_news,
    Verb.LESS: lambda app, asking, action, _message_id: have_less(app, asking, action),
    Verb.STOP: lambda app, asking, action, _message_id: stop_all(app, asking, action.locale),
    Verb.SHOW_ANNOUNCEMENT: lambda app, _asking, action, _message_id: show_announcement(app, action),
    Verb.DUTY: do_press,
    Verb.HUMAN: respond_to_human,
    Verb.AGREE: _agree,
    Verb.DECLINE: _decline,
}
