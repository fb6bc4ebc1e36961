"""One step of a session: what is asked next, what is taken, what no longer holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.forms.asking import NO_RANGE, Asking, Refusal
from bot.forms.choosing import FindChoices, find_choices
from bot.forms.events import Asked, Completed, Dropped, Event, Line, Prompt, Refused, Told
from bot.forms.incoming import Incoming
from bot.forms.instances import Instance
from bot.forms.kinds import KINDS, SELECTS
from bot.forms.limits import Limits
from bot.forms.model import Form, Question
from bot.forms.nodes import Node
from bot.forms.prompting import Prompter
from bot.forms.reasons import Reason
from bot.forms.sessions import Session, Stage
from bot.forms.stops import SHOWN, Stop, walk_stops
from bot.forms.variables import make_variables


@dataclass(frozen=True, slots=True)
class Rules:
    """How a form is run: its limits, and how typed choices are found."""

    limits: Limits = field(default_factory=Limits)
    find: FindChoices = find_choices


class Turn:
    """A session while it is worked on. `close` gives the session that follows and what happened."""

    def __init__(self, form: Form, session: Session, now: datetime, rules: Rules) -> None:
        self.form = form
        self.session = session
        self.now = now
        self.rules = rules
        self.events: list[Event] = []
        self.settled = dict.fromkeys(session.settled)
        variables = make_variables(form, session, now)
        self.instance = Instance(form, session, variables, rules.limits)
        self.prompter = Prompter(self.instance, session.locale)
        self._stops: tuple[Stop, ...] | None = None
        self._day = now.date().isoformat()
        if session.day != self._day:
            self.settle(everything=True)

    def close(
        self, at: str = "", stage: Stage | None = None, drafts: tuple[str, ...] = ()
    ) -> tuple[Session, tuple[Event, ...]]:
        session = replace(
            self.session,
            answers=self.instance.answers,
            counts=self.instance.counts,
            hidden=tuple(self.instance.hidden()),
            day=self._day,
            settled=tuple(self.settled),
            at=at,
            stage=stage or self.session.stage,
            drafts=drafts,
        )
        return session, tuple(self.events)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Everything to be shown, in order, as the answers now stand."""
        if self._stops is None:
            self._stops = tuple(walk_stops(self.instance.root, self.rules.limits.repeat_count))
        return self._stops

    def find_stop(self, ref: str) -> Stop | None:
        """The stop of a ref; None for what is not shown, or gone."""
        node = self.instance.find(ref)
        if node is None:
            return next((stop for stop in self.stops if stop.ref == ref), None)
        is_shown = isinstance(node.part, Question) and node.part.kind in SHOWN and node.is_relevant
        return Stop(ref, node) if is_shown else None

    def settle(self, *, everything: bool = False) -> None:
        """Work out what follows from what was put."""
        self.instance.settle(everything=everything)
        self._stops = None

    def is_asked(self, stop: Stop) -> bool:
        """Whether an answer is waited for: not at notes and at what is read only."""
        part = stop.node.part
        if stop.group is not None or not isinstance(part, Question):
            return True
        read_only = part.read_only is not None and self.instance.holds(part.read_only, stop.node)
        return KINDS[part.kind].asks and not read_only

    def go_on(self) -> tuple[Session, tuple[Event, ...]]:
        """Ask the first question that is not settled, telling the notes before it; show the summary after the last."""
        for stop in self.stops:
            if stop.ref in self.settled:
                continue
            if self.is_asked(stop):
                return self.ask(stop)
            self.settled[stop.ref] = None
            self.events.append(Told(self.prompter.prompt(stop.node)))
        if self.drop_impossible():
            return self.go_on()
        self.events.append(Completed(tuple(self.summarize()), tuple(self.find_unanswered())))
        return self.close(stage=Stage.CHECKING)

    def ask(self, stop: Stop, drafts: tuple[str, ...] = ()) -> tuple[Session, tuple[Event, ...]]:
        self.events.append(Asked(self.prompt(stop, drafts)))
        return self.close(stop.ref, Stage.ASKING, drafts)

    def prompt(self, stop: Stop, drafts: tuple[str, ...] = ()) -> Prompt:
        asked = [one.ref for one in self.stops if self.is_asked(one)]
        place = (asked.index(stop.ref) + 1 if stop.ref in asked else 0, len(asked))
        if stop.group is not None:
            return self.prompter.prompt_repeat(stop.ref, stop.node, stop.group.texts, place)
        return self.prompter.prompt(stop.node, drafts, place)

    def read(self, stop: Stop, incoming: Incoming) -> str:
        """The value of an answer. Raises `Refusal`."""
        part = stop.node.question
        asking = Asking(
            self.now,
            self.session.locale,
            self.rules.find,
            self.rules.limits.text_length,
            self.prompter.offers(stop.node),
            part.range or NO_RANGE,
            part.appearance,
        )
        return KINDS[part.kind].read(incoming, asking)

    def fill(self, values: Mapping[str, str]) -> None:
        """Give the questions of some kinds, that nobody is asked, their values."""
        for part in self.form.questions:
            node = self.instance.find(part.ref)
            if part.kind in values and node is not None:
                self.instance.put(node, values[part.kind])

    def take(self, node: Node, value: str) -> None:
        """Put an answer in its place and work out what follows."""
        part = node.question
        before = self.instance.value(node)
        self.instance.put(node, value)
        self.settle()
        if part.sets and value != before:
            self.instance.assign(part.sets, node)
            self.settle()
        if before and value != before:
            self.drop_impossible()

    def allows(self, node: Node, value: str) -> bool:
        """Whether the question's constraint holds for a value; an empty one breaks none."""
        part = node.part
        if not isinstance(part, Question) or part.constraint is None or not value:
            return True
        before = node.element.text
        node.element.text = value
        holds = self.instance.holds(part.constraint, node)
        node.element.text = before
        return holds

    def drop_impossible(self) -> bool:
        """Ask again what is settled and no longer holds; whether there was any."""
        found = False
        for stop in tuple(self.stops):
            if stop.group is None and stop.ref in self.settled and self.is_asked(stop):
                refused = self._find_fault(stop.node)
                if refused is not None:
                    found = True
                    del self.settled[stop.ref]
                    self.events += [Dropped(stop.ref, self.instance.value(stop.node)), refused]
                    if refused.reason == Reason.CHOICE_GONE:
                        self.instance.put(stop.node, "")
        if found:
            self.settle()
        return found

    def refuse(self, stop: Stop, refusal: Refusal) -> Refused:
        return Refused(stop.ref, refusal.reason, "", refusal.example, refusal.candidates)

    def refuse_constraint(self, node: Node) -> Refused:
        message = self.prompter.say(node, "constraint_message")
        return Refused(node.ref, Reason.CONSTRAINT, message, self._find_example(node))

    def _find_example(self, node: Node) -> str:
        """A number that the constraint takes, where its bounds are plain."""
        least, most = (float(bound) if bound else None for bound in node.question.bounds)
        middle = [(least + most) // 2] if least is not None and most is not None else []
        near = [
            *middle,
            *([least + 1, least] if least is not None else []),
            *([most - 1, most] if most is not None else []),
        ]
        return next((text for one in near if self.allows(node, text := f"{one:g}")), "")

    def refuse_missing(self, node: Node) -> Refused:
        return Refused(node.ref, Reason.REQUIRED, self.prompter.say(node, "required_message"))

    def summarize(self) -> Iterator[Line]:
        """The answers there are, and what is read only and has a value."""
        for stop in self.stops:
            if stop.group is None and self.instance.value(stop.node):
                yield self.prompter.line(stop.node, can_change=self.is_asked(stop))

    def find_unanswered(self) -> Iterator[Line]:
        """What is asked and has no answer; and each repeat that may have one more."""
        for stop in self.stops:
            if stop.group is not None:
                prompt = self.prompter.prompt_repeat(stop.ref, stop.node, stop.group.texts, (0, 0))
                yield Line(stop.ref, prompt.label, "", "", prompt.groups)
            elif self.is_asked(stop) and not self.instance.value(stop.node):
                yield self.prompter.line(stop.node, can_change=True)

    def _find_fault(self, node: Node) -> Refused | None:
        part, value = node.question, self.instance.value(node)
        if not value:
            return self.refuse_missing(node) if self.prompter.is_required(node) else None
        if part.kind in SELECTS:
            offered = {one.value for one in self.prompter.offers(node)}
            chosen = {value} if part.kind == "select_one" else set(value.split())
            if not chosen <= offered:
                return Refused(node.ref, Reason.CHOICE_GONE)
        return None if self.allows(node, value) else self.refuse_constraint(node)
