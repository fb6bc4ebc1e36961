"""Choosing an audience with buttons: kinds of condition, their values, and how many people that reaches."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

from bot.messages import Button, Reply
from bot.services.actions import Verb, action
from bot.services.announcements import Announcement, find_reach
from bot.services.app import App
from bot.services.audiences import REGION, REGIONS, write_audience
from bot.services.choices import Choices
from bot.services.following import STAKEHOLDERS
from bot.services.form_texts import title
from bot.services.menus import in_pairs
from bot.services.privileges import duty_button
from bot.services.reports import LEAST
from bot.storage.audiences import Criterion, Is, count_reached
from bot.storage.database import Connection

VALUES_A_PAGE = 24


def show_kinds(app: App, conn: Connection, announcement: Announcement, locale: str) -> Reply:
    """The kinds of condition, whether one is enough, and what is reached as it now stands."""
    kinds = [
        duty_button(app, locale, f"audience.{kind}", "draft", announcement.id, "who", kind)
        for kind in (*Criterion, REGION)
    ]
    choices = Choices.from_audience(announcement.audience) or Choices()
    key = "audience.any" if choices.any_will_do else "audience.every"
    joint = duty_button(app, locale, key, "draft", announcement.id, "joint")
    anew = duty_button(app, locale, "audience.anew", "draft", announcement.id, "anew")
    back = duty_button(app, locale, "draft.back", "draft", announcement.id)
    html = f"{app.languages.say(locale, 'audience.text')}\n\n{describe_reach(app, conn, announcement, locale)}"
    return Reply(html, locale, (*in_pairs(kinds), (joint,), (anew, back)))


def show_values(app: App, announcement: Announcement, kind: str, locale: str) -> Reply:
    """The values of one kind, each as it is chosen: wanted, left out, or neither."""
    choices = Choices.from_audience(announcement.audience) or Choices()
    buttons = [
        _value_button(announcement.id, kind, value, f"{_mark(choices, kind, value)}{label}", locale)
        for value, label in name_values(app, kind, locale)[:VALUES_A_PAGE]
    ]
    back = duty_button(app, locale, "draft.back", "draft", announcement.id, "who")
    html = app.languages.say(locale, "audience.values", kind=app.languages.say(locale, f"audience.{kind}"))
    return Reply(html, locale, (*in_pairs(buttons), (back,)))


def make_key(value: str) -> str:
    """A short name for a value: ids may be longer than a button carries (64 bytes)."""
    return f"{crc32(value.encode()):08x}"


def turn_value(app: App, announcement: Announcement, kind: str, key: str, locale: str) -> Choices:
    """The choices with one value turned; as they are where there is no such value any more."""
    choices = Choices.from_audience(announcement.audience) or Choices()
    value = next((value for value, _ in name_values(app, kind, locale) if make_key(value) == key), None)
    if value is None:
        return choices
    if kind == REGION:
        return choices.turn_all(tuple(Is(Criterion.COUNTRY, code) for code in REGIONS.get(value, ())))
    return choices.turn(Is(Criterion(kind), value))


def describe_reach(app: App, conn: Connection, announcement: Announcement, locale: str) -> str:
    """The audience in words, how many people it reaches, and how they are composed; few people are never counted."""
    rows = count_reached(conn, find_reach(announcement))
    languages, total = app.languages, sum(row[3] for row in rows)
    parts = [
        languages.say(locale, "audience.words", words=write_audience(announcement.audience)),
        languages.say_count(locale, "audience.count", total),
    ]
    named: Sequence[tuple[str, int, Callable[[str], str]]] = (
        ("audience.locale", 0, lambda code: languages.language_name(locale, code)),
        ("audience.country", 1, lambda code: languages.country_name(locale, code)),
        ("audience.stakeholder", 2, lambda code: languages.say(locale, f"stakeholder.{code}")),
    )
    for key, place, name in named:
        counts: Counter[str] = Counter()
        for row in rows:
            code = str(row[place])
            counts[languages.say(locale, "audience.untold") if code in ("", "-") else name(code)] += row[3]
        shown = [
            languages.pair(locale, label, _share(app, locale, count, total)) for label, count in counts.most_common()
        ]
        if shown:
            parts.append(f"<b>{languages.say(locale, key)}</b> – {languages.join(locale, shown)}")
    parts.append(languages.say(locale, "audience.gender"))
    return "\n".join(parts)


def name_values(app: App, kind: str, locale: str) -> Sequence[tuple[str, str]]:
    """The values a kind of condition may have, with their names; none where there is no such kind."""
    return VALUES[kind](app, locale) if kind in VALUES else ()


def _countries(app: App, locale: str) -> list[tuple[str, str]]:
    named = [(code, app.languages.country_name(locale, code)) for code in app.library.countries.places]
    return sorted(named, key=lambda pair: pair[1])


def _subjects(app: App, locale: str) -> list[tuple[str, str]]:
    topics = [(f"topic/{one.id}", one.title(locale)) for one in app.library.topics]
    return [("events", app.languages.say(locale, "subject.events")), *topics]


VALUES: Mapping[str, Callable[[App, str], Sequence[tuple[str, str]]]] = {
    Criterion.LOCALE: lambda app, _locale: [(one, app.languages[one].name) for one in app.languages.locales],
    Criterion.COUNTRY: _countries,
    Criterion.STAKEHOLDER: lambda app, locale: [
        (one, app.languages.say(locale, f"stakeholder.{one}")) for one in STAKEHOLDERS
    ],
    Criterion.FOLLOWS: _subjects,
    Criterion.EVENT: lambda app, locale: [(one.id, one.title(locale)) for one in app.library.entries_of_kind("event")],
    Criterion.UNANSWERED: lambda app, locale: [(one.id, title(one, locale)) for one in app.library.forms.values()],
    REGION: lambda app, locale: [(one, app.languages.say(locale, f"region.{one}")) for one in REGIONS],
}
MARKS: Mapping[bool | None, str] = {True: "✅ ", False: "🚫 ", None: ""}


def _mark(choices: Choices, kind: str, value: str) -> str:
    if kind == REGION:
        codes = {Is(Criterion.COUNTRY, code) for code in REGIONS[value]}
        return MARKS[True if codes <= set(choices.wanted) else None]
    one = Is(Criterion(kind), value)
    return MARKS[True if one in choices.wanted else False if one in choices.unwanted else None]


def _value_button(draft: str, kind: str, value: str, label: str, locale: str) -> Button:
    return Button(label, action(Verb.DUTY, locale, "draft", draft, "turn", kind, make_key(value)))


def _share(app: App, locale: str, count: int, total: int) -> str:
    if count < LEAST:
        return app.languages.say(locale, "audience.few", least=LEAST)
    return f"{count} ({round(100 * count / total)} %)"
