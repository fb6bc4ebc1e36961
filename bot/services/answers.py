"""Answering a question from the library: answer, "did you mean", or an honest "I don't know"."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape

from bot.content.lexicon import SIGNALS
from bot.content.library import Entry, Source
from bot.languages import Languages
from bot.matching import MOST_SUGGESTIONS, Match, Verdict, fold, split_questions
from bot.messages import Button, Reply, Rows, Said
from bot.services.actions import Verb, action
from bot.services.app import App, Shelf
from bot.services.asking import Asking, Lookup, Response
from bot.services.cards import NO_CARD, Card
from bot.services.context import NO_CONTEXT, Context
from bot.services.desk import find_desk
from bot.services.effects import Counted, Effect, QuestionOpen
from bot.services.events import coming_rows, country_of, draw_event, past_rows, show_coming
from bot.services.form_buttons import form_rows
from bot.services.leaning import asks_for_next, lean_on_country, remember
from bot.services.links import make_link, share_row
from bot.services.networks import draw_network, networks_rows
from bot.services.paths import path_rows
from bot.services.references import REFERENCE_LISTS, draw_document, draw_message, draw_objective
from bot.storage.database import Connection
from bot.storage.feedback import Thumb
from bot.storage.questions import Outcome
from bot.storage.tally import What

# A harm someone reports must leave no trace, not even without a name (facts on safety, rule 4).
SAFETY_TOPIC = "safety"
# For all entries on safety together, because which of them fits best may be unclear where it is clear that somebody
# needs help: far less than any other answer needs to be given, and to be offered first.
LIKELY_DANGER, POSSIBLE_DANGER = 0.4, 0.12
# Shown unasked only where the help knows this share of what was said: of "boat trip on the Bosphorus" it knows the boat.
LEAST_KNOWN = 0.35
MOST_DRAWN = 2_000
# A message may ask several questions; of more than these it is a story.
MOST_ASKED, MOST_ANSWERED = 4, 2
# Beyond this many characters a message is a story rather than a question.
LONG = 500


# By kind. A kind without a card of its own shows its text and nothing more.
CARDS: Mapping[str, Callable[[App, Entry, str], Card]] = {
    "event": draw_event,
    "network": draw_network,
    "objective": draw_objective,
    "message": draw_message,
    "document": draw_document,
}


# What an entry may show below its text.
LISTS: Mapping[str, Callable[[App, str], Rows]] = {
    "coming": coming_rows,
    "past": past_rows,
    "networks": networks_rows,
    "forms": form_rows,
    "path": path_rows,
    **REFERENCE_LISTS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the library holds for a question: `locale` is the question's, `sure` whether the first entry answers it."""

    locale: str
    entries: tuple[Entry, ...]
    sure: bool


def find_entries(app: Shelf, question: str, locale: str | None, context: Context = NO_CONTEXT) -> Found:
    """Look a question up, leaving out what is no longer valid today."""
    decision = app.library.matcher.decide(question, locale)
    entries = tuple(_still_valid(app, decision.matches))[:MOST_SUGGESTIONS]
    first_stands = bool(entries) and entries[0].id == decision.matches[0].entry
    language = decision.locale if decision.locale in app.languages else app.languages.locales[0]
    sure = decision.verdict is Verdict.ANSWER and first_stands
    # Where somebody may be in danger it is better to show the help once too often than to ask back.
    help_first, danger, known = _find_help(app, decision.considered)
    if not sure and help_first and danger >= LIKELY_DANGER and known >= LEAST_KNOWN:
        return Found(language, (help_first,), sure=True)
    if not sure and help_first and danger >= POSSIBLE_DANGER:
        return Found(language, _put_first(help_first, entries), sure=False)
    called = None if sure else _find_called(app, question)
    if called is not None:
        return Found(language, _put_first(called, entries), sure=not entries)
    return Found(language, *lean_on_country(app, question, entries, sure, context))


