"""Turns to hash a password: known devices first, then the network that had least."""

import asyncio
from collections.abc import Sequence

import pytest

from app.people import hash_queue
from app.people.hash_queue import EVERY_STRANGER, MOST_OF_KNOWN, MOST_OF_NETWORK, Asker, HashQueue, TooBusy

HOLDER = Asker("holder")
ATTACKERS = [Asker(f"198.51.100.{i}") for i in range(100)]


class Line:
    """A queue whose one turn is held, and those who wait in it."""

    def __init__(self, patience: float = 60) -> None:
        self.queue = HashQueue(at_once=1, patience=patience)
        self.order: list[Asker] = []
        self.done = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def hold(self) -> None:
        self.tasks.append(asyncio.create_task(self._hold()))
        await asyncio.sleep(0)

    async def come(self, askers: Sequence[Asker]) -> None:
        """All of them come, in this order."""
        self.tasks += [asyncio.create_task(self._ask(one)) for one in askers]
        await asyncio.sleep(0)

    async def finish(self) -> list[Asker]:
        """The order in which they had their turns."""
        self.done.set()
        await asyncio.gather(*self.tasks)
        return self.order

    async def _hold(self) -> None:
        async with self.queue.turn(HOLDER):
            await self.done.wait()

    async def _ask(self, asker: Asker) -> None:
        async with self.queue.turn(asker):
            self.order.append(asker)


async def test_known_devices_go_before_a_crowd_of_strangers_who_still_get_every_fourth_turn() -> None:
    line, known = Line(), [Asker(f"device {i}", known=True) for i in range(12)]
    await line.hold()
    await line.come([one for one in ATTACKERS for _ in range(2)])
    await line.come(known)

    order = await line.finish()

    places = [i for i, one in enumerate(order) if one.known]
    assert places[0] == 0
    assert places[-1] < len(known) * EVERY_STRANGER / (EVERY_STRANGER - 1)
    assert len(order) == 212


async def test_a_network_that_had_no_turn_of_late_goes_before_those_that_had() -> None:
    line, newcomer = Line(), Asker("203.0.113.9")
    for one in ATTACKERS:
        async with line.queue.turn(one):
            pass
    await line.hold()
    await line.come(ATTACKERS * 2)
    await line.come([newcomer])

    assert (await line.finish())[0] == newcomer


async def test_one_network_does_not_keep_another_waiting() -> None:
    line, other = Line(), Asker("203.0.113.9")
    await line.hold()
    await line.come([ATTACKERS[0]] * MOST_OF_NETWORK + [other, other])

    order = await line.finish()

    assert [i for i, one in enumerate(order) if one == other] == [1, 3]


@pytest.mark.parametrize(
    ("one", "most"), [(Asker("198.51.100.1"), MOST_OF_NETWORK), (Asker("device", known=True), MOST_OF_KNOWN)]
)
async def test_a_lane_is_short(one: Asker, most: int) -> None:
    line = Line()
    await line.hold()
    await line.come([one] * most)

    with pytest.raises(TooBusy, match="Try again in 3 seconds"):
        async with line.queue.turn(one):
            pass
    await line.finish()


async def test_who_waited_too_long_is_told_when_to_try_and_takes_nobodys_turn() -> None:
    line = Line(patience=0.01)
    await line.hold()

    with pytest.raises(TooBusy, match=r"Try again in \d+ seconds"):
        async with line.queue.turn(Asker("203.0.113.9")):
            pass
    await line.finish()
    async with line.queue.turn(Asker("203.0.113.9")):
        line.order.append(HOLDER)

    assert line.order == [HOLDER]


async def test_whoever_goes_away_at_the_moment_of_their_turn_passes_it_on() -> None:
    line, second = Line(), Asker("second")
    await line.hold()
    await line.come([Asker("first"), second])
    line.done.set()
    await asyncio.sleep(0)
    line.tasks[1].cancel()
    await asyncio.wait(line.tasks)

    assert line.order[-1:] == [second]
    async with asyncio.timeout(5), line.queue.turn(HOLDER):
        pass


def test_what_networks_had_is_forgotten_in_time() -> None:
    queue = HashQueue()
    for i in range(10 * hash_queue.REMEMBERED):
        queue._note(str(i))

    assert len(queue._served) <= hash_queue.REMEMBERED
