"""What a change would come to, as staff see it in the chat: Problems, what differs, and the answers as they will look."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import PurePosixPath

from bot.content.changes import FileChange, Plan
from bot.content.comparing import FIELDS, Difference, compare_files
from bot.content.forms import FOLDER as FORMS
from bot.content.problems import Problem, format_text
from bot.messages import Document, Reply, Rows
from bot.services.answers import answer
from bot.services.app import App
from bot.services.forms import introduce
from bot.services.publishing import name_files
from bot.services.reloading import with_texts

MOST_PROBLEMS, MOST_LINES, MOST_ANSWERS = 10, 4, 3
# With what stands around them, Problems and differences must fit into one message (4096 characters).
LINE_LENGTH, MOST_SHOWN = 160, 2_400
# Parts of a language's text that people see; phrasings are only listened to.
SEEN = ("title", "answer")


def list_problems(app: App, locale: str, problems: Sequence[Problem]) -> Reply:
    """What is wrong, as the content's catalogue of Problems says it; where it is much, all of it in a document."""
    html = app.languages.say_count(locale, "edit.problems", len(problems))
    shown = [_describe_problem(app, locale, one) for one in sorted(problems)[:MOST_PROBLEMS]]
    document = Document("problems.txt", format_text(problems).encode()) if len(problems) > MOST_PROBLEMS else None
    # With a document the text is its caption, of which Telegram shows little.
    lines = shown if document is None else shown[:1]
    return Reply("\n\n".join((html, *lines)), locale, document=document)


def list_differences(app: App, locale: str, key: str, files: Sequence[FileChange]) -> str:
    """What goes and what comes, text by text, in short."""
    differences = compare_files(files)
    parts = [app.languages.say(locale, key, files=name_files([one.name for one in files]))]
    languages = [app.languages[one].name for one in _find_locales(app, differences)]
    if languages:
        parts.append(app.languages.say(locale, "edit.languages", languages=app.languages.join(locale, languages)))
    described = [_describe_difference(app, locale, one) for one in differences]
    shown = [
        one for one, length in zip(described, accumulate(map(len, described)), strict=True) if length <= MOST_SHOWN
    ]
    parts += shown
    more = len(differences) - len(shown)
    if more > 0:
        parts.append(app.languages.say_count(locale, "edit.more", more))
    return "\n\n".join(parts)


def list_warnings(app: App, locale: str, plan: Plan) -> str:
    """What is not wrong, but should be looked at, in the files that change."""
    names = {one.name for one in plan.files}
    found = [one for one in plan.compilation.problems if one.file in names] if plan.compilation else []
    lines = [_describe_problem(app, locale, one) for one in found[:MOST_LINES]]
    return "\n".join((app.languages.say(locale, "edit.warnings"), *lines)) if lines else ""


def draw_answers(app: App, locale: str, plan: Plan) -> tuple[Reply, ...]:
    """The first of the answers as they will look, without buttons, since they do not stand anywhere yet."""
    if plan.compilation is None:
        return ()
    view = replace(app, library=with_texts(app.library, plan.compilation), drawn={})
    drawn = (_draw(view, one, shown) for one, shown in _find_seen(app, locale, compare_files(plan.files)))
    replies = [replace(reply, buttons=()) for reply in drawn if reply is not None]
    return tuple(replies[:MOST_ANSWERS])


def _draw(view: App, name: str, locale: str) -> Reply | None:
    stem = PurePosixPath(name).stem
    if name.startswith(f"{FORMS}/"):
        form = view.library.forms.get(stem)
        return introduce(view, locale, form).replies[0] if form else None
    entry = view.library.entry(stem)
    return answer(view, entry, locale) if entry else None


def _find_seen(app: App, locale: str, differences: Iterable[Difference]) -> Iterable[tuple[str, str]]:
    """Each file and language whose answer people would see otherwise; of the block's fields, the reader's own."""
    return dict.fromkeys(
        (one.file, locale if one.part == FIELDS else one.locale)
        for one in differences
        if one.part == FIELDS or (one.part in SEEN and one.locale in app.languages)
    )


def _find_locales(app: App, differences: Iterable[Difference]) -> list[str]:
    return [one for one in dict.fromkeys(one.locale for one in differences) if one in app.languages]


def _describe_difference(app: App, locale: str, one: Difference) -> str:
    name = app.languages[one.locale].name if one.locale in app.languages else ""
    part = app.languages.say(locale, f"edit.part.{one.part}")
    lines = [f"<i>{' · '.join(each for each in (one.file, name, part) if each)}</i>"]
    for key, texts in (("edit.removed", one.removed), ("edit.added", one.added)):
        lines += [app.languages.say(locale, key, text=_cut(text)) for text in texts[:MOST_LINES]]
        more = len(texts) - MOST_LINES
        if more > 0:
            lines.append(app.languages.say_count(locale, "edit.more_lines", more))
    return "\n".join(lines)


def _describe_problem(app: App, locale: str, one: Problem) -> str:
    return app.languages.say(locale, "edit.problem", file=one.file, line=one.line, problem=one.sentence[:250])


def _cut(text: str) -> str:
    return text if len(text) <= LINE_LENGTH else f"{text[: LINE_LENGTH - 1]}…"


def offer(html: Sequence[str], locale: str, rows: Rows, replaces: int | None = None) -> Reply:
    return Reply("\n\n".join(part for part in html if part), locale, rows, replaces)