def answer_question(app: App, asking: Asking, said: Said) -> Response | Lookup:
    """The response to a typed question, in the question's own language."""
    found = find_entries(app, said.text, asking.locale, asking.context)
    if asks_for_next(app, said.text, asking.context):
        counted = Counted(found.locale, What.ANSWERED)
        return replace(show_coming(app, found.locale, country_of(asking)), effects=(counted,))
    several = _find_several(app, said.text, asking)
    if several:
        replies = tuple(give_answer(app, asking, one.entries[0], one.locale) for one in several)
        return Response(replies, tuple(effect for one in several for effect in count_entry(one.entries[0], one.locale)))
    if found.sure:
        first = found.entries[0]
        reply = _offer_language(app, asking, first, give_answer(app, asking, first, found.locale))
        effects = (*remember(asking, first), *count_entry(first, found.locale))
        return Response((reply,), effects, first.fields.opens)
    help_first = next((entry for entry in found.entries if _is_help(entry)), None)
    if help_first is not None and asking.incoming.in_group:
        return Response((give_answer(app, asking, help_first, found.locale),))
    if found.entries:
        return _suggest(app, asking, said, found)
    return _admit(app, asking, said, found.locale)


def give_answer(app: App, asking: Asking, entry: Entry, locale: str) -> Reply:
    """The answer; of help for people in danger a group sees only the way to a private chat, because it may be the group
    that somebody is in danger from."""
    if not (asking.incoming.in_group and _is_help(entry)):
        return answer(app, entry, locale)
    private = Button(app.languages.say(locale, "group.private"), url=make_link(app.bot_name, entry.id, locale))
    return Reply(app.languages.say(locale, "group.safety"), locale, ((private,),))


def finds_help(app: App, text: str, locale: str) -> Found | None:
    """The help for people in danger, where a text sounds as if somebody were."""
    found = find_entries(app, text, locale)
    return found if found.sure and _is_help(found.entries[0]) else None


def give_help(app: App, asking: Asking, found: Found) -> Reply:
    return give_answer(app, asking, found.entries[0], found.locale)


def count_entry(entry: Entry, locale: str, what: What = What.ANSWERED) -> tuple[Counted, ...]:
    """To be counted: a question that got this entry. Nothing about safety is."""
    return () if _is_about_safety((entry,)) else (Counted(locale, what, entry.id),)


def _find_several(app: App, text: str, asking: Asking) -> list[Found]:
    """Where one message asks several questions: the first two with answers of their own, help in danger first."""
    pieces = split_questions(text)
    if not 1 < len(pieces) <= MOST_ASKED:
        return []
    found = [one for piece in pieces if (one := find_entries(app, piece, asking.locale, asking.context)).sure]
    different = list({one.entries[0].id: one for one in found}.values())
    different.sort(key=lambda one: one.entries[0].topic != SAFETY_TOPIC)
    return different[:MOST_ANSWERED] if len(different) > 1 else []


def _offer_language(app: App, asking: Asking, entry: Entry, reply: Reply) -> Reply:
    """The answer, with a button to read it in the person's own language where the question was in another."""
    own = asking.locale
    if own is None or own == reply.locale or own not in entry.texts:
        return reply
    button = Button(f"🌐 {app.languages[own].name}", action(Verb.SHOW_ENTRY, own, entry.id))
    return replace(reply, buttons=(*reply.buttons, (button,)))


def answer(app: App, entry: Entry, locale: str) -> Reply:
    """An entry as a message: title, answer, date and source, related questions, thumbs."""
    if entry.kind in CARDS:
        # A card may change from one minute to the next.
        return _draw_answer(app, entry, locale)
    key = (entry.id, locale, app.today())
    drawn = app.drawn.get(key)
    if drawn is None:
        if len(app.drawn) >= MOST_DRAWN:
            app.drawn.clear()
        drawn = app.drawn[key] = _draw_answer(app, entry, locale)
    return drawn


