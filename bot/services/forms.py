"""Forms in the chat: state in, what is said next and what is to be kept out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot import forms
from bot.forms import Attached, Chosen, Form, Incoming, Located, Rules, Session
from bot.forms.events import Asked, Cancelled, Closed, Completed, Event, Offer, Refused, Submission, Submitted, Told
from bot.matching import fold
from bot.messages import Attachment, Button, Reply, Said, Sent
from bot.services import prompts
from bot.services.actions import Action
from bot.services.answers import answer, find_entries
from bot.services.app import App
from bot.services.asking import Asking, Lookup, Response, say
from bot.services.effects import FormRested, SessionDropped, SessionKept, SubmissionKept, SubmissionWithdrawn
from bot.services.menus import locale_of
from bot.storage import forms as stored
from bot.storage.database import Connection
from bot.storage.forms import StoredSession, StoredSubmission

PURPOSE = "form"
# The name of a question whose answer `anonymous` keeps the submission apart from the person.
ANONYMITY = "anonymity"
SUBMISSION_PURPOSE = "submission"
# As likely as one slip in a word of six letters.
LIKELY = 80
MOST_MEANT = 5
# Fewer words are a wrong answer rather than a question in between.
LEAST_WORDS_OF_A_QUESTION = 3
MEDIA: Mapping[Attachment, str] = {
    Attachment.PHOTO: "image",
    Attachment.VOICE: "audio",
    Attachment.VIDEO: "video",
    Attachment.DOCUMENT: "file",
}


@dataclass(frozen=True, slots=True)
class Filling:
    """A person inside a form: the form as they began it, and how far they are."""

    form: Form
    session: Session


def find_meant(text: str, offers: "tuple[Offer, ...]") -> list[str]:
    """The choices a typed text may mean, with the folding and forgiveness of questions."""
    wanted = fold(text)
    labels = {offer.value: fold(offer.label) for offer in offers}
    exact = [value for value, label in labels.items() if wanted in (label, fold(value))]
    if exact or not wanted:
        return exact[:1]
    starting = [value for value, label in labels.items() if label.startswith(wanted)]
    if starting:
        return starting[:MOST_MEANT]
    alike = process.extract(wanted, labels, scorer=fuzz.WRatio, score_cutoff=LIKELY, limit=MOST_MEANT)
    best = [value for _, score, value in alike if score == alike[0][1]] if alike else []
    return best[:1] if len(best) == 1 else [value for _, _, value in alike]


RULES = Rules(find=lambda text, offers: find_meant(text, tuple(offers)))


def recall_filling(app: App, conn: Connection, person: bytes) -> Filling | None:
    """The form the person is inside of, if any."""
    active = stored.find_active(conn, person)
    return None if active is None else read_filling(app, conn, active)


def read_filling(app: App, conn: Connection, kept: StoredSession) -> Filling | None:
    """A kept session with its form: today's where it is still the same, else the one it was begun with."""
    form = app.library.forms.get(kept.form)
    if form is None or form.fingerprint != kept.fingerprint:
        body = stored.find_version(conn, kept.fingerprint)
        form = None if body is None else Form.from_json(body)
    return None if form is None else Filling(form, Session.from_json(app.cipher.open(kept.body, PURPOSE)))


def introduce(app: App, locale: str, form: Form) -> Response:
    """What the form is, what becomes of the answers, and buttons to begin. Nothing is kept before."""
    asked = sum(1 for question in form.questions if question.texts.get("label") and question.kind != "note")
    html = app.languages.say_count(locale, "form.intro", asked, form=prompts.title(form, locale))
    rows = [
        (Button(app.languages.say(locale, f"form.begin.{how}"), prompts.step(locale, "begin", form.id, how)),)
        for how in _ways_to_begin(form)
    ]
    return Response((Reply(html, locale, tuple(rows)),))


def _ways_to_begin(form: Form) -> tuple[str, ...]:
    """Without one's name, with it, or as the form itself asks (a question called `anonymity`)."""
    wanted = form.settings.get("anonymous", "ask")
    if wanted == "ask" and any(question.name == ANONYMITY for question in form.questions):
        return ("asked",)
    return {"always": ("anonymous",), "never": ("known",)}.get(wanted, ("anonymous", "known"))


