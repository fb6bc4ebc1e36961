"""What people asked in vain, for staff to settle: one more phrasing of an entry, a new entry, one more question that
nothing answers, or nothing for us."""

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bot.content.beginning import draft_entry
from bot.content.kinds import ENTRY_KINDS
from bot.content.library import Entry
from bot.content.out_of_scope import NAME as OUT_OF_SCOPE
from bot.matching import fold
from bot.messages import Button, Document, Reply, Rows
from bot.services.answers import find_entries
from bot.services.app import App
from bot.services.asking import Asking, Errand, Lookup, Response, say
from bot.services.editing import STAFF, file_button, preview
from bot.services.gaps import Gap, Verdicts, erase_questions, find_gaps, find_verdicts, shorten
from bot.services.previews import offer
from bot.services.privileges import Call, Duty, await_text, duty_button, privileged
from bot.services.proposals import Proposal
from bot.storage import questions
from bot.storage.database import Connection
from bot.storage.questions import Question

A_PAGE, MOST_EXAMPLES, MOST_NEAREST, MOST_VERDICTS = 6, 5, 3, 3
ID_LENGTH = 40


def show_gaps(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """A page of what was asked, the most frequent first; on the first one also what was answered badly."""
    kept, verdicts = questions.find_questions(conn), find_verdicts(conn)
    page = int(call.text) if call.text.isascii() and call.text.isdigit() else 0

    async def run() -> Lookup:
        found = await asyncio.to_thread(find_gaps, app, kept)
        reply = _draw_page(app, call, found, [one for one in verdicts if one.down > one.up], page)
        return lambda _conn: Response((reply,))

    return Response(errand=Errand(run))


def show_gap(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """One group of questions, and what can be done about it."""

    def draw(gap: Gap) -> Response:
        return Response((_draw_gap(app, call, gap),))

    return _with_gap(app, call, questions.find_questions(conn), draw)


def add_phrasing(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Make the example a phrasing of an entry, which was pressed or whose id was typed."""
    question_id, *pressed = (*call.arguments, "")
    wanted = call.said.text.strip() if call.said else pressed[0]
    question = questions.find_question(conn, question_id)
    if question is None:
        return say(app, call.locale, "gap.gone")
    entry = app.library.entry(wanted)
    if entry is None:
        return _offer_entries(app, asking, call, question_id, wanted)
    if question.locale not in entry.texts:
        return say(app, call.locale, "gap.no_language", entry=entry.id, language=app.languages[question.locale].name)
    text = app.cipher.open(question.body, "question")

    async def run() -> Lookup:
        target = await asyncio.to_thread(_find_target, app.content.folder, entry)
        proposal = Proposal(f"{entry.id}.md", target, locale=question.locale, phrasing=text)
        return await preview(app, asking, call, proposal)

    return Response(errand=Errand(run))


def ask_entry(app: App, asking: Asking, call: Call, _conn: Connection) -> Response:
    return say(app, call.locale, "gap.which", await_text(asking, "gap+", call.text))


def begin_entry(app: App, _asking: Asking, call: Call, conn: Connection) -> Response:
    """The file of a new entry with the question filled in, to be sent back."""

    def draw(gap: Gap) -> Response:
        nearest = _find_nearest(app, gap)
        topic = nearest[0].topic if nearest else app.library.topics[0].id
        titles, asked = {gap.locale: shorten(gap.texts[0])}, {gap.locale: [" ".join(one.split()) for one in gap.texts]}
        text = draft_entry(app.languages, "entry", topic, app.today(), titles, asked)
        document = Document(f"{_make_entry_id(app, gap)}.md", text.encode())
        return Response((Reply(app.languages.say(call.locale, "gap.begun"), call.locale, document=document),))

    return _with_gap(app, call, questions.find_questions(conn), draw)


def teach_gap(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Nothing answers it: the example goes among the questions of which that is learned (`bot.services.waiting` erases it
    once it is live)."""
    kept = questions.find_questions(conn)

    async def run() -> Lookup:
        gap = await asyncio.to_thread(_find_gap, app, call, kept)
        if gap is None:
            return _say_gone(app, call)
        proposal = Proposal(OUT_OF_SCOPE, OUT_OF_SCOPE, locale=gap.locale, phrasing=gap.texts[0])
        return await preview(app, asking, call, proposal)

    return Response(errand=Errand(run))


def refuse_gap(app: App, asking: Asking, call: Call, conn: Connection) -> Response:
    """Nothing for this bot to answer: the questions are erased."""

    def draw(gap: Gap) -> Response:
        erased = privileged(
            asking, STAFF, "erase questions", f"{len(gap.ids)}", lambda conn: erase_questions(conn, gap.ids)
        )
        html = app.languages.say_count(call.locale, "gap.erased", len(gap.ids))
        return Response((Reply(html, call.locale, (_back(app, call.locale),), call.message_id),), (erased,))

    return _with_gap(app, call, questions.find_questions(conn), draw)


def _with_gap(app: App, call: Call, kept: Sequence[Question], draw: Callable[[Gap], Response]) -> Response:
    """Find the group a question belongs to, outside the transaction, and draw something of it."""

    async def run() -> Lookup:
        gap = await asyncio.to_thread(_find_gap, app, call, kept)
        return (lambda _conn: draw(gap)) if gap else _say_gone(app, call)

    return Response(errand=Errand(run))


def _find_gap(app: App, call: Call, kept: Sequence[Question]) -> Gap | None:
    wanted = call.arguments[0] if call.arguments else ""
    return next((one for one in find_gaps(app, kept) if wanted in one.ids), None)


def _say_gone(app: App, call: Call) -> Lookup:
    gone = say(app, call.locale, "gap.gone", buttons=(_back(app, call.locale),))
    return lambda _conn: gone


def _draw_page(app: App, call: Call, found: Sequence[Gap], bad: Sequence[Verdicts], page: int) -> Reply:
    locale, last = call.locale, max(0, (len(found) - 1) // A_PAGE)
    page = min(page, last)
    shown = found[page * A_PAGE : (page + 1) * A_PAGE]
    bad = bad[:MOST_VERDICTS] if page == 0 else []
    head = app.languages.say_count(locale, "gap.text", len(found)) if found else app.languages.say(locale, "gap.none")
    lines = "\n".join(_describe_gap(app, locale, one) for one in shown)
    badly = [app.languages.say(locale, "gap.badly"), *(_describe_verdicts(app, locale, one) for one in bad)]
    rows: Rows = (
        *((duty_button(app, locale, "gap.open", "gap", one.ids[0], question=shorten(one.texts[0])),) for one in shown),
        *((file_button(app, locale, one.entry),) for one in bad),
        *_turns(app, locale, page, last),
    )
    return offer((head, lines, "\n".join(badly) if bad else ""), locale, rows, call.message_id)


def _turns(app: App, locale: str, page: int, last: int) -> Rows:
    turns = [duty_button(app, locale, "page.previous", "gaps", str(page - 1))] * (page > 0)
    turns += [duty_button(app, locale, "page.next", "gaps", str(page + 1))] * (page < last)
    return (tuple(turns),) if turns else ()


def _describe_gap(app: App, locale: str, gap: Gap) -> str:
    entry = app.library.entry(gap.entry)
    key = "gap.line.chosen" if entry else "gap.line"
    values = {"entry": entry.title(locale)} if entry else {}
    language = app.languages[gap.locale].name
    return app.languages.say(
        locale, key, times=len(gap.texts), language=language, question=shorten(gap.texts[0]), **values
    )


def _describe_verdicts(app: App, locale: str, one: Verdicts) -> str:
    entry = app.library.entry(one.entry)
    title = entry.title(locale) if entry else one.entry
    language = app.languages[one.locale].name
    return app.languages.say(locale, "gap.verdict", entry=title, language=language, up=one.up, down=one.down)


def _draw_gap(app: App, call: Call, gap: Gap) -> Reply:
    locale, example = call.locale, gap.ids[0]
    head = app.languages.say_count(locale, "gap.asked", len(gap.texts), language=app.languages[gap.locale].name)
    examples = "\n".join(app.languages.say(locale, "gap.example", question=one) for one in _pick_examples(gap.texts))
    rows: Rows = (
        *((_add_button(app, locale, example, one),) for one in _find_nearest(app, gap)),
        (duty_button(app, locale, "gap.other", "gap-other", example),),
        (duty_button(app, locale, "gap.new", "gap-new", example),),
        (duty_button(app, locale, "gap.teach", "gap-out", example),),
        (duty_button(app, locale, "gap.refuse", "gap-drop", example),),
        _back(app, locale),
    )
    return offer((head, examples, app.languages.say(locale, "gap.do")), locale, rows, call.message_id)


def _pick_examples(texts: Iterable[str]) -> list[str]:
    """The shortest of them, each once."""
    return [one[:300] for one in sorted(dict.fromkeys(texts), key=len)[:MOST_EXAMPLES]]


def _add_button(app: App, locale: str, question_id: str, entry: Entry) -> Button:
    return duty_button(app, locale, "gap.add", "gap+", question_id, entry.id, entry=entry.title(locale))


def _find_nearest(app: App, gap: Gap) -> list[Entry]:
    """The entry people chose, then those that come nearest to the question."""
    considered = app.library.matcher.decide(gap.texts[0], gap.locale).considered
    ids = dict.fromkeys((gap.entry, *(match.entry for match in considered)))
    return [entry for one in ids if (entry := app.library.entry(one))][:MOST_NEAREST]


def _offer_entries(app: App, asking: Asking, call: Call, question_id: str, wanted: str) -> Response:
    """What was typed is no id: perhaps it is what the entry is about."""
    found = find_entries(app, wanted, call.locale).entries if wanted else ()
    rows = tuple((_add_button(app, call.locale, question_id, one),) for one in found)
    return say(
        app, call.locale, "gap.no_entry", await_text(asking, "gap+", question_id), buttons=rows, name=wanted[:40]
    )


def _find_target(folder: Path, entry: Entry) -> str:
    """The file of an entry, relative to the content folder."""
    kind = ENTRY_KINDS[entry.kind]
    found = next((folder / kind.folder).rglob(f"{entry.id}.md"), folder / kind.folder / f"{entry.id}.md")
    return found.relative_to(folder).as_posix()


def _make_entry_id(app: App, gap: Gap) -> str:
    """An id of the question's words, where these are in Latin letters, else of its number."""
    words = re.findall(r"[a-z0-9]+", fold(gap.texts[0])) or ["question", *re.findall(r"[a-z0-9]+", gap.ids[0].lower())]
    wanted = "-".join(words)[: ID_LENGTH - 2].strip("-")
    tries = (wanted, *(f"{wanted}-{number}" for number in range(2, 10)))
    return next((one for one in tries if app.library.entry(one) is None), wanted)


def _back(app: App, locale: str) -> tuple[Button, ...]:
    return (duty_button(app, locale, "gap.back", "gaps", "0"),)


DUTIES: Mapping[str, Duty] = {
    "gaps": Duty(STAFF, show_gaps, in_menu=True),
    "gap": Duty(STAFF, show_gap),
    "gap+": Duty(STAFF, add_phrasing),
    "gap-other": Duty(STAFF, ask_entry),
    "gap-new": Duty(STAFF, begin_entry),
    "gap-out": Duty(STAFF, teach_gap),
    "gap-drop": Duty(STAFF, refuse_gap),
}
