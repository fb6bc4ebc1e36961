"""Announcements as people see to them: which they want, fewer of them, or none at all."""

from collections.abc import Collection

from bot.messages import Button, Reply, Rows
from bot.services.actions import Action, Verb, action
from bot.services.announcements import LESS, NEWS, draw, find_announcement
from bot.services.answers import SAFETY_TOPIC
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.consent import ask_consent
from bot.services.effects import Followed, Unfollowed
from bot.services.menus import in_pairs
from bot.storage import broadcasts, follows
from bot.storage.database import Connection


def show_news(app: App, asking: Asking, locale: str, replaces: int | None = None) -> Lookup:
    """What somebody is told of: everything, or topics by choice; each a button that turns."""

    def find(conn: Connection) -> Response:
        followed = set(follows.find_follows(conn, asking.incoming.person))
        return _show(app, locale, followed, replaces)

    return find


def turn_news(app: App, asking: Asking, wanted: Action, message_id: int) -> Response | Lookup:
    """Follow all announcements or those of a topic, or no longer. The first time, consent is asked."""
    if not asking.has_agreed:
        return ask_consent(app, asking, wanted)
    topic = wanted.arguments[0] if wanted.arguments else ""
    # Who wants to hear of safety is nobody's business, and so not kept.
    if topic and (topic == SAFETY_TOPIC or topic not in {one.id for one in app.library.topics}):
        return say(app, wanted.locale, "announcement.gone")
    subject = f"topic/{topic}" if topic else NEWS
    person = asking.incoming.person

    def turn(conn: Connection) -> Response:
        followed = set(follows.find_follows(conn, person))
        turned = followed ^ {subject}
        # Whoever asks for a topic again has changed their mind about having less of it.
        muted = f"{LESS}/{topic}" if topic else LESS
        effect = Unfollowed(person, subject) if subject in followed else Followed(person, subject)
        response = _show(app, wanted.locale, turned, message_id)
        return Response(response.replies, (effect, Unfollowed(person, muted)))

    return turn


def have_less(app: App, asking: Asking, wanted: Action) -> Response:
    """No more of an announcement's topic; where it has none, all of them come bundled once a week."""
    topics = (one for one in app.library.topics if one.id != SAFETY_TOPIC)
    topic = next((one for one in topics if one.id in wanted.arguments), None)
    subject = f"{LESS}/{topic.id}" if topic else LESS
    again = Button(app.languages.say(wanted.locale, "news.again"), action(Verb.UNFOLLOW, wanted.locale, subject))
    key = "news.less_of_topic" if topic else "news.less"
    title = topic.title(wanted.locale) if topic else ""
    return say(app, wanted.locale, key, Followed(asking.incoming.person, subject), buttons=((again,),), topic=title)


def show_announcement(app: App, wanted: Action) -> Lookup:
    """The whole of an announcement that a digest named."""
    announcement_id = wanted.arguments[0] if wanted.arguments else ""

    def find(conn: Connection) -> Response:
        announcement = find_announcement(conn, announcement_id)
        run = broadcasts.find_by_announcement(conn, announcement_id)
        if announcement is None or run is None or run.is_filled is False:
            return say(app, wanted.locale, "announcement.gone")
        return Response((draw(app, announcement, wanted.locale),))

    return find


def _show(app: App, locale: str, followed: Collection[str], replaces: int | None) -> Response:
    def button(label: str, subject: str, topic: str) -> Button:
        mark = "🔔" if subject in followed else "🔕"
        return Button(f"{mark} {label}", action(Verb.NEWS, locale, *([topic] if topic else [])))

    topics = [
        button(one.title(locale), f"topic/{one.id}", one.id)
        for one in app.library.topics
        if one.id != SAFETY_TOPIC and any(entry.sources for entry in app.library.entries_of(one.id))
    ]
    everything = button(app.languages.say(locale, "news.all"), NEWS, "")
    rows: Rows = ((everything,), *in_pairs(topics))
    limit = app.languages.say_count(locale, "news.limit", app.attention.most_a_week)
    return Response((Reply(f"{app.languages.say(locale, 'news.text')}\n\n{limit}", locale, rows, replaces),))