def list_forms(app: App, asking: Asking) -> Response | Lookup:
    """The forms there are; and those begun, to go on with."""
    locale = locale_of(app, asking)
    return lambda conn: _list_forms(app, locale, stored.find_sessions(conn, asking.incoming.person))


def _list_forms(app: App, locale: str, begun: list[StoredSession]) -> Response:
    open_forms = {session.form for session in begun}
    rows = tuple(
        (
            Button(
                ("▶️ " if form.id in open_forms else "📝 ") + prompts.title(form, locale),
                prompts.step(locale, "continue" if form.id in open_forms else "open", form.id),
            ),
        )
        for form in app.library.forms.values()
    )
    return say(app, locale, "forms.text" if rows else "forms.none", buttons=rows)


def go_on_with(app: App, asking: Asking) -> Lookup:
    """/continue: the form left last, or the list."""

    def find(conn: Connection) -> Response:
        begun = stored.find_sessions(conn, asking.incoming.person)
        filling = read_filling(app, conn, begun[0]) if begun else None
        if filling is None:
            return _list_forms(app, locale_of(app, asking), begun)
        return _show(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))

    return find


def answer_in_form(app: App, asking: Asking, filling: Filling, said: Said) -> Response:
    """What was typed, as the answer to the question the session waits at.

    A question typed in between is answered, and the form goes on where it was: where what was typed is no answer, or
    ends like a question, and the library is sure of what is meant.
    """
    taken = take(app, asking, filling, said.text)
    long_enough = len(said.text.split()) >= LEAST_WORDS_OF_A_QUESTION
    asks = said.text.rstrip().endswith(("?", "؟")) or (long_enough and _is_refused(app, filling, said.text))
    found = find_entries(app, said.text, asking.locale) if asks else None
    if found is None or not found.sure:
        return taken
    again = _show(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))
    return Response((answer(app, found.entries[0], found.locale), *again.replies), again.effects)


def _is_refused(app: App, filling: Filling, text: str) -> bool:
    _, events = forms.answer(filling.form, filling.session, text, app.clock(), rules=RULES)
    return any(isinstance(event, Refused) for event in events)


def answer_sent(app: App, asking: Asking, filling: Filling, sent: Sent) -> Response:
    """A place or a file, as the answer; what is neither is refused like a wrong answer."""
    if sent.place is not None:
        return take(app, asking, filling, Located(*sent.place))
    media = MEDIA.get(sent.attachment)
    return take(app, asking, filling, Attached(media, sent.file) if media and sent.file else sent.text)


def take(app: App, asking: Asking, filling: Filling, incoming: Incoming, ref: str = "") -> Response:
    taken = forms.answer(filling.form, filling.session, incoming, app.clock(), ref=ref, rules=RULES)
    return _show(app, asking, filling.form, taken)


def respond_to_step(app: App, asking: Asking, pressed: Action, message_id: int) -> Response | Lookup:
    """A button of a form."""
    name, *arguments = (*pressed.arguments, "")
    if name in ("open", "begin", "continue", "withdraw"):
        return OUTSIDE[name](app, asking, pressed.locale, arguments)
    filling = asking.filling
    if filling is None:
        return say(app, pressed.locale, "form.not_open")
    return INSIDE[name](app, asking, filling, arguments, message_id) if name in INSIDE else Response()


def _begin(app: App, asking: Asking, locale: str, arguments: list[str]) -> Response | Lookup:
    form = app.library.forms.get(arguments[0])
    if form is None:
        return say(app, locale, "form.gone")
    person = "" if arguments[1:2] == ["anonymous"] else asking.incoming.person.hex()
    begun = forms.start(
        form, app.clock(), session_id=app.make_id(), seed=app.make_id(), locale=locale, person=person, rules=RULES
    )
    return _show(app, asking, form, begun)


def _open(app: App, _asking: Asking, locale: str, arguments: list[str]) -> Response:
    form = app.library.forms.get(arguments[0])
    return introduce(app, locale, form) if form else say(app, locale, "form.gone")


