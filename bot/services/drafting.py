"""Writing an announcement in the chat: its texts, what it is about, and whom it is for, a button for each."""

from dataclasses import replace
from html import escape

from bot.content.announcements import CAPTION_LENGTH, LENGTH, render_section
from bot.content.files import Section
from bot.content.markdown import Place, check_link
from bot.content.problems import Problem
from bot.errors import AudienceUnreadable
from bot.messages import Attachment, Button, Reply, Rows, Sent
from bot.services.actions import Verb, action
from bot.services.announcements import Announcement, Attached, describe_missing, read_file, take_written
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.choices import Choices
from bot.services.effects import Privileged
from bot.services.menus import in_pairs
from bot.services.privileges import Call, await_text, duty_button, privileged
from bot.services.targeting import make_key, show_kinds, show_values, turn_value
from bot.storage import broadcasts
from bot.storage.database import Connection
from bot.storage.roles import Role

ORGANIZERS = (Role.ORGANIZER,)
FILE_BYTES = 200_000
MARKDOWN = ".md"


def show_draft(app: App, asking: Asking, call: Call, _conn: Connection, draft: Announcement) -> Response:
    """What it says so far, and a button for each part; kept as it now stands."""
    reply = Reply(_describe(app, draft, call.locale), call.locale, _rows(app, draft, call.locale), call.message_id)
    return Response((reply,), (keep(app, asking, call, draft),))


def keep(app: App, asking: Asking, call: Call, draft: Announcement) -> Privileged:
    """Keep a draft. It is no act by itself, and so not logged."""

    def write(conn: Connection) -> None:
        broadcasts.keep_announcement(conn, draft.id, call.holder.holder, draft.to_json(), app.clock())

    return privileged(asking, ORGANIZERS, "", draft.id, write)


def drop(asking: Asking, draft: Announcement) -> Privileged:
    """Forget a draft."""
    return privileged(asking, ORGANIZERS, "", draft.id, lambda conn: broadcasts.forget_draft(conn, draft.id))


def ask_text(app: App, asking: Asking, call: Call, _conn: Connection, draft: Announcement) -> Response:
    """Ask for the text in one language."""
    locale = call.text
    if locale not in app.languages:
        return say(app, call.locale, "draft.gone")
    waiting = await_text(asking, "draft", draft.id, "take", locale)
    return say(app, call.locale, "draft.ask_text", waiting, language=app.languages.language_name(call.locale, locale))


