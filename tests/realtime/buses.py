"""Relays as several processes would have them, over real PostgreSQL and Redis, and ears that remember."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
from redis.asyncio import Redis

from app.realtime.relay import relay_for
from app.realtime.relay_postgres import CHANNEL, connect_options
from app.realtime.relay_reconnect import HealingRelay
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
