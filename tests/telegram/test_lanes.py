"""Lanes: a person's jobs in order, others at once, a bound, and nobody stuck behind a failure."""

import asyncio

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


class Time:
    """A clock of the test's own; every sleep lasts a little longer than asked, as real ones do."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 100.0
        self._late = late

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self._late

    def pacer(self, per_second: float) -> Pacer:
        return Pacer(per_second, self.clock, self.sleep)


async def test_a_broadcast_keeps_the_rate_even_where_timers_are_late() -> None:
    time = Time(late=0.004)
    pacer = time.pacer(30)
    await pacer.wait_behind()
    began = time.now
    for _ in range(300):
        await pacer.wait_behind()
    assert 300 / (time.now - began) == pytest.approx(30, rel=0.02)


async def test_a_reply_goes_at_once_and_the_broadcast_makes_up_for_it() -> None:
    time = Time()
    pacer = time.pacer(10)
    for _ in range(20):
        await pacer.wait_behind()
    began = time.now
    for _ in range(3):
        await pacer.wait()
    assert time.now == began
    await pacer.wait_behind()
    assert time.now - began == pytest.approx(0.4)


async def test_replies_beyond_a_burst_wait_for_their_turn() -> None:
    time = Time()
    pacer = time.pacer(30)
    began = time.now
    for _ in range(100):
        await pacer.wait()
    assert time.now - began == pytest.approx(100 / 30 - Pacer.BURST_SECONDS - Pacer.LATE_SECONDS, abs=0.05)


async def test_without_a_limit_the_pacer_never_waits() -> None:
    await asyncio.wait_for(asyncio.gather(*(Pacer(0).wait() for _ in range(1000))), 1)
