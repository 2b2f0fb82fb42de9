"""Carries wake-ups between processes: which topic has a new number. Never what happened."""

from typing import Protocol

from app.realtime.relay_memory import MemoryRelay, OnGap, OnWake
from app.realtime.relay_reconnect import HealingRelay


class Relay(Protocol):
    """Wakes all processes, this one too, at most once for each number. What is true is in the database."""

    async def start(self, on_wake: OnWake, on_gap: OnGap) -> None:
        """Begin. `on_wake` is called with topic and number, `on_gap` when wake-ups may have been missed."""

    def ring(self, topic: str, number: int) -> None:
        """Tell all processes that `topic` is at `number`. Returns at once and never fails.

        Of several numbers that wait for one topic, only the highest is sent.
        """

    async def stop(self) -> None:
        """Receive and send no more."""


def relay_for(database_url: str, relay_url: str | None) -> Relay:
    """Redis where RELAY_URL names one, NOTIFY on PostgreSQL, and memory for SQLite, which is one process.

    RELAY_URL may also be a direct postgresql:// address, where DATABASE_URL goes through a pooler.
    """
    url = relay_url or database_url
    if url.startswith(("redis://", "rediss://")):
        from app.realtime import relay_redis  # only where it is used: it takes a while to load

        return HealingRelay(relay_redis.dial(url))
    if url.startswith("postgres"):
        from app.realtime import relay_postgres

        return HealingRelay(relay_postgres.dial(url))
    return MemoryRelay()
