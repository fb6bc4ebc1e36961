"""What pressing a button does: one function for each verb."""

from collections.abc import Callable, Mapping

from bot.messages import Pressed, Reply
from bot.services.actions import Action, Verb, read_action
from bot.services.answers import answer, answer_buttons, unknown_reply
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.effects import QuestionSettled, QuestionWithdrawn, ThumbGiven
from bot.services.menus import (
    erase_person,
    greet_in_chosen,
    locale_of,
    show_languages,
    show_topic,
    show_topics,
    start_rows,
)
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome


def respond_to_press(app: App, asking: Asking, pressed: Pressed) -> Response | Lookup:
    """The response to a press; a button of an older version, or a forged one, gets the menu."""
    action = read_action(pressed.action)
    if action is not None and action.verb is Verb.NOTED:
        return Response()
    if action is None or action.locale not in app.languages:
        return _explain_old_button(app, locale_of(app, asking))
    return PRESSES[action.verb](app, asking, action, pressed.message_id)


def _choose_locale(app: App, asking: Asking, action: Action, message_id: int) -> Response:
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


def _show_entry(app: App, _asking: Asking, action: Action, _message_id: int) -> Response:
    wanted, question_id, *_ = (*action.arguments, "", "")
    entry = app.library.entry(wanted)
    if entry is None or not entry.is_valid_on(app.today()):
        return _explain_old_button(app, action.locale)
    effects = (QuestionSettled(question_id, Outcome.CHOSEN, entry.id),) if question_id else ()
    return Response((answer(app, entry, action.locale),), effects)


def _take_thumb(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    wanted, given, *_ = (*action.arguments, "", "")
    entry = app.library.entry(wanted)
    if entry is None or given not in set(Thumb):
        return _explain_old_button(app, action.locale)
    thumb = Thumb(given)
    rows = answer_buttons(app, entry, action.locale, thumb)
    return Response((Reply("", action.locale, rows, message_id),), (ThumbGiven(entry.id, action.locale, thumb),))


def _admit_none(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    question_id, *_ = (*action.arguments, "")
    effects = (QuestionSettled(question_id, Outcome.NONE_OF_THESE),) if question_id else ()
    return Response((unknown_reply(app, action.locale, "unknown.text", question_id, message_id),), effects)


def _withdraw_question(app: App, _asking: Asking, action: Action, message_id: int) -> Response:
    question_id, *_ = (*action.arguments, "")
    return say(app, action.locale, "unknown.withdrawn", QuestionWithdrawn(question_id), replaces=message_id)


def _erase(app: App, asking: Asking, action: Action, message_id: int) -> Response:
    return erase_person(app, asking, action.locale, message_id)


def _explain_old_button(app: App, locale: str) -> Response:
    return say(app, locale, "button.old", buttons=start_rows(app, locale))


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
}
