"""Answers that are choices of a list."""

from collections.abc import Sequence

from bot.forms.asking import Asking, Refusal
from bot.forms.choosing import split_choices
from bot.forms.incoming import Chosen, Incoming
from bot.forms.reasons import Reason


def read_one(incoming: Incoming, asking: Asking) -> str:
    chosen = _read_choices(incoming, asking)
    if len(chosen) != 1:
        raise Refusal(Reason.ONE_CHOICE, candidates=[one for one in asking.offers if one.value in chosen])
    return chosen[0]


def read_multiple(incoming: Incoming, asking: Asking) -> str:
    """In the order of the list, as ODK stores them."""
    chosen = _read_choices(incoming, asking)
    return " ".join(one.value for one in asking.offers if one.value in chosen)


def read_rank(incoming: Incoming, asking: Asking) -> str:
    """All choices, in the order given."""
    chosen = _read_choices(incoming, asking)
    missing = [one for one in asking.offers if one.value not in chosen]
    if missing:
        raise Refusal(Reason.RANK_ALL, candidates=missing)
    return " ".join(chosen)


def _read_choices(incoming: Incoming, asking: Asking) -> list[str]:
    if isinstance(incoming, Chosen):
        known = {one.value for one in asking.offers}
        if not known.issuperset(incoming.values):
            raise Refusal(Reason.CHOICE_GONE)
        return list(dict.fromkeys(incoming.values))
    if not isinstance(incoming, str):
        raise Refusal(Reason.NOT_CHOICE)
    whole = asking.find(incoming, asking.offers)
    parts = split_choices(incoming)
    if len(whole) == 1 or len(parts) == 1:
        return [_one_choice(whole, asking)]
    return list(dict.fromkeys(_one_choice(asking.find(part, asking.offers), asking) for part in parts))


def _one_choice(found: Sequence[str], asking: Asking) -> str:
    if len(found) != 1:
        candidates = [one for value in found for one in asking.offers if one.value == value]
        raise Refusal(Reason.SEVERAL_CHOICES if found else Reason.NOT_CHOICE, candidates=candidates)
    return found[0]
