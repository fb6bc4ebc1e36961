"""What people want to be told of, and who means to come: asked once, shown, taken back with one press."""

from collections.abc import Sequence

from bot.content.library import Entry
from bot.messages import Button, Reply, Rows
from bot.services.actions import Action, Verb, action
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import AllStopped, CountryTold, Followed, StakeholderTold, Unfollowed
from bot.services.gaps import read_question, shorten
from bot.services.menus import in_pairs
from bot.storage import follows, questions
from bot.storage.database import Connection

# The groups the region's consultations list (10 February 2022; E/ESCWA/CL2.GPID/2024/WG.6/Report, para. 3).
STAKEHOLDERS = (
    "migrants",
    "csos",
    "diaspora",
    "faith",
    "local",
    "private",
    "unions",
    "parliament",
    "nhri",
    "redcross",
    "academia",
    "media",
    "state",
    "other",
)
NOT_TOLD = "-"


def follow(app: App, asking: Asking, wanted: Action, subject: str) -> Response:
    """Tell the person of a subject from now on."""
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)
    stop = Button(app.languages.say(wanted.locale, "follow.stop"), action(Verb.UNFOLLOW, wanted.locale, subject))
    return say(app, wanted.locale, "follow.noted", Followed(asking.incoming.person, subject), buttons=((stop,),))


def unfollow(app: App, asking: Asking, locale: str, subject: str, message_id: int) -> Response:
    return say(app, locale, "follow.stopped", Unfollowed(asking.incoming.person, subject), replaces=message_id)


def come(app: App, asking: Asking, wanted: Action, entry: Entry) -> Response:
    """Note that the person means to come; ask what is not known yet, one thing at a time."""
    if not asking.has_agreed or asking.known is None:
        return ask_consent(app, asking, wanted)
    noted = Followed(asking.incoming.person, f"coming/{entry.id}")
    if not asking.known.country:
        return say(app, wanted.locale, "come.country", noted, buttons=country_rows(app, wanted.locale, entry.id))
    if not asking.known.stakeholder:
        return say(
            app, wanted.locale, "come.stakeholder", noted, buttons=_stakeholder_rows(app, wanted.locale, entry.id)
        )
    return _confirm(app, wanted.locale, entry.id, noted)


def take_country(app: App, asking: Asking, wanted: Action, message_id: int) -> Response:
    """The country was told, or not: then the kind of stakeholder."""
    country, subject, *_ = (*wanted.arguments, "", "")
    told = CountryTold(asking.incoming.person, country if app.languages.is_country(country) else NOT_TOLD)
    if asking.known is not None and asking.known.stakeholder:
        return _confirm(app, wanted.locale, subject, told, message_id)
    rows = _stakeholder_rows(app, wanted.locale, subject)
    return say(app, wanted.locale, "come.stakeholder", told, buttons=rows, replaces=message_id)


def take_stakeholder(app: App, asking: Asking, wanted: Action, message_id: int) -> Response:
    stakeholder, subject, *_ = (*wanted.arguments, "", "")
    told = StakeholderTold(asking.incoming.person, stakeholder if stakeholder in STAKEHOLDERS else NOT_TOLD)
    return _confirm(app, wanted.locale, subject, told, message_id)


def show_following(app: App, asking: Asking, locale: str) -> Lookup:
    """What the person follows and where they mean to come, each with a button to stop."""
    return lambda conn: _list_follows(app, locale, conn, follows.find_follows(conn, asking.incoming.person))


def stop_all(app: App, asking: Asking, locale: str) -> Response:
    """End everything the bot would write about by itself."""
    return say(app, locale, "stop.done", AllStopped(asking.incoming.person))


def country_rows(app: App, locale: str, subject: str) -> Rows:
    """The countries that have a network's card, by name, and one button to leave it untold."""
    codes = [
        str(code) for entry in app.library.entries_of_kind("network") if (code := getattr(entry.fields, "country", ""))
    ]
    named = sorted((app.languages.country_name(locale, code), code) for code in codes)
    buttons = [Button(name, action(Verb.TELL_COUNTRY, locale, code, subject)) for name, code in named]
    skip = Button(app.languages.say(locale, "come.skip"), action(Verb.TELL_COUNTRY, locale, NOT_TOLD, subject))
    return (*in_pairs(buttons), (skip,))


def _stakeholder_rows(app: App, locale: str, subject: str) -> Rows:
    buttons = [
        Button(app.languages.say(locale, f"stakeholder.{one}"), action(Verb.TELL_STAKEHOLDER, locale, one, subject))
        for one in STAKEHOLDERS
    ]
    skip = Button(app.languages.say(locale, "come.skip"), action(Verb.TELL_STAKEHOLDER, locale, NOT_TOLD, subject))
    return (*in_pairs(buttons), (skip,))


def _confirm(
    app: App,
    locale: str,
    event: str,
    effect: Followed | CountryTold | StakeholderTold,
    message_id: int | None = None,
) -> Response:
    entry = app.library.entry(event)
    title = entry.title(locale) if entry else ""
    stop = Button(app.languages.say(locale, "come.stop"), action(Verb.UNFOLLOW, locale, f"coming/{event}"))
    return say(app, locale, "come.noted", effect, buttons=((stop,),), replaces=message_id, title=title)


def _list_follows(app: App, locale: str, conn: Connection, subjects: Sequence[str]) -> Response:
    if not subjects:
        return say(app, locale, "following.none")
    rows = tuple(
        (Button(f"✖️ {name_subject(app, conn, subject, locale)}", action(Verb.UNFOLLOW, locale, subject)),)
        for subject in subjects
    )
    return Response((Reply(app.languages.say(locale, "following.text"), locale, rows),))


def name_subject(app: App, conn: Connection, subject: str, locale: str) -> str:
    """A subject as people read it."""
    kind, _, about = subject.partition("/")
    entry = app.library.entry(about) if kind not in ("topic", "less") else None
    if entry is not None:
        return entry.title(locale)
    question = questions.find_question(conn, about) if kind == "question" else None
    if question is not None:
        return f"❓ {shorten(read_question(app, question))}"
    topic = next((one.title(locale) for one in app.library.topics if one.id == about), "")
    return app.languages.say(locale, f"subject.{kind}", topic=topic).strip()
