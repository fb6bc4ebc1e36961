"""One thread that runs what waits together in one round, and tells the event loop once a round."""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from bot.storage.database import T, Work

MOST_TOGETHER = 256
# The results of the works of a round: each a result, or the error it raised.
Outcome = tuple[Any, Exception | None]
RunRound = Callable[[Sequence[Work[Any]]], Sequence[Outcome]]
_Waiting = tuple[Work[Any], "asyncio.Future[Any]"]


class Rounds:
    """Works asked for while a round runs make up the next one: waking a thread and waking the loop cost more than most
    works do, and so are shared."""

    def __init__(self, name: str, run_round: RunRound) -> None:
        self._run_round = run_round
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        """Run a work in the thread; its result, or what it raised."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put((work, future))
        return await future

    async def close(self) -> None:
        """Finish what was asked for, then end the thread."""
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        closing = False
        while not closing:
            together = [self._waiting.get()]
            while len(together) < MOST_TOGETHER and not self._waiting.empty():
                together.append(self._waiting.get())
            asked = [one for one in together if one is not None]
            closing = len(asked) < len(together)
            if asked:
                outcomes = self._run_round([work for work, _ in asked])
                futures = [future for _, future in asked]
                futures[0].get_loop().call_soon_threadsafe(_settle, futures, outcomes)


def _settle(futures: Sequence["asyncio.Future[Any]"], outcomes: Sequence[Outcome]) -> None:
    for future, (result, error) in zip(futures, outcomes, strict=True):
        if future.cancelled():
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