def take_text(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """The text in one language: its first line is the title."""
    locale = call.arguments[0]
    title, _, body = call.text.strip().partition("\n")
    problems: list[Problem] = []
    section = Section(locale, 1, title.strip(), body=body.strip("\n"), body_line=2)
    most = CAPTION_LENGTH if draft.attached else LENGTH
    html = render_section(section, app.languages[locale].name, app.languages, most, problems)
    if problems:
        return _refuse(app, asking, call, draft, problems, "take", locale)
    changed = replace(draft, titles={**draft.titles, locale: title.strip()}, texts={**draft.texts, locale: html})
    return show_draft(app, asking, call, conn, changed)


def take_file(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Ask for a file; a Markdown file is the announcement itself, a picture or another document goes with it."""
    sent = call.said
    if sent is None:
        return say(app, call.locale, "draft.ask_file", await_text(asking, "draft", draft.id, "file"))
    if not isinstance(sent, Sent) or not sent.file or sent.attachment not in (Attachment.PHOTO, Attachment.DOCUMENT):
        return say(app, call.locale, "draft.no_file", await_text(asking, "draft", draft.id, "file"))
    if sent.attachment is Attachment.DOCUMENT and sent.name.lower().endswith(MARKDOWN):
        return Response(errand=Errand(lambda: _read_file(app, asking, call, draft, sent)))
    if any(len(text) > CAPTION_LENGTH for text in draft.texts.values()):
        return say(app, call.locale, "draft.caption_long", most=CAPTION_LENGTH)
    return show_draft(app, asking, call, conn, replace(draft, attached=Attached(sent.attachment, sent.name, sent.file)))


async def _read_file(app: App, asking: Asking, call: Call, draft: Announcement, sent: Sent) -> Lookup:
    content = await app.fetch_file(sent.file, FILE_BYTES)
    if content is None:
        return lambda _conn: say(app, call.locale, "draft.file_large", kilobytes=FILE_BYTES // 1000)
    text = content.decode("utf-8-sig", "replace")
    return lambda conn: _take_written(app, asking, call, conn, draft, text, sent.name)


def _take_written(
    app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement, text: str, name: str
) -> Response:
    written, problems = read_file(app, text, name)
    try:
        changed = take_written(app, draft, written) if written and not problems else draft
    except AudienceUnreadable as error:
        problems.append(Problem(name, 1, "audience", str(error)))
    if problems:
        return _refuse(app, asking, call, draft, problems, "file")
    return show_draft(app, asking, call, conn, changed)


def _refuse(app: App, asking: Asking, call: Call, draft: Announcement, problems: list[Problem], *step: str) -> Response:
    lines = "\n".join(f"{one.file}:{one.line}: {one.sentence}" for one in problems[:10])
    return say(app, call.locale, "draft.problems", await_text(asking, "draft", draft.id, *step), problems=lines)


def choose_topic(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """The topics to choose from; chosen again one is taken away."""
    if not call.arguments:
        buttons = [
            Button(f"{one.emoji} {one.title(call.locale)}", _step(call, draft, "topic", one.id))
            for one in app.library.topics
        ]
        return _ask_choice(app, call, draft, "draft.choose_topic", in_pairs(buttons))
    wanted = call.text if call.text in {topic.id for topic in app.library.topics} and call.text != draft.topic else ""
    return show_draft(app, asking, call, conn, replace(draft, topic=wanted))


def choose_event(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """The events to choose from, likewise."""
    events = app.library.entries_of_kind("event")
    if not call.arguments:
        buttons = [(Button(one.title(call.locale), _step(call, draft, "event", make_key(one.id))),) for one in events]
        return _ask_choice(app, call, draft, "draft.choose_event", tuple(buttons))
    wanted = next((one.id for one in events if make_key(one.id) == call.text), "")
    return show_draft(app, asking, call, conn, replace(draft, event="" if wanted == draft.event else wanted))


def choose_urgency(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """An emergency needs a reason, which is logged; a second press takes it back."""
    if draft.urgent:
        return show_draft(app, asking, call, conn, replace(draft, urgent=False, reason=""))
    if call.said is None or not call.text.strip():
        return say(app, call.locale, "draft.ask_reason", await_text(asking, "draft", draft.id, "urgent"))
    return show_draft(app, asking, call, conn, replace(draft, urgent=True, reason=call.text.strip()[:500]))


def ask_link(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """The address a button opens; `-` takes it away."""
    if call.said is None:
        return say(app, call.locale, "draft.ask_link", await_text(asking, "draft", draft.id, "link"))
    problems: list[Problem] = []
    link = "" if call.text.strip() == "-" else call.text.strip()
    if link:
        check_link(link, Place("link", 1), problems)
    if problems:
        return _refuse(app, asking, call, draft, problems, "link")
    return show_draft(app, asking, call, conn, replace(draft, link=link))


def choose_audience(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """The kinds of condition, or the values of one."""
    del asking
    page = show_values(app, draft, call.text, call.locale) if call.arguments else None
    return Response((replace(page or show_kinds(app, conn, draft, call.locale), replaces=call.message_id),))


def turn(app: App, asking: Asking, call: Call, _conn: Connection, draft: Announcement) -> Response:
    """One value wanted, left out, or neither."""
    kind, key, *_ = (*call.arguments, "", "")
    changed = replace(draft, audience=turn_value(app, draft, kind, key, call.locale).to_audience())
    page = show_values(app, changed, kind, call.locale)
    return Response((replace(page, replaces=call.message_id),), (keep(app, asking, call, changed),))


def turn_joint(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Whether every kind of condition must be met, or one is enough."""
    choices = Choices.from_audience(draft.audience) or Choices()
    return _retarget(app, asking, call, conn, draft, replace(choices, any_will_do=not choices.any_will_do))


def begin_anew(app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement) -> Response:
    """Everybody again."""
    return _retarget(app, asking, call, conn, draft, Choices())


def _retarget(
    app: App, asking: Asking, call: Call, conn: Connection, draft: Announcement, choices: Choices
) -> Response:
    changed = replace(draft, audience=choices.to_audience())
    page = replace(show_kinds(app, conn, changed, call.locale), replaces=call.message_id)
    return Response((page,), (keep(app, asking, call, changed),))


def _ask_choice(app: App, call: Call, draft: Announcement, key: str, rows: Rows) -> Response:
    back = duty_button(app, call.locale, "draft.back", "draft", draft.id)
    return say(app, call.locale, key, buttons=(*rows, (back,)), replaces=call.message_id)


def _step(call: Call, draft: Announcement, *step: str) -> str:
    return action(Verb.DUTY, call.locale, "draft", draft.id, *step)


def _describe(app: App, draft: Announcement, locale: str) -> str:
    """Each language with its title, or that it is missing and what its readers get instead."""
    languages = app.languages
    lines = [
        languages.say(
            locale, "draft.line", language=languages.language_name(locale, one), title=draft.titles[one] or "…"
        )
        for one in draft.texts
    ]
    lines += describe_missing(app, draft, locale) if draft.texts else []
    topic = next((one.title(locale) for one in app.library.topics if one.id == draft.topic), "")
    event = app.library.entry(draft.event)
    about = {
        "draft.topic": topic,
        "draft.event": event.title(locale) if event else "",
        "draft.reason": draft.reason,
        "draft.attached": (draft.attached.name or draft.attached.kind.value) if draft.attached else "",
        "draft.link": draft.link,
    }
    lines += [
        languages.pair(locale, languages.say(locale, key), escape(value, quote=False))
        for key, value in about.items()
        if value
    ]
    return "\n".join([languages.say(locale, "draft.text"), "", *lines])


def _rows(app: App, draft: Announcement, locale: str) -> Rows:
    def button(key: str, *step: str) -> Button:
        return duty_button(app, locale, key, "draft", draft.id, *step)

    texts = tuple(
        Button(
            f"{'✅' if one in draft.texts else '✏️'} {app.languages[one].name}",
            action(Verb.DUTY, locale, "draft", draft.id, "text", one),
        )
        for one in app.languages.locales
    )
    return (
        texts,
        (button("draft.file", "file"), button("draft.audience", "who")),
        (button("draft.topic", "topic"), button("draft.event", "event")),
        (button("draft.urgent", "urgent"), button("draft.link", "link")),
        (button("draft.preview", "preview"), button("draft.test", "test")),
        (button("draft.send", "send"), button("draft.discard", "discard")),
    )
