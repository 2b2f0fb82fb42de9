"""Wake-ups cross between processes through real PostgreSQL and real Redis, and survive what cuts them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from redis.asyncio import Redis

from app.realtime import healing, line_redis
from app.realtime.healing import MOST_TOPICS, HealingRelay
from app.realtime.line_postgres import CHANNEL, connect_options
from app.realtime.line_redis import RedisLine
from app.realtime.memory import MemoryRelay
from app.realtime.relay import relay_for
from tests.support.databases import Postgres
from tests.support.proxy import hostile_proxy
from tests.support.until import until

SQLITE = "sqlite+aiosqlite:///nowhere.db"


@dataclass
class Ear:
    """What one process has heard."""

    heard: list[tuple[str, int]] = field(default_factory=list)
    gaps: int = 0
    broken: bool = False

    def hear(self, topic: str, number: int) -> None:
        self.heard.append((topic, number))

    def gap(self) -> None:
        self.gaps += 1
        if self.broken:
            raise ValueError

    async def hears(self, topic: str, number: int, within: float = 5) -> None:
        await until(lambda: (topic, number) in self.heard, within, f"{topic} {number} is heard")

    async def misses(self, gaps: int, within: float = 5) -> None:
        await until(lambda: self.gaps >= gaps, within, f"{gaps} gaps are told")


@dataclass
class Bus:
    """One kind of relay: its addresses, and how to cut, from outside, all connections it has."""

    urls: tuple[str, str | None]
    cut: Callable[[], Awaitable[None]]
    publish: Callable[[str], Awaitable[None]]


@pytest.fixture(params=["postgresql", "redis"])
async def bus(request: pytest.FixtureRequest, postgres: Postgres, redis: str) -> AsyncIterator[Bus]:
    if request.param == "redis":
        yield redis_bus(redis)
        return
    async with postgres.fresh(migrated=False) as url:
        yield postgres_bus(url)


def postgres_bus(url: str) -> Bus:
    async def run(sql: str) -> None:
        connection = await asyncpg.connect(**{**connect_options(url), "server_settings": {}})
        await connection.execute(sql)
        await connection.close()

    return Bus(
        (url, None),
        lambda: run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'throughline relay' AND datname = current_database()"
        ),
        lambda text: run(f"NOTIFY {CHANNEL}, '{text}'"),
    )


def redis_bus(url: str) -> Bus:
    async def cut() -> None:
        async with Redis.from_url(url) as client:
            await client.client_kill_filter(_type="pubsub")
            await client.client_kill_filter(_type="normal", skipme=True)

    async def publish(text: str) -> None:
        async with Redis.from_url(url) as client:
            await client.publish(CHANNEL, text)

    return Bus((SQLITE, url), cut, publish)


@asynccontextmanager
async def processes(
    urls: tuple[str, str | None], count: int = 2
) -> AsyncIterator[list[tuple[HealingRelay, Ear]]]:
    """As many relays as there would be processes, each with its ear."""
    async with AsyncExitStack() as stack:
        started = []
        for _ in range(count):
            relay, ear = relay_for(*urls), Ear()
            assert isinstance(relay, HealingRelay)
            await relay.start(ear.hear, ear.gap)
            stack.push_async_callback(relay.stop)
            started.append((relay, ear))
        yield started


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
    monkeypatch.setattr(healing, "HEARTBEAT", 0.1)
    monkeypatch.setattr(line_redis, "HEARTBEAT", 0.1)
    monkeypatch.setattr(line_redis, "PATIENCE", 0.3)


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
        line = RedisLine(listening, sending, print, lambda: None)
        await line.send([])
        assert line.alive
        proxy.down.swallow = True

        await until(lambda: not line.alive)
        await line.close()
        await far.aclose()
        await direct.aclose()


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
