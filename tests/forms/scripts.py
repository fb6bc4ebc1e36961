"""Forms with a conversation, written as Markdown: the form's tables, then what is said and what comes of it.

Each line below the tables begins with a sign:

    ? name: Your name      this question is asked (its label may be given)
    ~ Welcome              this note is shown
    > Amina                said; `> [a b]` chooses, `> @33.9 35.5` is a place, `> %image a.jpg` a file
    ! constraint: Too old  the answer is refused for this reason (the form's message may be given)
    / skip                 a step: back, skip, resume, submit, cancel, edit REF, language LOCALE, toggle VALUE, remove REF, day DATE
    - a, b                 the choices offered, by value; `-- A, B` by label
    = name: Amina          an answer as stored; `= name:` that there is none
    * age: 5               a line of the summary as a person reads it
    .                      everything is answered, the summary is shown
    # …                    a remark
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.forms import Attached, Chosen, Form, Incoming, Located, Session, Source, read_form, steps
from bot.forms.events import Asked, Completed, Event, Refused, Submitted, Told

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
FILES = {path.name: path.read_bytes() for path in (Path(__file__).parent / "files").iterdir()}


@dataclass(frozen=True, slots=True)
class Script:
    """A form and the lines of a conversation, each with its number in the file."""

    form: Form
    lines: tuple[tuple[int, str, str], ...]


def read_script(path: Path) -> Script:
    """Raises AssertionError where the form has a problem."""
    text = path.read_text("utf-8")
    tables = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    form, problems = read_form(Source(tables.encode(), ".md", path.stem, FILES, ("en",)))
    assert form is not None, problems
    # What is stored is what runs.
    form = Form.from_json(form.to_json())
    lines = [(number, *line.partition(" ")[::2]) for number, line in enumerate(text.splitlines(), 1)]
    return Script(form, tuple(one for one in lines if one[1] and one[1][0] not in "|#"))


@dataclass
class Play:
    """A conversation while it is played."""

    form: Form
    now: datetime = NOW
    session: Session = field(init=False)
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        self._keep(steps.start(self.form, self.now, session_id="s-1", seed="seed", locale="en", person="p-1"))

    def run(self, sign: str, rest: str) -> None:
        SIGNS[sign](self, rest)

    def say(self, text: str) -> None:
        self._keep(steps.answer(self.form, self.session, _read_incoming(text), self.now))

    def step(self, text: str) -> None:
        name, _, rest = text.partition(" ")
        if name == "day":
            self.now = datetime.fromisoformat(rest).replace(tzinfo=UTC)
        elif name == "cancel":
            self._keep(steps.cancel(self.session))
        elif rest:
            wanted = self._ref(rest) if name in {"edit", "remove"} else rest
            self._keep(_STEPS_WITH[name](self.form, self.session, wanted, self.now))
        else:
            self._keep(_STEPS[name](self.form, self.session, self.now))

    def expect_question(self, text: str) -> None:
        ref, _, label = text.partition(": ")
        prompt = self._asked().prompt
        assert prompt.ref == self._ref(ref), prompt
        assert label in {"", prompt.label}, prompt

    def expect_note(self, text: str) -> None:
        told = [event.prompt.label for event in self.events if isinstance(event, Told)]
        assert text in told, self.events

    def expect_refusal(self, text: str) -> None:
        reason, _, message = text.partition(": ")
        refused = [event for event in self.events if isinstance(event, Refused)]
        assert refused, self.events
        assert refused[0].reason == reason, refused
        assert message.strip() in {"", refused[0].message.strip()}, refused

    def expect_choices(self, text: str) -> None:
        assert ", ".join(offer.value for offer in self._asked().prompt.offers) == text, self._asked()

    def expect_labels(self, text: str) -> None:
        assert ", ".join(offer.label for offer in self._asked().prompt.offers) == text, self._asked()

    def expect_answer(self, text: str) -> None:
        ref, _, value = text.partition(":")
        answers: Mapping[str, str] = self.session.answers
        submitted = [event.submission.answers for event in self.events if isinstance(event, Submitted)]
        found = (submitted[0] if submitted else answers).get(self._ref(ref), "")
        assert found == value.strip(), answers

    def expect_line(self, text: str) -> None:
        ref, _, shown = text.partition(": ")
        lines = {line.ref: line.shown for event in self.events if isinstance(event, Completed) for line in event.lines}
        assert lines.get(self._ref(ref), "") == shown, lines

    def expect_end(self, _text: str) -> None:
        assert isinstance(self.events[-1], Completed), self.events

    def _keep(self, step: steps.Step) -> None:
        session, self.events = step
        self.session = Session.from_json(session.to_json())

    def _asked(self) -> Asked:
        asked = [event for event in self.events if isinstance(event, Asked)]
        assert asked, self.events
        return asked[-1]

    def _ref(self, name: str) -> str:
        return f"{self.form.root.ref}/{name}"


SIGNS: Mapping[str, Callable[[Play, str], None]] = {
    "?": Play.expect_question,
    "~": Play.expect_note,
    ">": Play.say,
    "!": Play.expect_refusal,
    "/": Play.step,
    "-": Play.expect_choices,
    "--": Play.expect_labels,
    "=": Play.expect_answer,
    "*": Play.expect_line,
    ".": Play.expect_end,
}
_STEPS: Mapping[str, Callable[..., steps.Step]] = {
    "back": steps.back,
    "skip": steps.skip,
    "resume": steps.resume,
    "submit": steps.submit,
}
_STEPS_WITH: Mapping[str, Callable[..., steps.Step]] = {
    "edit": steps.edit,
    "language": steps.change_language,
    "toggle": steps.toggle,
    "remove": steps.remove,
}


def play(path: Path) -> Play:
    """Play a whole file."""
    script = read_script(path)
    played = Play(script.form)
    for number, sign, rest in script.lines:
        try:
            played.run(sign, rest.strip())
        except AssertionError as error:
            raise AssertionError(f"{path.name}, line {number}: {sign} {rest}\n{error}") from error
    return played


def _read_incoming(text: str) -> Incoming:
    if text.startswith("["):
        return Chosen(tuple(text.strip("[]").split()))
    if text.startswith("@"):
        latitude, longitude = text[1:].split()
        return Located(float(latitude), float(longitude))
    if text.startswith("%"):
        media, _, file = text[1:].partition(" ")
        return Attached(media, file)
    return text