def _draw_answer(app: App, entry: Entry, locale: str) -> Reply:
    shown = shown_locale(app.languages, entry, locale)
    text = entry.texts[shown]
    facts = draw_card(app, entry, shown).facts
    parts = [f"<b>{escape(text.title, quote=False)}</b>", facts, text.html, _footer(app, entry, shown)]
    if shown != locale:
        parts.insert(0, app.languages.say(locale, "answer.other_language", language=app.languages[shown].name))
    html = "\n\n".join(part for part in parts if part)
    return Reply(html, locale, answer_buttons(app, entry, locale, None))


def draw_card(app: App, entry: Entry, locale: str) -> Card:
    """The card of an entry in the language it is shown in."""
    if entry.fields.shows:
        return Card(rows=LISTS[entry.fields.shows](app, locale))
    draw = CARDS.get(entry.kind)
    return draw(app, entry, locale) if draw else NO_CARD


def answer_buttons(app: App, entry: Entry, locale: str, given: Thumb | None) -> Rows:
    """The buttons under an answer: those of its card, related questions, then the two thumbs or the thanks for one."""
    related = [app.library.entry(other) for other in entry.related]
    own = draw_card(app, entry, locale).rows
    others = entry_rows((other for other in related if other and other.is_valid_on(app.today())), locale)
    rows = (*own, *(row for row in others if row not in own))
    if given is not None:
        thanks = Button(app.languages.say(locale, f"thumb.{given.value}.noted"), action(Verb.NOTED))
        return (*rows, (thanks,))
    thumbs = tuple(
        Button(app.languages.say(locale, f"thumb.{thumb.value}"), action(Verb.THUMB, locale, entry.id, thumb.value))
        for thumb in Thumb
    )
    return (*rows, (*thumbs, *share_row(app, entry.id, entry.title(locale), locale)))


def entry_rows(entries: Iterable[Entry], locale: str, *arguments: str) -> Rows:
    """A row with one button for each entry, its title in the nearest language."""
    return tuple(
        (
            Button(
                entry.title(locale),
                action(Verb.SHOW_ENTRY, locale, entry.id, *arguments),
            ),
        )
        for entry in entries
    )


def shown_locale(languages: Languages, entry: Entry, locale: str) -> str:
    """The language an entry is shown in: the one wanted, else English, else the first it has."""
    wanted = (locale, "en", *languages.locales)
    return next(one for one in wanted if one in entry.texts)


def _suggest(app: App, asking: Asking, said: Said, found: Found) -> Response:
    in_danger = _is_about_safety(found.entries)
    kept = [] if in_danger else _keep(app, asking, said, found.locale, Outcome.SUGGESTED)
    counted = () if in_danger else (Counted(found.locale, What.SUGGESTED),)
    reference = [question.id for question in kept]
    none = Button(app.languages.say(found.locale, "suggest.none"), action(Verb.NONE_OF_THESE, found.locale, *reference))
    rows = (*entry_rows(found.entries, found.locale, *reference), (none,))
    return Response((Reply(app.languages.say(found.locale, "suggest.text"), found.locale, rows),), (*kept, *counted))


def _admit(app: App, asking: Asking, said: Said, locale: str) -> Lookup:
    kept = _keep(app, asking, said, locale, Outcome.UNKNOWN)
    key = "unknown.forwarded" if said.forwarded else "unknown.text" if len(said.text) <= LONG else "unknown.long"
    question_id = kept[0].id if kept else ""
    effects: tuple[Effect, ...] = (*kept, Counted(locale, What.UNKNOWN))
    return lambda conn: Response((unknown_reply(app, asking, conn, locale, key, question_id),), effects)


