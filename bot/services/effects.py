"""What a response means besides its replies: facts to be written in the same transaction as they are planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.alarms import Wake
from bot.services.context import Context
from bot.services.outgoing import Outgoing
from bot.storage.database import Work
from bot.storage.feedback import Thumb
from bot.storage.forms import StoredSubmission
from bot.storage.questions import Outcome
from bot.storage.roles import Role
from bot.storage.tally import What


@dataclass(frozen=True, slots=True)
class LocaleChosen:
    """A person chose a language."""

    person: bytes
    locale: str


@dataclass(frozen=True, slots=True)
class PersonErased:
    """A person asked to be forgotten."""

    person: bytes


@dataclass(frozen=True, slots=True)
class ContextKept:
    """What the exchange was about, to be understood in the next one."""

    person: bytes
    context: Context


@dataclass(frozen=True, slots=True)
class ContextDropped:
    """The next message stands by itself."""

    person: bytes


@dataclass(frozen=True, slots=True)
class AddressKept:
    """A person agreed to be written to at an address (sealed)."""

    person: bytes
    locale: str
    address: bytes


@dataclass(frozen=True, slots=True)
class CountryTold:
    """A person said which country they are in, or `-` that they will not."""

    person: bytes
    country: str


@dataclass(frozen=True, slots=True)
class StakeholderTold:
    """A person said for whom they speak, or `-` that they will not."""

    person: bytes
    stakeholder: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A person wants to be told of a subject."""

    person: bytes
    subject: str


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """A person no longer wants to be told of it."""

    person: bytes
    subject: str


@dataclass(frozen=True, slots=True)
class AllStopped:
    """A person wants to be written to about nothing any more."""

    person: bytes


@dataclass(frozen=True, slots=True)
class AlarmSet:
    """A person wants to be told something at a moment."""

    wake: Wake


@dataclass(frozen=True, slots=True)
class AlarmTakenBack:
    """A person no longer wants to be told it."""

    wake: Wake


@dataclass(frozen=True, slots=True)
class SessionKept:
    """A person is inside a form: the form as it was begun (JSON), and the session (sealed)."""

    person: bytes
    form: str
    fingerprint: str
    form_body: str
    body: bytes


@dataclass(frozen=True, slots=True)
class FormRested:
    """What a person says next belongs to no form; what they answered stays."""

    person: bytes


@dataclass(frozen=True, slots=True)
class SessionDropped:
    """A form was sent or given up: nothing of the session is kept."""

    person: bytes
    form: str


@dataclass(frozen=True, slots=True)
class SubmissionKept:
    """A finished form."""

    submission: StoredSubmission


@dataclass(frozen=True, slots=True)
class SubmissionReplaced:
    """A person changed what they had sent: it takes the place of what has the same receipt, and is read anew."""

    person: bytes
    submission: StoredSubmission


@dataclass(frozen=True, slots=True)
class SubmissionWithdrawn:
    """A person took back what they had sent."""

    person: bytes
    id: str


@dataclass(frozen=True, slots=True)
class QuestionOpen:
    """A question had no sure answer; `text` is as it was typed."""

    id: str
    locale: str
    text: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class QuestionSettled:
    """A person said what became of their question, or which entry answered it."""

    id: str
    outcome: Outcome
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionWithdrawn:
    """A person does not want their question kept."""

    id: str


@dataclass(frozen=True, slots=True)
class SeatAnswered:
    """A person said whether they want to meet the other side of a pair."""

    person: bytes
    match: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """A person blocked the bot, or unblocked it."""

    person: bytes
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class RoleTaken:
    """A person opened an invitation to a role; `payload` is what its link ends in."""

    person: bytes
    address: str
    locale: str
    role: Role
    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class TicketAsked:
    """A person asks the team; `question` is the id under which the text is kept as a gap already, if it is."""

    id: str
    person: bytes
    address: str
    locale: str
    text: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class TicketAdded:
    """A person writes further to the team."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TicketEnded:
    """A person ends their exchange with the team; `key` is in which words the team is told."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class DeskLeft:
    """The bot is no longer in a group."""

    place: str


@dataclass(frozen=True, slots=True)
class Privileged:
    """Somebody did what only some roles may do: it is written, if they hold one of them still, and logged under the name
    of the act, where it has one. `write` may plan what is to be said to others."""

    person: bytes
    allowed: tuple[Role, ...]
    act: str
    subject: str
    write: Work[Sequence[Outgoing] | None]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Something happened once more; `detail` is the entry or form it was about."""

    locale: str
    what: What
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ThumbGiven:
    """Somebody found an answer useful, or not."""

    entry: str
    locale: str
    thumb: Thumb


Effect = (
    AddressKept
    | AlarmSet
    | AlarmTakenBack
    | AllStopped
    | ContextDropped
    | ContextKept
    | Counted
    | CountryTold
    | DeskLeft
    | Followed
    | FormRested
    | LocaleChosen
    | PersonErased
    | Privileged
    | QuestionOpen
    | QuestionSettled
    | QuestionWithdrawn
    | ReachChanged
    | RoleTaken
    | SeatAnswered
    | SessionDropped
    | SessionKept
    | StakeholderTold
    | SubmissionKept
    | SubmissionReplaced
    | SubmissionWithdrawn
    | ThumbGiven
    | TicketAdded
    | TicketAsked
    | TicketEnded
    | Unfollowed
)
