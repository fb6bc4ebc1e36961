"""What people look up: objectives, key messages, documents and terms, as cards and as lists."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.content.library import Entry
from bot.content.references import DocumentFields, MessageFields, ObjectiveFields
from bot.content.schema import as_kind
from bot.messages import Button, Rows
from bot.services.actions import Verb, action
from bot.services.app import App
from bot.services.cards import Card


def draw_objective(app: App, entry: Entry, locale: str) -> Card:
    """Where stakeholders spoke of the objective; the way to its round table, and to the key messages that touch it."""
    fields = as_kind(entry.fields, ObjectiveFields)
    titles = {source.key: source.title(locale) for source in entry.sources}
    said = [
        app.languages.say_count(
            locale,
            "objective.said",
            len(paragraphs),
            source=titles.get(key, key),
            paragraphs=", ".join(map(str, paragraphs)),
        )
        if paragraphs
        else app.languages.say(locale, "objective.named", source=titles.get(key, key))
        for key, paragraphs in fields.said.items()
    ]
    tables = [one for one in app.library.entries if one.slots.get("round_table") == fields.round_table]
    messages = [one for one in app.library.entries_of_kind("message") if _touches(one, fields)]
    rows = tuple(
        (Button(one.title(locale), action(Verb.SHOW_ENTRY, locale, one.id)),) for one in (*tables[:1], *messages)
    )
    return Card("\n".join(said), rows)


def _touches(message: Entry, objective: ObjectiveFields) -> bool:
    """Whether a key message stands in paragraphs in which the objective was spoken of."""
    fields = as_kind(message.fields, MessageFields)
    return not set(fields.paragraphs).isdisjoint(objective.said.get(fields.document, ()))


def draw_message(app: App, entry: Entry, locale: str) -> Card:
    """The paragraphs that hold the message."""
    paragraphs = [str(number) for number in as_kind(entry.fields, MessageFields).paragraphs]
    if not paragraphs:
        return Card()
    shown = paragraphs[0] if len(paragraphs) == 1 else f"{paragraphs[0]}–{paragraphs[-1]}"
    return Card(app.languages.say_count(locale, "message.paragraphs", len(paragraphs), paragraphs=shown))


def draw_document(app: App, entry: Entry, locale: str) -> Card:
    """Kind, symbol and date, and a button for each language in which it can be read."""
    fields = as_kind(entry.fields, DocumentFields)
    date = app.languages.format_partial_date(locale, fields.printed)
    facts = [app.languages.say(locale, f"document.{fields.form}", date=date)]
    if fields.symbol:
        facts.append(app.languages.say(locale, "document.symbol", symbol=fields.symbol))
    links = tuple(
        Button(f"📄 {app.languages.language_name(locale, code)}", url=link) for code, link in fields.links.items()
    )
    return Card("\n".join(facts), (links,) if links else ())


def list_kind(kind: str, app: App, locale: str) -> Rows:
    """A row for each piece of a kind, its title in the nearest language."""
    return tuple(
        (Button(entry.title(locale), action(Verb.SHOW_ENTRY, locale, entry.id)),)
        for entry in app.library.entries_of_kind(kind)
    )


REFERENCE_LISTS: Mapping[str, Callable[[App, str], Rows]] = {
    "objectives": partial(list_kind, "objective"),
    "messages": partial(list_kind, "message"),
    "documents": partial(list_kind, "document"),
    "terms": partial(list_kind, "term"),
}
