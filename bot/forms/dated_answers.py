"""Answers that are days and times."""

from datetime import datetime

from bot.forms.asking import Asking, Refusal, expect_text
from bot.forms.dates import write_moment
from bot.forms.incoming import Incoming
from bot.forms.reasons import Reason
from bot.forms.typed_days import NoSuchDay, is_now, read_clock, read_day, read_day_and_clock


def read_date(incoming: Incoming, asking: Asking) -> str:
    parts = 1 if "year" in asking.appearance.split() else 2 if "month-year" in asking.appearance.split() else 3
    example = asking.now.strftime(("%Y", "%m/%Y", "%d/%m/%Y")[parts - 1])
    reason = (Reason.NOT_YEAR, Reason.NOT_MONTH, Reason.NOT_DATE)[parts - 1]
    try:
        day = read_day(expect_text(incoming, reason, example), asking.now.date(), parts=parts)
    except NoSuchDay:
        raise Refusal(Reason.NO_SUCH_DAY, example) from None
    if day is None:
        raise Refusal(reason, example)
    return day.isoformat()


def read_time(incoming: Incoming, asking: Asking) -> str:
    text = expect_text(incoming, Reason.NOT_TIME, "15:30")
    try:
        clock = asking.now.time() if is_now(text) else read_clock(text)
    except NoSuchDay:
        raise Refusal(Reason.NO_SUCH_TIME, "15:30") from None
    if clock is None:
        raise Refusal(Reason.NOT_TIME, "15:30")
    return write_moment(datetime.combine(asking.now.date(), clock, asking.now.tzinfo)).partition("T")[2]


def read_moment(incoming: Incoming, asking: Asking) -> str:
    example = asking.now.strftime("%d/%m/%Y 15:30")
    text = expect_text(incoming, Reason.NOT_MOMENT, example)
    if is_now(text):
        return write_moment(asking.now)
    try:
        found = read_day_and_clock(text, asking.now.date())
    except NoSuchDay:
        raise Refusal(Reason.NO_SUCH_DAY, example) from None
    if found is None:
        raise Refusal(Reason.NOT_MOMENT, example)
    return write_moment(datetime.combine(*found, asking.now.tzinfo))
