"""Carries wake-ups between processes: which topic moved, and to which number. Never what happened."""

from typing import Protocol

from app.realtime.healing import HealingRelay
from app.realtime.memory import Gap, Heard, MemoryRelay


class Relay(Protocol):
    """Wakes all processes, this one too, at most once for each number. The database holds the truth."""

    async def start(self, heard: Heard, gap: Gap) -> None:
        """Begin. `heard` is called with topic and number; `gap` when wake-ups may have been missed."""

    def ring(self, topic: str, number: int) -> None:
        """Wake whoever follows `topic`. Returns at once and never fails; of several the highest is sent."""

    async def stop(self) -> None:
        """Hear and send no more."""


def relay_for(database_url: str, relay_url: str | None) -> Relay:
    """Redis where RELAY_URL names one, NOTIFY on PostgreSQL, and memory for SQLite, which is one process.

    RELAY_URL may also be a direct postgresql:// address, where DATABASE_URL goes through a pooler.
    """
    url = relay_url or database_url
    if url.startswith(("redis://", "rediss://")):
        from app.realtime import line_redis  # only where it is used: it takes a while to load

        return HealingRelay(line_redis.dial(url))
    if url.startswith("postgres"):
        from app.realtime import line_postgres

        return HealingRelay(line_postgres.dial(url))
    return MemoryRelay()
