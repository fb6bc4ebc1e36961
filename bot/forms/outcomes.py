"""What a session comes to: the submission, and the session without one of its repeats."""

from dataclasses import replace

from bot.forms.dates import write_moment
from bot.forms.events import Submission
from bot.forms.sessions import Session
from bot.forms.turns import Turn


def make_submission(turn: Turn) -> Submission:
    session, instance = turn.session, turn.instance
    relevant = {node.ref: value for node in instance.root.walk() if (value := instance.answers.get(node.ref, ""))}
    return Submission(
        session.id,
        session.form,
        session.fingerprint,
        turn.form.version,
        session.locale,
        session.started_at,
        write_moment(turn.now),
        relevant.get(turn.form.instance_name, ""),
        relevant,
        session.revises,
    )


def remove_instance(turn: Turn, path: str, number: int) -> Session:
    """The session without the instance `number` of the repeat at `path`."""

    def rename(ref: str) -> str | None:
        if not ref.startswith(f"{path}["):
            return ref
        own, _, rest = ref.removeprefix(f"{path}[").partition("]")
        return None if int(own) == number else f"{path}[{int(own) - (int(own) > number)}]{rest}"

    count = len(turn.instance.repeats[path].instances)
    counts = {new: value for old, value in turn.instance.counts.items() if (new := rename(old)) is not None}
    return replace(
        turn.session,
        answers={new: value for old, value in turn.instance.answers.items() if (new := rename(old)) is not None},
        counts={**counts, path: count - 1},
        settled=tuple(new for old in turn.settled if (new := rename(old)) is not None),
        drafts=(),
        hidden=(),
        day="",
    )
