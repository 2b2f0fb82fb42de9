"""Wake-ups survive what cuts, stalls and swallows them: the line heals, says so, and forgets no ring."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis

from app.realtime import relay_reconnect, relay_redis
from app.realtime.relay_reconnect import MOST_TOPICS, HealingRelay
from app.realtime.relay_redis import RedisConnection
from tests.realtime.buses import SQLITE, Bus, Ear, processes
from tests.support.proxy import hostile_proxy
from tests.support.until import until


async def test_a_cut_connection_heals_says_so_and_carries_again_within_two_seconds(bus: Bus) -> None:
    async with processes(bus.urls) as [(ana, own), (_, ben)]:
        for cut in (1, 2, 3):
            await bus.cut()
            ana.ring("board:7c", cut)
            await own.misses(cut, within=2)
            await ben.misses(cut, within=2)
            ana.ring("board:7c", cut + 100)

            await ben.hears("board:7c", cut + 100, within=2)


@pytest.mark.parametrize(
    "message", ["word", "who board:7c many", "who board:7c -1", "who board:7c ²", "who * 0"]
)
async def test_what_cannot_be_read_counts_as_a_gap(bus: Bus, message: str) -> None:
    async with processes(bus.urls, 1) as [(_, ear)]:
        await bus.publish(message)
        await ear.misses(1)

        assert ear.heard == []


async def test_a_listener_that_raises_does_not_make_the_relay_deaf(bus: Bus) -> None:
    complaints: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: complaints.append(context))
    async with processes(bus.urls) as [(ana, _), (_, ben)]:
        ben.broken = True
        await bus.publish("word")
        await ben.misses(1)
        await bus.cut()
        await ben.misses(2)
        ana.ring("board:7c", 1)
        await ben.hears("board:7c", 1)
    loop.set_exception_handler(None)

    assert [type(context["exception"]) for context in complaints] == [ValueError] * ben.gaps


class Faulty:
    """A line that meets a mistake nobody has thought of while sending."""

    alive = True

    async def send(self, messages: list[str]) -> None:
        raise ZeroDivisionError

    async def close(self) -> None:
        pass


async def test_a_mistake_below_is_reported_and_neither_deafens_the_relay_nor_loses_a_ring() -> None:
    complaints: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: complaints.append(context))
    sent: list[str] = []

    class Sound(Faulty):
        async def send(self, messages: list[str]) -> None:
            sent.extend(messages)

    lines = iter([Faulty(), Faulty(), Sound()])

    async def dial(take: Callable[[str], None], broken: Callable[[], None]) -> Faulty:
        return next(lines)

    relay, ear = HealingRelay(dial), Ear()
    await relay.start(ear.hear, ear.gap)
    relay.ring("board:7c", 4)
    await until(lambda: sent)
    await relay.stop()
    loop.set_exception_handler(None)

    assert sent[0].endswith(" board:7c 4")
    assert ear.gaps == 2
    assert [type(context["exception"]) for context in complaints] == [ZeroDivisionError] * 2


async def test_rings_made_while_the_line_is_down_arrive_when_it_is_back(redis: str) -> None:
    async with hostile_proxy("127.0.0.1", urlsplit(redis).port or 0) as proxy:
        far = (SQLITE, f"redis://127.0.0.1:{proxy.port}/0")
        async with processes(far, 1) as [(ana, own)], processes((SQLITE, redis), 1) as [(_, ben)]:
            proxy.refusing = True
            proxy.cut_all()
            await until(lambda: proxy.accepted > 4)  # it keeps trying
            ana.ring("board:7c", 5)
            await own.hears("board:7c", 5)  # this process needs no line
            assert ben.heard == []
            proxy.refusing = False

            await ben.hears("board:7c", 5)
            assert own.gaps == 1


async def test_that_no_wake_ups_arrive_is_said_once_and_that_they_do_again(
    redis: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with hostile_proxy("127.0.0.1", urlsplit(redis).port or 0) as proxy:
        far = (SQLITE, f"redis://127.0.0.1:{proxy.port}/0")
        async with processes(far, 1) as [(_, ear)]:
            proxy.refusing = True
            proxy.cut_all()
            await until(lambda: proxy.accepted > 4)
            proxy.refusing = False
            await ear.misses(1)

    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "No wake-ups of other processes arrive",
        "Wake-ups of other processes arrive again",
    ]


async def test_memory_stays_bounded_while_the_line_is_down_and_then_all_are_told_to_look(redis: str) -> None:
    async with hostile_proxy("127.0.0.1", urlsplit(redis).port or 0) as proxy:
        proxy.refusing = True
        far = (SQLITE, f"redis://127.0.0.1:{proxy.port}/0")
        async with processes(far, 1) as [(ana, _)], processes((SQLITE, redis), 1) as [(_, ben)]:
            for i in range(3 * MOST_TOPICS):
                ana.ring(f"board:{i}", 1)
            assert len(ana._waiting) <= MOST_TOPICS
            proxy.refusing = False

            await ben.misses(1)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-open lines are looked for every tenth of a second, so that no test waits as long as people may."""
    monkeypatch.setattr(relay_reconnect, "HEARTBEAT", 0.1)
    monkeypatch.setattr(relay_redis, "HEARTBEAT", 0.1)
    monkeypatch.setattr(relay_redis, "PATIENCE", 0.3)


@pytest.mark.usefixtures("impatient")
async def test_a_line_that_silently_swallows_everything_is_found_out_and_nothing_is_forgotten(
    redis: str,
) -> None:
    async with hostile_proxy("127.0.0.1", urlsplit(redis).port or 0) as proxy:
        far = (SQLITE, f"redis://127.0.0.1:{proxy.port}/0")
        async with processes(far, 1) as [(ana, own)], processes((SQLITE, redis), 1) as [(ben, other)]:
            proxy.up.swallow = proxy.down.swallow = True
            ana.ring("board:7c", 8)
            await until(lambda: proxy.accepted > 2)
            proxy.up.swallow = proxy.down.swallow = False
            await own.misses(1)
            ben.ring("board:7c", 9)

            await own.hears("board:7c", 9)
            await other.hears("board:7c", 8)


@pytest.mark.usefixtures("impatient")
async def test_a_redis_line_that_can_send_but_hears_nothing_is_not_alive(redis: str) -> None:
    async with hostile_proxy("127.0.0.1", urlsplit(redis).port or 0) as proxy:
        direct, far = Redis.from_url(redis), Redis.from_url(f"redis://127.0.0.1:{proxy.port}/0", protocol=2)
        listening = far.connection_pool.make_connection()  # type: ignore[no-untyped-call]
        await listening.connect()
        sending = await direct.connection_pool.get_connection()  # type: ignore[no-untyped-call]
        line = RedisConnection(listening, sending, print, lambda: None)
        await line.send([])
        assert line.alive
        proxy.down.swallow = True

        await until(lambda: not line.alive)
        await line.close()
        await far.aclose()
        await direct.aclose()


class Losing:
    """A line that loses the first cancellation, as a library may when an answer comes at the same moment."""

    alive = True

    async def send(self, messages: list[str]) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    async def close(self) -> None:
        pass


async def test_a_relay_ends_though_a_cancellation_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_reconnect, "PATIENCE", 0.05)

    async def dial(take: Callable[[str], None], broken: Callable[[], None]) -> Losing:
        return Losing()

    relay, ear = HealingRelay(dial), Ear()
    await relay.start(ear.hear, ear.gap)

    await asyncio.wait_for(relay.stop(), 10)
