"""The way in, question by question, to a list of steps that can be ticked.

Nothing about the person is kept: which steps are ticked stands in the buttons of the message itself.
"""

from datetime import timedelta
from html import escape

from bot.content.path import WayFields
from bot.messages import Button, Reply, Rows
from bot.services.actions import Action, Verb, action
from bot.services.alarms import Wake
from bot.services.app import App
from bot.services.asking import Asking, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import AlarmSet

KIND = "path"
REMINDED_AFTER = timedelta(days=30)


def begin_path(app: App, locale: str, replaces: int | None = None) -> Response:
    """The first question, or that there is none."""
    return show_path(app, locale, app.library.way_in.first, "", replaces)


def show_path(app: App, locale: str, key: str, ticked: str, replaces: int | None = None) -> Response:
    """A question or a way; what is not there any more begins anew."""
    way_in = app.library.way_in
    if key in way_in.ways:
        return Response((draw_way(app, locale, key, _read_ticks(ticked), replaces),))
    asked = key if key in way_in.questions else way_in.first
    if not asked:
        return say(app, locale, "path.none", replaces=replaces)
    return Response((_draw_question(app, locale, asked, replaces),))


def draw_way(app: App, locale: str, key: str, ticks: int, replaces: int | None = None) -> Reply:
    """The steps of a way; `ticks` has one bit for each that is done."""
    way = app.library.way_in.ways[key]
    languages = app.languages
    done = sum(bool(ticks & (1 << number)) for number in range(len(way.steps)))
    parts = (
        f"<b>{escape(languages.isolate_foreign(locale, way.title[locale]), quote=False)}</b>",
        f"<i>{escape(languages.isolate_foreign(locale, way.note[locale]), quote=False)}</i>",
        "\n".join(_draw_step(app, locale, way, number, ticks) for number in range(len(way.steps))),
        languages.say(locale, "path.progress", done=done, all=len(way.steps)),
    )
    return Reply("\n\n".join(parts), locale, _way_rows(app, locale, key, way, ticks), replaces)


def remind_of_path(app: App, asking: Asking, wanted: Action) -> Response:
    """Come back to a way's steps in a month."""
    key, ticked, *_ = (*wanted.arguments, "", "")
    if key not in app.library.way_in.ways:
        return begin_path(app, wanted.locale)
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)
    incoming = asking.incoming
    due_at = app.clock() + REMINDED_AFTER
    wake = Wake(incoming.person, incoming.address, wanted.locale, KIND, key, str(_read_ticks(ticked)), due_at)
    day = app.languages.format_date(wanted.locale, due_at.date())
    return say(app, wanted.locale, "path.reminded", AlarmSet(wake), day=day)


def say_path(app: App, wake: Wake) -> Reply | None:
    """What the reminder says: the steps as they stood."""
    if wake.subject not in app.library.way_in.ways:
        return None
    drawn = draw_way(app, wake.locale, wake.subject, _read_ticks(wake.which))
    head = app.languages.say(wake.locale, "path.reminder")
    return Reply(f"⏰ {head}\n\n{drawn.html}", wake.locale, drawn.buttons)


def path_rows(app: App, locale: str) -> Rows:
    """The button that begins, where the content has a path."""
    if not app.library.way_in.first:
        return ()
    return ((Button(app.languages.say(locale, "path.button"), action(Verb.PATH, locale, "")),),)


def _draw_question(app: App, locale: str, key: str, replaces: int | None) -> Reply:
    question = app.library.way_in.questions[key]
    choices = tuple((Button(choice.say[locale], action(Verb.PATH, locale, choice.to)),) for choice in question.choices)
    again = () if key == app.library.way_in.first else (_again(app, locale),)
    html = escape(app.languages.isolate_foreign(locale, question.ask[locale]), quote=False)
    return Reply(html, locale, (*choices, *again), replaces)


def _draw_step(app: App, locale: str, way: WayFields, number: int, ticks: int) -> str:
    text = escape(app.languages.isolate_foreign(locale, way.steps[number][locale]), quote=False)
    return f"✅ <s>{text}</s>" if ticks & (1 << number) else f"{number + 1}. {text}"


def _way_rows(app: App, locale: str, key: str, way: WayFields, ticks: int) -> Rows:
    steps = tuple(
        Button(
            f"{'✅' if ticks & (1 << number) else '☐'} {number + 1}",
            action(Verb.PATH, locale, key, str(ticks ^ (1 << number))),
        )
        for number in range(len(way.steps))
    )
    entry = app.library.entry(way.more)
    more = ((Button(entry.title(locale), action(Verb.SHOW_ENTRY, locale, entry.id)),),) if entry else ()
    wait = Button(app.languages.say(locale, "path.wait"), action(Verb.FOLLOW_EVENT, locale, way.event))
    remind = Button(app.languages.say(locale, "path.remind"), action(Verb.REMIND_OF_PATH, locale, key, str(ticks)))
    return (
        *(steps[start : start + 4] for start in range(0, len(steps), 4)),
        *more,
        (wait,),
        (remind,),
        _again(app, locale),
    )


def _again(app: App, locale: str) -> tuple[Button, ...]:
    return (Button(app.languages.say(locale, "path.again"), action(Verb.PATH, locale, "")),)


def _read_ticks(text: str) -> int:
    """The ticks a button carries; a forged one ticks nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("255") else 0
