"""A form as people see it: one question at a time, what is wrong with an answer, the summary."""

from collections.abc import Iterable, Sequence
from html import escape, unescape
from zlib import crc32

from bot.forms import Form, Prompt
from bot.forms.events import Completed, Line, Refused
from bot.languages import Languages, isolate
from bot.messages import Button, Reply, Rows
from bot.services.actions import Verb, action
from bot.services.app import App

CHOICES_A_PAGE = 10
# A phone shows two labels of this length side by side.
SHORT_LABEL = 16
LABEL_LENGTH = 60
BAR = 10
RIGHT_TO_LEFT_MARK = "\u200f"
# Bot API, sendMessage: 4096 characters; some are needed around the answers.
SUMMARY_LENGTH = 3_400
MANY = frozenset({"select_multiple", "rank"})


def mark(ref: str) -> str:
    """A short name of a question, by which a button of an earlier one is known."""
    return f"{crc32(ref.encode()):x}"


def step(locale: str, name: str, *arguments: str) -> str:
    return action(Verb.FORM, locale, name, *arguments)


def ask(app: App, form: Form, prompt: Prompt, locale: str, page: int = 0) -> tuple[str, Rows]:
    """The question as HTML, and its buttons."""
    languages = app.languages
    parts = [
        _head(languages, form, prompt, locale),
        *(f"<i>{group}</i>" for group in prompt.groups),
        f"<b>{prompt.label}</b>",
    ]
    parts += [text for text in (prompt.hint and f"<i>{prompt.hint}</i>", prompt.guidance) if text]
    parts.append(_how(app, prompt, locale))
    if prompt.value and prompt.shown:
        parts.append(languages.say(locale, "form.so_far", answer=unescape(prompt.shown)))
    rows = (*_choice_rows(app, prompt, locale, page), *_step_rows(app, prompt, locale))
    return "\n\n".join(part for part in parts if part), rows


def candidate_rows(prompt: Prompt, refused: Refused, locale: str) -> Rows:
    """The choices that may have been meant, to press one."""
    places = {offer.value: str(number) for number, offer in enumerate(prompt.offers)}
    meant = [offer for offer in refused.candidates if offer.value in places]
    return tuple(
        (Button(_cut(plain(offer.label)), step(locale, "pick", mark(prompt.ref), places[offer.value])),)
        for offer in meant
    )


def tell(prompt: Prompt) -> str:
    """A note."""
    return "\n\n".join(text for text in (prompt.label, prompt.hint and f"<i>{prompt.hint}</i>") if text)


def explain(app: App, refused: Refused, locale: str) -> str:
    """Why an answer cannot be taken: in the form's own words where it has some, with an example."""
    reason = refused.message or app.languages.say(locale, f"form.refused.{refused.reason}")
    example = app.languages.say(locale, "form.example", example=refused.example) if refused.example else ""
    return "\n".join(text for text in (f"✋ {reason}", example) if text)


def summarize(app: App, form: Form, completed: Completed, locale: str) -> tuple[str, Rows]:
    """Everything answered, to be checked before it is sent."""
    head = app.languages.say(locale, "form.summary", form=title(form, locale))
    html, left = head, SUMMARY_LENGTH - len(head)
    for line in completed.lines:
        shown = f"\n\n<b>{line.label}</b>\n{escape(unescape(line.shown), quote=False)}"
        if len(shown) > left:
            html += "\n\n…"
            break
        html, left = html + shown, left - len(shown)
    rows = (
        (_button(app, locale, "submit"),),
        (_button(app, locale, "change", "0"),),
        (_button(app, locale, "leave"), _button(app, locale, "cancel")),
    )
    return html, rows