def unknown_reply(
    app: App,
    asking: Asking,
    conn: Connection,
    locale: str,
    key: str = "unknown.text",
    question_id: str = "",
    replaces: int | None = None,
) -> Reply:
    """Says that the bot does not know, whether the question was kept, and what else can be done."""
    html = app.languages.say(locale, key)
    rows: Rows = ((Button(app.languages.say(locale, "menu.topics"), action(Verb.SHOW_TOPICS, locale)),),)
    if not asking.incoming.in_group and find_desk(app, conn) is not None:
        ask = Button(app.languages.say(locale, "human.button"), action(Verb.HUMAN, locale, "offer", question_id))
        rows = ((ask,), *rows)
    if question_id:
        html += "\n\n" + app.languages.say_count(locale, "unknown.kept", app.question_days)
        wait = Button(app.languages.say(locale, "wait.button"), action(Verb.FOLLOW, locale, f"question/{question_id}"))
        withdraw = action(Verb.WITHDRAW_QUESTION, locale, question_id)
        rows = (*rows, (wait,), (Button(app.languages.say(locale, "unknown.withdraw"), withdraw),))
    return Reply(html, locale, rows, replaces)


def _keep(app: App, asking: Asking, said: Said, locale: str, outcome: Outcome) -> list[QuestionOpen]:
    """The question to keep for staff, if it may be: long stories, other people's words and what a group says are not, nor
    what staff know that nothing answers."""
    if said.forwarded or asking.incoming.in_group or len(said.text) > LONG:
        return []
    if app.library.matcher.is_outside(said.text, locale):
        return []
    return [QuestionOpen(app.make_id(), locale, said.text, outcome)]


def _find_help(app: Shelf, matches: Iterable[Match]) -> tuple[Entry | None, float, float]:
    """The likeliest entry for people in danger, how likely it is that one of them is needed, and how much of the
    question one of them knows."""
    found = ((app.library.entry(match.entry), match) for match in matches)
    likely = [(entry, match) for entry, match in found if entry and _is_help(entry)]
    if not likely:
        return None, 0.0, 0.0
    known = max(match.evidence.covered if match.evidence else 1.0 for _, match in likely)
    return likely[0][0], sum(match.score for _, match in likely), known


def _find_called(app: Shelf, question: str) -> Entry | None:
    """The entry that a word of the question calls for by itself: "beats", «يضربني»."""
    signals = app.library.matcher.lexicon.of(SIGNALS)
    called = (app.library.entry("-".join(signals[word])) for word in fold(question).split() if word in signals)
    return next((entry for entry in called if entry and entry.is_valid_on(app.today())), None)


def _put_first(first: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    return (first, *(entry for entry in others if entry is not first))[:MOST_SUGGESTIONS]


def _is_help(entry: Entry) -> bool:
    return entry.topic == SAFETY_TOPIC and entry.kind == "entry"


def _is_about_safety(entries: Iterable[Entry]) -> bool:
    return any(entry.topic == SAFETY_TOPIC for entry in entries)


def _still_valid(app: Shelf, matches: Iterable[Match]) -> Iterable[Entry]:
    today = app.today()
    found = (app.library.entry(match.entry) for match in matches)
    return (entry for entry in found if entry is not None and entry.is_valid_on(today))


def _footer(app: App, entry: Entry, locale: str) -> str:
    """When the answer was known true, and where it comes from; nothing where the bot speaks of itself."""
    if entry.as_of is None or not entry.sources:
        return ""
    as_of = app.languages.say(locale, "answer.as_of", day=app.languages.format_date(locale, entry.as_of))
    label = app.languages.say_count(locale, "answer.sources", len(entry.sources))
    return f"<i>{as_of} {label}</i>\n" + "\n".join(_source_line(app, source, locale) for source in entry.sources)


def _source_line(app: App, source: Source, locale: str) -> str:
    title = escape(app.languages.isolate_foreign(locale, source.title(locale)), quote=False)
    if source.url:
        title = f'<a href="{escape(source.url)}">{title}</a>'
    return f"• {title}" + (f" ({app.languages.format_partial_date(locale, source.date)})" if source.date else "")
