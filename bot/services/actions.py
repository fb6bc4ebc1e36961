"""What the buttons say when they are pressed: short, self-contained texts of at most 64 bytes.

A verb and its arguments with colons between them. The verbs are one letter for the sake of the 64 bytes (Bot API,
InlineKeyboardButton.callback_data); they stay what they are for ever, because old buttons stay on people's phones.
"""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Verb(StrEnum):
    """What a press asks for, and the arguments that follow."""

    CHOOSE_LOCALE = "l"  # locale
    SHOW_LOCALES = "g"  # locale
    SHOW_TOPICS = "t"  # locale
    SHOW_TOPIC = "s"  # locale, topic, page
    SHOW_ENTRY = "e"  # locale, entry, question id or nothing
    THUMB = "f"  # locale, entry, up or down
    NONE_OF_THESE = "n"  # locale, question id
    WITHDRAW_QUESTION = "d"  # locale, question id
    ERASE = "x"  # locale
    SHOW_COMING = "v"  # locale
    SHOW_PAST = "p"  # locale, page
    CALENDAR = "c"  # locale, event
    REMIND = "r"  # locale, event
    TOGGLE_REMINDER = "R"  # locale, event, which
    COME = "w"  # locale, event
    FOLLOW = "o"  # locale, subject
    FOLLOW_EVENT = "O"  # locale, event
    UNFOLLOW = "u"  # locale, subject
    TELL_COUNTRY = "k"  # locale, country or -, event
    TELL_STAKEHOLDER = "h"  # locale, stakeholder or -, event
    AGREE = "y"  # locale, the verb that needed it, its arguments
    DECLINE = "Y"  # locale
    SHOW_COUNTRIES = "C"  # locale
    FORM = "F"  # locale, step, its arguments
    PATH = "q"  # locale, question or way, ticked steps
    REMIND_OF_PATH = "Q"  # locale, way, ticked steps
    SEAT = "m"  # locale, pair, yes or no
    SHOW_NEWS = "N"  # locale
    SHOW_ANNOUNCEMENT = "A"  # locale, announcement
    LESS = "L"  # locale, topic or nothing
    NEWS = "W"  # locale, topic or nothing
    STOP = "S"  # locale
    DUTY = "D"  # locale, duty, its arguments
    HUMAN = "a"  # locale, step, question id or ticket
    NOTED = "z"  # nothing: the button only shows that something was noted


@dataclass(frozen=True, slots=True)
class Action:
    """A verb, the language of the message the button hangs under, and the rest."""

    verb: Verb
    locale: str = ""
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join((self.verb.value, self.locale, *self.arguments))


def action(verb: Verb, locale: str = "", *arguments: str) -> str:
    return str(Action(verb, locale, arguments))


def read_action(text: str) -> Action | None:
    """The action a button carries, or None where it is none of ours."""
    verb, *rest = text.split(":")
    if verb not in set(Verb):
        return None
    return Action(Verb(verb), rest[0] if rest else "", tuple(rest[1:]))
