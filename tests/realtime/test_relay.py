"""Wake-ups cross between processes through real PostgreSQL and real Redis."""

import asyncio

import pytest

from app.realtime.relay import relay_for
from app.realtime.relay_memory import MemoryRelay
from tests.realtime.buses import SQLITE, Bus, Ear, processes


async def test_a_ring_is_heard_in_every_process_its_own_too(bus: Bus) -> None:
    async with processes(bus.urls, 3) as [(ana, a), (_, b), (_, c)]:
        ana.ring("board:7c", 1)
        for ear in (a, b, c):
            await ear.hears("board:7c", 1)

        assert [len(ear.heard) for ear in (a, b, c)] == [1, 1, 1]
        assert [ear.gaps for ear in (a, b, c)] == [0, 0, 0]


async def test_of_a_burst_the_highest_number_arrives(bus: Bus) -> None:
    async with processes(bus.urls) as [(ana, _), (_, ben)]:
        for number in (*range(1, 5001), 12):
            ana.ring("board:7c", number)
        ana.ring("space:f0", 3)
        await ben.hears("board:7c", 5000)
        await ben.hears("space:f0", 3)
        assert len(ben.heard) == 2
        ana.ring("board:8d", 1)
        await ben.hears("board:8d", 1)

        assert len(ben.heard) == 3  # what has been sent is not sent again


async def test_a_steady_stream_is_gathered_in_order_and_its_end_is_never_lost(bus: Bus) -> None:
    async with processes(bus.urls) as [(ana, own), (_, ben)]:
        for number in range(1, 501):
            ana.ring("board:7c", number)
            await asyncio.sleep(0)
        await ben.hears("board:7c", 500)

        assert own.heard[-1] == ("board:7c", 500)
        assert ben.heard == sorted(ben.heard)
        assert len(ben.heard) < 100


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "postgresql+asyncpg://postgres@127.0.0.1:1/none"])
async def test_a_process_starts_works_and_ends_without_any_line(url: str) -> None:
    async with processes((SQLITE, url), 1) as [(relay, ear)]:
        relay.ring("board:7c", 1)

        await ear.hears("board:7c", 1)


async def test_on_sqlite_a_process_hears_itself_on_the_next_turn_and_only_the_highest() -> None:
    relay, ear = relay_for(SQLITE, None), Ear()
    relay.ring("board:7c", 1)  # before the start nobody listens
    await relay.start(ear.hear, ear.gap)
    for number in (2, 4, 3):
        relay.ring("board:7c", number)
    assert ear.heard == []
    await asyncio.sleep(0)
    await relay.stop()
    relay.ring("board:7c", 9)
    await asyncio.sleep(0)

    assert isinstance(relay, MemoryRelay)
    assert (ear.heard, ear.gaps) == ([("board:7c", 4)], 0)
