"""Faults on demand: what can go wrong between a bot and Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from random import Random


class Fails(Enum):
    """How a call fails."""

    FLOOD = auto()  # 429 with `retry_after`
    BLOCKED = auto()  # 403, the person blocked the bot
    CHAT_NOT_FOUND = auto()  # 400
    GATEWAY = auto()  # `status` (502) with an HTML body, as a proxy in between answers
    RESET = auto()  # the connection breaks before the call is handled
    RESET_AFTER = auto()  # the call is handled, then the connection breaks: the bot cannot know
    SLOW = auto()  # the answer takes `seconds` longer
    TWICE = auto()  # updates fetched are given once more, although confirmed (of a webhook: posted twice)


@dataclass(slots=True)
class Fault:
    """One rule. An empty `method` means any, `chat_id` None any; `times` None means always."""

    fails: Fails
    method: str = ""
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 0.0
    status: int = 502

    def concerns(self, method: str, chat_id: int | None) -> bool:
        named = not self.method or self.method.lower() == method.lower()
        return named and self.chat_id in (None, chat_id) and self.times != 0


class Faults:
    """The rules in force. Chance comes from a seeded `Random`: the same calls in the same order fail the same way."""

    def __init__(self, seed: int = 0) -> None:
        self._rules: list[Fault] = []
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose

    def __len__(self) -> int:
        """How many rules may still strike."""
        return sum(rule.times != 0 for rule in self._rules)

    def add(  # noqa: PLR0913 - each is a condition or a measure of its own, given by name
        self,
        fails: Fails,
        method: str = "",
        *,
        chat_id: int | None = None,
        times: int | None = 1,
        probability: float = 1.0,
        retry_after: int = 1,
        seconds: float = 0.0,
        status: int = 502,
    ) -> Fault:
        """Put a rule in force; with `times=None` until `clear`."""
        rule = Fault(fails, method, chat_id, times, probability, retry_after, seconds, status)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        self._rules.clear()

    def strike(self, method: str, chat_id: int | None) -> Sequence[Fault]:
        """The faults that befall this call, each counted as used."""
        if not self._rules:
            return ()
        return self._use([rule for rule in self._rules if rule.fails is not Fails.TWICE], method, chat_id)

    def strike_twice(self) -> bool:
        """Whether the updates being handed to the bot now are handed over twice."""
        return bool(self._use([rule for rule in self._rules if rule.fails is Fails.TWICE], "getUpdates", None))

    def _use(self, rules: Sequence[Fault], method: str, chat_id: int | None) -> Sequence[Fault]:
        struck = [rule for rule in rules if rule.concerns(method, chat_id) and self._happens(rule)]
        for rule in struck:
            if rule.times is not None:
                rule.times -= 1
        return struck

    def _happens(self, rule: Fault) -> bool:
        return rule.probability >= 1 or self._random.random() < rule.probability
