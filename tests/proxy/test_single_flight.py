"""Claim that equal work is done once, and that nobody is hurt by who leaves or what fails."""

import asyncio

import pytest

from discogs_proxy.single_flight import SingleFlight
from tests.proxy.support.virtual_time import run


class Work:
    """Something that takes ten seconds and is counted."""

    def __init__(self, failure=None):
        self.failure = failure
        self.begun = 0
        self.ended = 0

    async def __call__(self):
        self.begun += 1
        await asyncio.sleep(10)
        self.ended += 1
        if self.failure:
            raise self.failure
        return self.begun


async def join(flights, work, count, key="x"):
    tasks = [asyncio.create_task(flights.join(key, work)) for _ in range(count)]
    await asyncio.sleep(1)
    return tasks


async def ends(tasks):
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_many_who_want_the_same_get_one_result_of_one_work():
    work = Work()

    async def together():
        return await ends(await join(SingleFlight(), work, 64))

    assert run(together()) == [1] * 64
    assert work.begun == 1


def test_who_wants_something_else_or_comes_later_has_it_done_anew():
    work, flights = Work(), SingleFlight()

    async def apart():
        first = await join(flights, work, 2, "x") + await join(flights, work, 2, "y")
        return await ends(first), await ends(await join(flights, work, 1, "x"))

    assert run(apart()) == ([2, 2, 2, 2], [3])


@pytest.mark.parametrize("leaving", [[0], [1], [0, 1, 2]])
def test_who_leaves_leaves_the_others_alone(leaving):
    work = Work()

    async def leave():
        tasks = await join(SingleFlight(), work, 4)
        for index in leaving:
            tasks[index].cancel()
        return await ends(tasks)

    results = run(leave())

    assert [result for result in results if result == 1] == [1] * (4 - len(leaving))
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == len(leaving)
    assert work.begun == 1


def test_the_last_to_leave_ends_the_work_and_the_next_begins_anew():
    work, flights = Work(), SingleFlight()

    async def leave_all():
        tasks = await join(flights, work, 2)
        for task in tasks:
            task.cancel()
        await ends(tasks)
        return "x" in flights, await flights.join("x", work)

    assert run(leave_all()) == (False, 2)
    assert (work.begun, work.ended) == (2, 1)


def test_a_failure_goes_to_all_who_wait_and_is_not_kept():
    work, flights = Work(ValueError("x")), SingleFlight()

    async def fail():
        failed = await ends(await join(flights, work, 3))
        work.failure = None
        return failed, await flights.join("x", work)

    failed, then = run(fail())

    assert [type(one) for one in failed] == [ValueError] * 3
    assert then == 2


def test_detached_work_goes_on_though_nobody_waits():
    work, flights = Work(), SingleFlight()

    async def detach():
        flights.detach("x", work)
        tasks = await join(flights, work, 1)
        tasks[0].cancel()
        await ends(tasks)
        return await flights.join("x", work)

    assert run(detach()) == 1
    assert work.begun == 1


def test_detached_work_that_fails_does_so_in_silence(recwarn, caplog):
    async def detach():
        SingleFlight().detach("x", Work(ValueError("x")))
        await asyncio.sleep(20)

    run(detach())

    assert (list(recwarn), caplog.messages) == ([], [])
