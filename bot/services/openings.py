"""What a command shows, wherever somebody asks for it: typed, in a link, or in words that an entry stands for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response
from bot.services.events import country_of, show_coming
from bot.services.following import show_following, stop_all
from bot.services.forms import go_on_with, list_forms
from bot.services.human import offer_human
from bot.services.menus import locale_of, show_help, show_languages, show_privacy, show_topics
from bot.services.networks import show_countries
from bot.services.news import show_news
from bot.services.paths import begin_path
from bot.services.submissions import list_submissions

OPENINGS: Mapping[str, Callable[[App, Asking], Response | Lookup]] = {
    "help": show_help,
    "language": show_languages,
    "topics": lambda app, asking: show_topics(app, locale_of(app, asking)),
    "events": lambda app, asking: show_coming(app, locale_of(app, asking), country_of(asking)),
    "networks": lambda app, asking: show_countries(app, locale_of(app, asking)),
    "takepart": lambda app, asking: begin_path(app, locale_of(app, asking)),
    "forms": list_forms,
    "continue": go_on_with,
    "submissions": list_submissions,
    "news": lambda app, asking: show_news(app, asking, locale_of(app, asking)),
    "following": lambda app, asking: show_following(app, asking, locale_of(app, asking)),
    "stop": lambda app, asking: stop_all(app, asking, locale_of(app, asking)),
    "human": offer_human,
    "privacy": show_privacy,
}


def open_too(app: App, asking: Asking, response: Response) -> Response | Lookup:
    """The response, and after it what the entry in it opens, in the same language; in a group only the response."""
    if not response.opens or asking.incoming.in_group:
        return response
    opened = OPENINGS[response.opens](app, replace(asking, locale=response.replies[-1].locale))
    if isinstance(opened, Response):
        return _join(response, opened)
    return lambda conn: _join(response, opened(conn))


def _join(first: Response, second: Response) -> Response:
    return Response((*first.replies, *second.replies), (*first.effects, *second.effects))
