"""Why an answer cannot be taken."""

from enum import StrEnum


class Reason(StrEnum):
    """Each is a sentence in the person's language, which the chat has."""

    NOT_TEXT = "not-text"  # words were expected
    TEXT_LONG = "text-long"  # longer than a message
    NOT_NUMBER = "not-number"  # no number, or more than one
    NOT_WHOLE = "not-whole"  # a fraction where a whole number is due; `example` is without it
    OUT_OF_RANGE = "out-of-range"  # `example` is the end that is nearer
    NOT_ON_STEP = "not-on-step"  # between two steps; `example` is the nearest
    NOT_CHOICE = "not-choice"  # none of the choices
    SEVERAL_CHOICES = "several-choices"  # may be each of `candidates`
    ONE_CHOICE = "one-choice"  # more than one
    RANK_ALL = "rank-all"  # `candidates` have no place yet
    CHOICE_GONE = "choice-gone"  # not offered any more
    NOT_DATE = "not-date"
    NOT_MONTH = "not-month"
    NOT_YEAR = "not-year"
    NO_SUCH_DAY = "no-such-day"  # 31 February
    NOT_TIME = "not-time"
    NO_SUCH_TIME = "no-such-time"  # 25:00
    NOT_MOMENT = "not-moment"  # no date with a time
    NOT_PLACE = "not-place"
    NOT_AGREED = "not-agreed"  # neither yes nor OK
    NEEDS_IMAGE = "needs-image"
    NEEDS_AUDIO = "needs-audio"
    NEEDS_VIDEO = "needs-video"
    NEEDS_FILE = "needs-file"
    NOT_ASKED = "not-asked"  # nothing is asked here
    YES_OR_NO = "yes-or-no"  # whether there is another
    REQUIRED = "required"  # an answer is due; `message` is the form's own
    CONSTRAINT = "constraint"  # not as the form wants it; `message` is the form's own
    OLD_QUESTION = "old-question"  # an answer to an earlier question
    QUESTION_GONE = "question-gone"  # the question is not there any more
