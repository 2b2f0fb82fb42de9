"""The relay of a single process: its own wake-ups come back in the next turn of the loop."""

import asyncio
from collections.abc import Callable

OnWake = Callable[[str, int], None]
OnGap = Callable[[], None]


class MemoryRelay:
    """A `relay.Relay` without any connection. There is never a gap."""

    def __init__(self) -> None:
        self._waiting: dict[str, int] = {}
        self._on_wake: OnWake | None = None

    async def start(self, on_wake: OnWake, on_gap: OnGap) -> None:
        self._on_wake = on_wake

    def ring(self, topic: str, number: int) -> None:
        if self._on_wake is None:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._deliver)
        self._waiting[topic] = max(number, self._waiting.get(topic, number))

    async def stop(self) -> None:
        self._on_wake = None

    def _deliver(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for topic, number in waiting.items():
            if self._on_wake is not None:
                self._on_wake(topic, number)
