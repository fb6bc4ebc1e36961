"""What one answer costs the form room: 200 questions, 60 of them with conditions, filled in to the end.

The measure is the processor time of one answer, from the session as it is stored to the session as it is stored next,
beside a floor measured in the same run: libxml2 evaluating the form's 60 conditions on a tree that stands ready.
"""

import platform
from datetime import UTC, datetime
from statistics import median
from time import process_time

from lxml import etree

from bot.forms import Form, Session, Source, answer, read_form, start
from bot.forms.evaluating import evaluate_condition
from bot.forms.events import Asked, Completed
from bot.forms.instances import Instance
from bot.forms.limits import Limits
from bot.forms.model import Expression
from bot.forms.variables import make_variables

NOW = datetime(2026, 11, 20, tzinfo=UTC)
QUESTIONS = 200
ROUNDS = 5
CHOICES = [("yes", "Yes"), ("no", "No"), ("maybe", "Maybe")]
CONDITIONS = (
    "${{q{0}}} = 'yes'",
    "selected(${{q{0}}}, 'no') or ${{q{1}}} > 5",
    "not(${{q{0}}} = 'never') and count-selected(${{q{0}}}) >= 0",
)


def make_table(questions: int = QUESTIONS) -> str:
    """A select, a number and a text in turn; every third of them has a condition on two before it."""
    rows = ["| survey |", "| | type | name | label | relevant | constraint |"]
    for number in range(questions):
        kind = ("select_one c", "integer", "text", "select_multiple c")[number % 4]
        condition = ""
        if number % 10 in {4, 6, 8}:
            condition = CONDITIONS[number // 2 % 3].format(number // 4 * 4 - 4, number // 4 * 4 - 3)
        constraint = ". >= 0 and . < 1000" if kind == "integer" else ""
        rows.append(f"| | {kind} | q{number} | Question {number} | {condition} | {constraint} |")
    rows += [
        "| choices |",
        "| | list_name | name | label |",
        *(f"| | c | {name} | {label} |" for name, label in CHOICES),
    ]
    return "\n".join(rows)


def make_form() -> Form:
    form, problems = read_form(Source(make_table().encode(), ".md", "large"))
    assert form is not None, problems
    return Form.from_json(form.to_json())


def fill_in(form: Form) -> tuple[int, str]:
    """Answer everything; how many answers it took, and the last session as it is stored."""
    session, events = start(form, NOW, session_id="s", seed="s", locale="en")
    stored, answers = session.to_json(), 0
    while not isinstance(events[-1], Completed):
        assert isinstance(events[-1], Asked), events
        said = {"integer": "12", "text": "Some words"}.get(events[-1].prompt.kind, "yes")
        session, events = answer(form, Session.from_json(stored), said, NOW)
        stored, answers = session.to_json(), answers + 1
    return answers, stored


def time_answers(form: Form) -> tuple[float, int]:
    """Microseconds of processor time of one answer, and how many there were."""
    begun = process_time()
    answers, _ = fill_in(form)
    return (process_time() - begun) / answers * 1e6, answers


def time_conditions(form: Form, stored: str) -> tuple[float, int]:
    """Microseconds for all conditions of the form once, and how many there are."""
    session = Session.from_json(stored)
    instance = Instance(form, session, make_variables(form, session, NOW), Limits())
    places: list[tuple[Expression, etree._Element]] = [
        (node.part.relevant, node.element) for node in instance.root.walk() if node.part.relevant is not None
    ]
    begun = process_time()
    for expression, element in places * 20:
        evaluate_condition(expression, element, instance.variables)
    return (process_time() - begun) / 20 * 1e6, len(places)


def main() -> None:
    form = make_form()
    fill_in(form)
    runs = [(time_answers(form), time_conditions(form, fill_in(form)[1])) for _ in range(ROUNDS)]
    ratios = [one[0] / floor[0] for one, floor in runs]
    (_, answers), (_, conditions) = runs[0]
    print(f"Python {platform.python_version()}, lxml {etree.__version__}, {len(form.questions)} nodes")
    print(f"{'one answer (' + str(answers) + ' of them)':<40}{median(one[0] for one, _ in runs):>10.0f} µs")
    print(f"{'floor: its ' + str(conditions) + ' conditions alone':<40}{median(one[0] for _, one in runs):>10.0f} µs")
    print(f"{'ratio, median (least - most)':<40}{median(ratios):>10.1f}   ({min(ratios):.1f} - {max(ratios):.1f})")


if __name__ == "__main__":
    main()