def _continue(app: App, asking: Asking, locale: str, arguments: list[str]) -> Lookup:
    def find(conn: Connection) -> Response:
        begun = {one.form: one for one in stored.find_sessions(conn, asking.incoming.person)}
        filling = read_filling(app, conn, begun[arguments[0]]) if arguments[0] in begun else None
        if filling is None:
            return _open(app, asking, locale, arguments)
        return _show(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))

    return find


def _withdraw(app: App, asking: Asking, locale: str, arguments: list[str]) -> Response:
    return say(app, locale, "form.withdrawn", SubmissionWithdrawn(asking.incoming.person, arguments[0]))


OUTSIDE: Mapping[str, Callable[[App, Asking, str, list[str]], Response | Lookup]] = {
    "open": _open,
    "begin": _begin,
    "continue": _continue,
    "withdraw": _withdraw,
}


def _pick(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    marked, value, *_ = (*arguments, "", "")
    prompt = _prompt(app, filling)
    if prompt is None or prompts.mark(prompt.ref) != marked:
        return _say_old(app, asking, filling)
    if value.isdigit() and int(value) < len(prompt.offers):
        value = prompt.offers[int(value)].value
    picked = forms.answer(filling.form, filling.session, Chosen((value,)), app.clock(), ref=prompt.ref, rules=RULES)
    return _show(app, asking, filling.form, picked, message_id)


def _tick(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    marked, value, page, *_ = (*arguments, "", "", "")
    prompt = _prompt(app, filling)
    if prompt is None or prompts.mark(prompt.ref) != marked or not value.isdigit() or int(value) >= len(prompt.offers):
        return _say_old(app, asking, filling)
    ticked = forms.toggle(filling.form, filling.session, prompt.offers[int(value)].value, app.clock(), RULES)
    return _show(app, asking, filling.form, ticked, message_id, _read_page(page))


def _done(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    prompt = _prompt(app, filling)
    if prompt is None or prompts.mark(prompt.ref) != arguments[0]:
        return _say_old(app, asking, filling)
    chosen = prompt.drafts or tuple(prompt.value.split())
    sent = forms.answer(filling.form, filling.session, Chosen(chosen), app.clock(), rules=RULES)
    return _show(app, asking, filling.form, sent, message_id)


def _turn_page(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    shown = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return _show(app, asking, filling.form, shown, message_id, _read_page(arguments[0]))


def _plain_step(make: Callable[..., forms.steps.Step]) -> "Inside":
    def do(app: App, asking: Asking, filling: Filling, _arguments: list[str], message_id: int) -> Response:
        return _show(app, asking, filling.form, make(filling.form, filling.session, app.clock(), RULES), message_id)

    return do


def _leave(app: App, asking: Asking, filling: Filling, _arguments: list[str], _message_id: int) -> Response:
    return say(app, filling.session.locale, "form.left", FormRested(asking.incoming.person))


def _cancel(app: App, _asking: Asking, filling: Filling, _arguments: list[str], _message_id: int) -> Response:
    locale = filling.session.locale
    rows = (
        (Button(app.languages.say(locale, "form.cancel.sure"), prompts.step(locale, "sure")),),
        (Button(app.languages.say(locale, "form.resume"), prompts.step(locale, "resume")),),
    )
    return say(app, locale, "form.cancel.ask", buttons=rows)


def _cancel_surely(app: App, asking: Asking, filling: Filling, _arguments: list[str], message_id: int) -> Response:
    return _show(app, asking, filling.form, forms.cancel(filling.session), message_id)


def _choose_line(app: App, _asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    _, events = forms.submit(filling.form, filling.session, app.clock(), RULES)
    lines = _lines(app, filling)
    locale = filling.session.locale
    rows = prompts.list_lines(app, lines, locale, _read_page(arguments[0]))
    return (
        Response((Reply(app.languages.say(locale, "form.change.which"), locale, rows, message_id),))
        if events
        else Response()
    )


def _edit(app: App, asking: Asking, filling: Filling, arguments: list[str], message_id: int) -> Response:
    lines = _lines(app, filling)
    number = arguments[0]
    if not number.isdigit() or int(number) >= len(lines):
        return _say_old(app, asking, filling)
    edited = forms.edit(filling.form, filling.session, lines[int(number)].ref, app.clock(), RULES)
    return _show(app, asking, filling.form, edited, message_id)


Inside = Callable[[App, Asking, Filling, list[str], int], Response]
INSIDE: Mapping[str, Inside] = {
    "pick": _pick,
    "tick": _tick,
    "done": _done,
    "page": _turn_page,
    "back": _plain_step(forms.back),
    "skip": _plain_step(forms.skip),
    "resume": _plain_step(forms.resume),
    "submit": _plain_step(forms.submit),
    "leave": _leave,
    "cancel": _cancel,
    "sure": _cancel_surely,
    "change": _choose_line,
    "edit": _edit,
}


def _show(
    app: App,
    asking: Asking,
    form: Form,
    taken: "tuple[Session, tuple[Event, ...]]",
    replaces: int | None = None,
    page: int = 0,
) -> Response:
    """What a step came to, as messages and as facts to be kept."""
    session, events = taken
    locale, person = session.locale, asking.incoming.person
    before = [part for event in events if (part := _describe(app, event, locale))]
    last = events[-1]
    if isinstance(last, Submitted):
        return _confirm(app, person, form, session, last.submission)
    if isinstance(last, Cancelled | Closed):
        dropped = SessionDropped(person, form.id)
        return say(app, locale, "form.cancelled", dropped, replaces=replaces)
    if isinstance(last, Completed):
        html, rows = prompts.summarize(app, form, last, locale)
    else:
        prompt = last.prompt if isinstance(last, Asked) else _prompt(app, Filling(form, session))
        html, rows = prompts.ask(app, form, prompt, locale, page) if prompt else ("", ())
        refused = next((event for event in events if isinstance(event, Refused) and event.candidates), None)
        if prompt and refused and prompt.kind == "select_one":
            rows = prompts.candidate_rows(prompt, refused, locale) or rows
    # A message that says more than the next question is not put in the place of an older one.
    reply = prompts.gather(before, html, rows, locale, None if before else replaces)
    body = app.cipher.seal(session.to_json(), PURPOSE)
    return Response((reply,), (SessionKept(person, form.id, form.fingerprint, form.to_json(), body),))


def _describe(app: App, event: Event, locale: str) -> str:
    if isinstance(event, Told):
        return prompts.tell(event.prompt)
    return prompts.explain(app, event, locale) if isinstance(event, Refused) else ""


def _confirm(app: App, person: bytes, form: Form, session: Session, submission: Submission) -> Response:
    """The receipt. Who sent it is kept only where they did not ask to stay anonymous."""
    code = submission.id[:8].replace("-", "x").replace("_", "y").upper()
    named = session.person and "anonymous" not in {
        value for ref, value in submission.answers.items() if ref.endswith(f"/{ANONYMITY}")
    }
    whose = person if named else None
    sealed = app.cipher.seal(json.dumps(dict(submission.answers), ensure_ascii=False), SUBMISSION_PURPOSE)
    kept = StoredSubmission(code, form.id, form.fingerprint, whose, session.locale, sealed, app.today())
    key = "form.submitted.known" if named else "form.submitted.anonymous"
    withdraw = Button(
        app.languages.say(session.locale, "form.withdraw"), prompts.step(session.locale, "withdraw", code)
    )
    rows = ((withdraw,),) if named else ()
    effects = (SubmissionKept(kept), SessionDropped(person, form.id))
    reply = Reply(app.languages.say(session.locale, key, code=code), session.locale, rows)
    return Response((reply,), effects)


def _prompt(app: App, filling: Filling) -> "forms.Prompt | None":
    """The question the session waits at."""
    _, events = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return next((event.prompt for event in events if isinstance(event, Asked)), None)


def _lines(app: App, filling: Filling) -> "tuple[forms.events.Line, ...]":
    _, events = forms.resume(filling.form, filling.session, app.clock(), RULES)
    return next((event.lines for event in events if isinstance(event, Completed)), ())


def _say_old(app: App, asking: Asking, filling: Filling) -> Response:
    """A button of an earlier question: nothing changes, the question is asked again."""
    shown = _show(app, asking, filling.form, forms.resume(filling.form, filling.session, app.clock(), RULES))
    old = app.languages.say(filling.session.locale, "form.refused.old-question")
    reply = shown.replies[0]
    return Response((Reply(f"✋ {old}\n\n{reply.html}", reply.locale, reply.buttons),), shown.effects)


def _read_page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
