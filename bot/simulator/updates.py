"""Updates waiting for the bot (Bot API, "Getting updates"): numbered, kept until confirmed, polled for."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import islice

from bot.simulator.chats import Json
from bot.simulator.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, Refusal

# What a bot gets only when it asks for it by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The queue of one bot. Ids only grow; an update stays until an offset, or a webhook's answer, confirms it."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._waiting: OrderedDict[int, Json] = OrderedDict()
        self._again: list[Json] = []
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self._post: Callable[[Json], None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def waiting(self) -> list[Json]:
        """Those not confirmed, oldest first."""
        return list(self._waiting.values())

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed or ())

    def allow(self, kinds: Iterable[str]) -> None:
        """From now on only these kinds of update are kept; of none named, all but those `NOT_BY_DEFAULT`."""
        self._allowed = frozenset(kinds) or None

    def push(self, kind: str, content: Json) -> None:
        """Queue an update, if the bot wants its kind."""
        wanted = kind in self._allowed if self._allowed is not None else kind not in NOT_BY_DEFAULT
        if wanted:
            self.push_raw({"update_id": self._next_id, kind: content})

    def push_raw(self, update: Json) -> None:
        """Queue an update as it is; one without an id gets the next."""
        update_id = update.setdefault("update_id", self._next_id)
        self._next_id = max(self._next_id, update_id + 1)
        self._waiting[update_id] = update
        if self._post is not None:
            self._post(update)
        elif self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm what is before `offset` and return the oldest others, waiting for one up to `seconds`.

        A negative offset keeps that many from the end and forgets the others. A second poller ends the first.
        """
        if self._post is not None:
            raise Refusal(WEBHOOK_ACTIVE, 409)
        self._end_poll(Refusal(OTHER_POLLER, 409))
        self._confirm_before(offset)
        if not self._waiting and not self._again and seconds > 0:
            await self._wait(seconds)
        repeated, self._again = self._again, []
        return (repeated + list(islice(self._waiting.values(), limit)))[:limit]

    def repeat(self, updates: Iterable[Json]) -> None:
        """Give these once more with the next answer, confirmed or not."""
        self._again.extend(updates)

    def confirm(self, update_id: int) -> None:
        self._waiting.pop(update_id, None)

    def drop(self) -> None:
        self._waiting.clear()
        self._again.clear()

    def post_to(self, post: Callable[[Json], None] | None) -> None:
        """Hand every update to a webhook from now on, beginning with those that wait; None goes back to polling."""
        self._post = post
        if post is None:
            return
        self._end_poll(Refusal(WEBHOOK_SET, 409))
        for update in self.waiting:
            post(update)

    def close(self) -> None:
        """End a poll under way, as if its time were over."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _end_poll(self, reason: Refusal) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(reason)

    def _confirm_before(self, offset: int) -> None:
        keep = -offset if offset < 0 else None
        while self._waiting:
            oldest = next(iter(self._waiting))
            if len(self._waiting) <= keep if keep is not None else oldest >= offset:
                return
            del self._waiting[oldest]
