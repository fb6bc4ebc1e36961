"""Greeting, help, languages, topics and privacy: what the bot shows of itself."""

from collections.abc import Mapping, Sequence

from bot.content.library import Topic
from bot.messages import Button, Reply, Rows
from bot.services.actions import Verb, action
from bot.services.answers import entry_rows
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.effects import LocaleChosen, PersonErased
from bot.services.holdings import count_holdings
from bot.services.paths import path_rows

ENTRIES_A_PAGE = 8


def greet(app: App, asking: Asking) -> Response:
    """The first message: in the person's language where it is known, else in all of them."""
    if asking.locale:
        return say(app, asking.locale, "start.greeting", buttons=start_rows(app, asking.locale))
    greetings = [app.languages.say(locale, "start.short") for locale in app.languages.locales]
    first = app.languages.locales[0]
    return Response((Reply("\n\n".join(greetings), first, (_language_row(app),)),))


def greet_in_chosen(app: App, asking: Asking, locale: str, replaces: int) -> Response:
    """A language button was pressed: keep the choice and greet in that language, in the same message."""
    choice = LocaleChosen(asking.incoming.person, locale)
    return say(app, locale, "start.chosen", choice, buttons=start_rows(app, locale), replaces=replaces)


def show_help(app: App, asking: Asking) -> Response:
    locale = locale_of(app, asking)
    return say(app, locale, "help.text", buttons=start_rows(app, locale))


def show_languages(app: App, asking: Asking, replaces: int | None = None) -> Response:
    """The languages to choose from, asked in every one of them."""
    asked = "\n".join(app.languages.say(locale, "language.ask") for locale in app.languages.locales)
    return Response((Reply(asked, locale_of(app, asking), (_language_row(app),), replaces),))


def show_topics(app: App, locale: str, replaces: int | None = None) -> Response:
    return say(app, locale, "topics.text", buttons=_topic_rows(app, locale), replaces=replaces)


def show_topic(app: App, locale: str, topic: Topic, page: int, replaces: int | None = None) -> Response:
    """One page of a topic's questions, with buttons to the other pages and back to the topics."""
    entries = [entry for entry in app.library.entries_of(topic.id) if entry.is_valid_on(app.today())]
    last = max(0, (len(entries) - 1) // ENTRIES_A_PAGE)
    page = min(max(page, 0), last)
    shown = entries[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
    rows = (*entry_rows(shown, locale), *_page_rows(app, locale, topic, page, last))
    title = f"{topic.emoji} {topic.title(locale)}"
    return say(app, locale, "topic.text", buttons=rows, replaces=replaces, topic=title)


def show_privacy(app: App, asking: Asking) -> Lookup:
    """What is stored about this person, and the button that erases it."""
    return lambda conn: _show_holdings(app, asking, count_holdings(conn, asking.incoming.person))


def _show_holdings(app: App, asking: Asking, counts: Mapping[str, int]) -> Response:
    locale = locale_of(app, asking)
    if not counts:
        nothing = app.languages.say(locale, "privacy.nothing")
        return Response((Reply(f"{nothing}\n\n{app.languages.say(locale, 'privacy.rest')}", locale),))
    language = app.languages[locale].name
    lines = [f"• {app.languages.say_count(locale, key, count, language=language)}" for key, count in counts.items()]
    parts = (app.languages.say(locale, "privacy.stored"), "\n".join(lines), app.languages.say(locale, "privacy.rest"))
    erase = Button(app.languages.say(locale, "privacy.erase"), action(Verb.ERASE, locale))
    return Response((Reply("\n\n".join(parts), locale, ((erase,),)),))


def erase_person(app: App, asking: Asking, locale: str, replaces: int) -> Response:
    return say(app, locale, "privacy.erased", PersonErased(asking.incoming.person), replaces=replaces)


def start_rows(app: App, locale: str) -> Rows:
    """What is coming up and the news, the way in, the topics, then one button for the other languages."""
    coming = Button(app.languages.say(locale, "events.button"), action(Verb.SHOW_COMING, locale))
    news = Button(app.languages.say(locale, "news.button"), action(Verb.SHOW_NEWS, locale))
    languages = Button(app.languages.say(locale, "menu.languages"), action(Verb.SHOW_LOCALES, locale))
    return ((coming, news), *path_rows(app, locale), *_topic_rows(app, locale), (languages,))


def locale_of(app: App, asking: Asking) -> str:
    """The language to use where nothing else tells: the one known, else English, else the first there is."""
    fallback = "en" if "en" in app.languages else app.languages.locales[0]
    return asking.locale or fallback


def _topic_rows(app: App, locale: str) -> Rows:
    buttons = [
        Button(f"{topic.emoji} {topic.title(locale)}", action(Verb.SHOW_TOPIC, locale, topic.id, "0"))
        for topic in app.library.topics
        if app.library.entries_of(topic.id)
    ]
    return in_pairs(buttons)


def _page_rows(app: App, locale: str, topic: Topic, page: int, last: int) -> Rows:
    def turn(key: str, to: int) -> Button:
        return Button(app.languages.say(locale, key), action(Verb.SHOW_TOPIC, locale, topic.id, str(to)))

    turns = [turn("page.previous", page - 1)] * (page > 0) + [turn("page.next", page + 1)] * (page < last)
    back = Button(app.languages.say(locale, "menu.topics"), action(Verb.SHOW_TOPICS, locale))
    return (*([tuple(turns)] if turns else []), (back,))


def _language_row(app: App) -> tuple[Button, ...]:
    return tuple(
        Button(app.languages[locale].name, action(Verb.CHOOSE_LOCALE, locale)) for locale in app.languages.locales
    )


def in_pairs(buttons: Sequence[Button]) -> Rows:
    """Two buttons a row: what a narrow phone shows without cutting words."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
