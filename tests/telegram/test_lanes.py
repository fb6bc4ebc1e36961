"""Lanes: a person's jobs in order, others at once, a bound, and nobody stuck behind a failure."""

import asyncio
from itertools import pairwise

import pytest

from bot.telegram import lanes
from bot.telegram.lanes import Job, Lanes, Pacer

AMINA, BILAL = b"amina", b"bilal"


def noting(notes: list[str], name: str, gate: asyncio.Event | None = None) -> Job:
    async def job() -> None:
        notes.append(f"{name} begins")
        if gate is not None:
            await gate.wait()
        notes.append(f"{name} ends")

    return job


async def test_one_persons_jobs_run_in_order_and_anothers_beside_them() -> None:
    notes: list[str] = []
    gate = asyncio.Event()
    all_lanes = Lanes(at_once=4)
    all_lanes.add(AMINA, noting(notes, "first", gate))
    all_lanes.add(AMINA, noting(notes, "second"))
    all_lanes.add(BILAL, noting(notes, "other"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert notes == ["first begins", "other begins", "other ends"]
    gate.set()
    await all_lanes.finish(5)
    assert notes[3:] == ["first ends", "second begins", "second ends"]
    assert all_lanes.waiting == 0


async def test_a_job_that_fails_is_tried_again_and_then_the_next_has_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "WAITS_SECONDS", (0, 0, 0))
    notes: list[str] = []

    async def fail() -> None:
        notes.append("fails")
        raise OSError(28, "No space left on device")

    all_lanes = Lanes(at_once=1)
    all_lanes.add(AMINA, fail)
    all_lanes.add(AMINA, noting(notes, "next"))
    await all_lanes.finish(5)
    assert notes == ["fails", "fails", "fails", "next begins", "next ends"]


async def test_nothing_more_is_taken_while_too_much_waits() -> None:
    gate = asyncio.Event()
    all_lanes = Lanes(at_once=4, most_waiting=2)
    all_lanes.add(AMINA, noting([], "a", gate))
    await asyncio.wait_for(all_lanes.wait_for_room(), 1)
    all_lanes.add(AMINA, noting([], "b"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(all_lanes.wait_for_room(), 0.02)
    gate.set()
    await asyncio.wait_for(all_lanes.wait_for_room(), 1)


async def test_finish_stops_what_does_not_end() -> None:
    all_lanes = Lanes(at_once=1)
    notes: list[str] = []
    all_lanes.add(AMINA, noting(notes, "stuck", asyncio.Event()))
    await asyncio.sleep(0)
    await all_lanes.finish(0.01)
    assert notes == ["stuck begins"]


async def test_the_pacer_gives_each_send_its_own_moment() -> None:
    loop = asyncio.get_running_loop()
    pacer = Pacer(per_second=100)
    began: list[float] = []

    async def send() -> None:
        await pacer.wait()
        began.append(loop.time())

    await asyncio.gather(*(send() for _ in range(5)))
    assert all(later - earlier >= 0.009 for earlier, later in pairwise(began))


async def test_without_a_limit_the_pacer_never_waits() -> None:
    await asyncio.wait_for(asyncio.gather(*(Pacer(0).wait() for _ in range(1000))), 1)
