"""The button that sends where somebody is: there while a form asks for a place, and taken away after."""

import re
from dataclasses import replace

from bot.messages import Reply
from bot.services.app import App
from bot.services.asking import Asking, Response
from bot.services.filling import Filling

_NUMBER = re.compile(r"\[\d+\]")


def keep_place_button(app: App, asking: Asking, response: Response, now: Filling | None) -> Response:
    """The response with the button brought or taken away, as the form one is inside of `now` asks for a place or not."""
    before = asking.filling if asking.filling and _asks_place(asking.filling) else None
    if now is not None and _asks_place(now):
        return response if before else _offer(app, response, now.session.locale)
    return response if before is None else _take_away(app, response, before, now)


def _offer(app: App, response: Response, locale: str) -> Response:
    label = app.languages.say(locale, "form.place.button")
    offer = Reply(app.languages.say(locale, "form.place.offer"), locale, place_button=label)
    return replace(response, replies=(*response.replies, offer))


def _take_away(app: App, response: Response, before: Filling, now: Filling | None) -> Response:
    """Said first, so that what comes next stands last; nothing further up is changed then."""
    answers = {} if now is None else now.session.answers
    key = "form.place.taken" if answers.get(before.session.at) else "form.place.left"
    locale = before.session.locale
    away = Reply(app.languages.say(locale, key), locale, place_button="")
    return replace(response, replies=(away, *(replace(one, replaces=None) for one in response.replies)))


def _asks_place(filling: Filling) -> bool:
    part = filling.form.parts.get(_NUMBER.sub("", filling.session.at))
    return getattr(part, "kind", "") == "geopoint"
