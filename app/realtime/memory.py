"""The relay of a process that is alone: it hears itself, on the next turn of the loop."""

import asyncio
from collections.abc import Callable

Heard = Callable[[str, int], None]
Gap = Callable[[], None]


class MemoryRelay:
    """A `relay.Relay` without any connection. There is never a gap."""

    def __init__(self) -> None:
        self._waiting: dict[str, int] = {}
        self._heard: Heard | None = None

    async def start(self, heard: Heard, gap: Gap) -> None:
        self._heard = heard

    def ring(self, topic: str, number: int) -> None:
        if self._heard is None:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._deliver)
        self._waiting[topic] = max(number, self._waiting.get(topic, number))

    async def stop(self) -> None:
        self._heard = None

    def _deliver(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for topic, number in waiting.items():
            if self._heard is not None:
                self._heard(topic, number)
