"""Each person's jobs in order, different people's at once, never more than a bound."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Job = Callable[[], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]
WAITS_SECONDS = (0.5, 1, 2, 4, 8, 15, 30, 60, 60, 60)


class Lanes:
    """A queue for each person who has something waiting.

    A job takes one of `at_once` places with `async with lanes.place:` while it works, and leaves it while it merely
    waits (for a 429 to pass), so that one chat's wait costs nobody else anything.
    """

    def __init__(self, at_once: int, most_waiting: int = 1000) -> None:
        self.place = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._lanes: dict[bytes, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def waiting(self) -> int:
        """How many jobs are not finished."""
        return self._waiting

    @property
    def is_crowded(self) -> bool:
        """Whether more wait than are served at once."""
        return self._waiting > self._at_once

    def add(self, person: bytes, job: Job) -> None:
        """Put a job behind the person's earlier ones.

        A job that raises (the disk is full, the database away) is tried again, more and more slowly; what is given
        up is still in the database and found again at start.
        """
        self._waiting += 1
        if self._waiting >= self._most_waiting:
            self._has_room.clear()
        lane = self._lanes.get(person)
        if lane is not None:
            lane.append(job)
            return
        self._lanes[person] = deque([job])
        task = asyncio.create_task(self._run(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def wait_for_room(self) -> None:
        """Wait until fewer than `most_waiting` jobs wait: what is not fetched is safe with Telegram."""
        await self._has_room.wait()

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, for so long at most; then stop it. What is stopped is found again at start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, person: bytes) -> None:
        lane = self._lanes[person]
        while lane:
            try:
                await _insist(lane.popleft())
            finally:
                self._waiting -= 1
                if self._waiting < self._most_waiting:
                    self._has_room.set()
        del self._lanes[person]


async def _insist(job: Job) -> None:
    for wait in WAITS_SECONDS:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person's later jobs must have their turn
            log.error("job failed", error=type(error).__name__, again_in_seconds=wait)
            await asyncio.sleep(wait)
        else:
            return


class Pacer:
    """Spaces sends so that on average no more than `per_second` begin in a second; 0 lifts the limit (Bot API FAQ: 30).

    Replies go before broadcasts: a reply takes its place at once, up to a short burst ahead, and what is sent of a
    broadcast makes up for it by waiting longer.
    """

    BURST_SECONDS = 1 / 3
    # A timer wakes a little late each time; as many places may be made up for, or the rate would never be reached.
    LATE_SECONDS = 0.1

    def __init__(
        self, per_second: float, clock: Callable[[], float] = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.per_second = per_second
        self._clock, self._sleep = clock, sleep
        self._interval = 1 / per_second if per_second else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for a reply's turn."""
        if not self._interval:
            return
        left = self._take() - self.BURST_SECONDS - self._clock()
        if left > 0:
            await self._sleep(left)

    async def wait_behind(self) -> None:
        """Wait until no reply has taken the next place, then take it."""
        if not self._interval:
            return
        # A reply may take the place meanwhile: then there is more to wait.
        while (left := self._next - self._clock()) > 0:
            await self._sleep(left)
        self._take()

    def _take(self) -> float:
        """Take the next place; its moment."""
        mine = max(self._next, self._clock() - self.LATE_SECONDS)
        self._next = mine + self._interval
        return mine