def list_lines(app: App, lines: Sequence[Line], locale: str, page: int) -> Rows:
    """The answers that can be changed, as buttons; by their place among all lines."""
    numbered = [(number, line) for number, line in enumerate(lines) if line.can_change]
    shown = numbered[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    rows = tuple(
        (Button(_cut(f"{plain(line.label)}: {plain(line.shown)}"), step(locale, "edit", str(number))),)
        for number, line in shown
    )
    return (*rows, *_page_rows(app, locale, "change", page, len(numbered)), (_button(app, locale, "resume"),))


def title(form: Form, locale: str) -> str:
    return next((form.titles[one] for one in (locale, "en", "", *form.titles) if form.titles.get(one)), form.id)


def form_rows(app: App, locale: str) -> Rows:
    """A button for each form there is."""
    return tuple(
        (Button(f"📝 {title(form, locale)}", step(locale, "open", form.id)),) for form in app.library.forms.values()
    )


def _head(languages: Languages, form: Form, prompt: Prompt, locale: str) -> str:
    """The form and how far one is: the total may still change, so it is only about that many."""
    done = round(BAR * max(0, prompt.position - 1) / max(1, prompt.total))
    bar = "▰" * done + "▱" * (BAR - done)
    place = f"{prompt.position}/≈{prompt.total}"
    if languages.is_rtl(locale):
        # Isolated, the numbers keep their order; behind a mark the bar fills from the right.
        place, bar = isolate(place), RIGHT_TO_LEFT_MARK + bar
    return f"📝 {escape(title(form, locale), quote=False)} · {place}\n{bar}"


def _how(app: App, prompt: Prompt, locale: str) -> str:
    """How to answer, where the buttons do not tell."""
    kinds = {"select_multiple", "rank", "date", "time", "dateTime", "geopoint", "image", "audio", "video", "file"}
    if prompt.kind == "date" and "year" in prompt.appearance:
        # XLSForm, "appearance": month-year and year ask for less than a day.
        return app.languages.say(locale, "form.how.month" if "month" in prompt.appearance else "form.how.year")
    if prompt.kind in kinds:
        return app.languages.say(locale, f"form.how.{prompt.kind}")
    return app.languages.say(locale, "form.how.search") if len(prompt.offers) > CHOICES_A_PAGE else ""


def _choice_rows(app: App, prompt: Prompt, locale: str, page: int) -> Rows:
    if prompt.kind == "repeat":
        return ((_pick(app, prompt, locale, "yes"), _pick(app, prompt, locale, "no")),)
    if prompt.kind == "acknowledge":
        return ((Button(app.languages.say(locale, "form.acknowledge"), step(locale, "pick", mark(prompt.ref), "OK")),),)
    offers = list(enumerate(prompt.offers))[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    chosen = prompt.drafts or (tuple(prompt.value.split()) if prompt.kind in MANY else (prompt.value,))
    name = "tick" if prompt.kind in MANY else "pick"
    buttons = [
        Button(
            _sign(prompt.kind, chosen, offer.value) + _cut(plain(offer.label)),
            step(locale, name, mark(prompt.ref), str(number), str(page)),
        )
        for number, offer in offers
    ]
    pages = _page_rows(app, locale, "page", page, len(prompt.offers))
    done = ((_button(app, locale, "done", mark(prompt.ref)),),) if prompt.kind in MANY else ()
    return (*_arrange(buttons), *pages, *done)


def _step_rows(app: App, prompt: Prompt, locale: str) -> Rows:
    back = (_button(app, locale, "back"),) if prompt.position > 1 else ()
    skip = (_button(app, locale, "skip"),) if not prompt.required or prompt.value else ()
    leave = (_button(app, locale, "leave"), _button(app, locale, "cancel"))
    return tuple(row for row in ((*back, *skip), leave) if row)


def _page_rows(app: App, locale: str, name: str, page: int, count: int) -> Rows:
    last = max(0, (count - 1) // CHOICES_A_PAGE)
    turns = [("page.previous", page - 1)] * (page > 0) + [("page.next", page + 1)] * (page < last)
    turning = tuple(Button(app.languages.say(locale, key), step(locale, name, str(to))) for key, to in turns)
    return (turning,) if turning else ()


def _pick(app: App, prompt: Prompt, locale: str, value: str) -> Button:
    return Button(app.languages.say(locale, f"form.{value}"), step(locale, "pick", mark(prompt.ref), value))


def _button(app: App, locale: str, name: str, *arguments: str) -> Button:
    return Button(app.languages.say(locale, f"form.{name}"), step(locale, name, *arguments))


def _sign(kind: str, chosen: Sequence[str], value: str) -> str:
    if value not in chosen:
        return "▫️ " if kind in MANY else ""
    return f"{chosen.index(value) + 1}. " if kind == "rank" else "✅ "


def _arrange(buttons: Sequence[Button]) -> Rows:
    """Two a row where all labels are short."""
    short = all(len(button.label) <= SHORT_LABEL for button in buttons)
    size = 2 if short else 1
    return tuple(tuple(buttons[start : start + size]) for start in range(0, len(buttons), size))


def _cut(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"


def plain(html: str) -> str:
    """A label without tags, for a button."""
    text, inside = "", False
    for char in html:
        inside = char == "<" or (inside and char != ">")
        text += "" if inside or char == ">" else char
    return unescape(text).strip()


def gather(parts: Iterable[str], html: str, rows: Rows, locale: str, replaces: int | None) -> Reply:
    """One message of what happened and what is asked next."""
    return Reply("\n\n".join((*parts, html)), locale, rows, replaces)
