"""How fast things go: what a person may ask, what a board is told, and whether the loop keeps up."""

import asyncio
from collections import deque
from time import monotonic


class Pace:
    """A token bucket: `burst` at once, `rate` a second after that. `rate` 0 means no limit.

    Above their rate people are simply read more slowly, never refused.
    """

    __slots__ = ("__weakref__", "burst", "rate", "tokens", "when")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self.tokens, self.when = burst, monotonic()

    async def turn(self) -> None:
        """Return when it is this person's turn."""
        if self.rate:
            wait = self.take()
            if wait > 0:
                await asyncio.sleep(wait)

    def take(self) -> float:
        """Take a token, on credit if need be, and return the seconds until it is there."""
        now = monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.when) * self.rate)
        self.when = now
        self.tokens -= 1
        return max(0.0, -self.tokens / self.rate)


class Rate:
    """How many there were in the last second."""

    __slots__ = ("_sum", "_when")

    def __init__(self) -> None:
        self._when: deque[tuple[float, int]] = deque()
        self._sum = 0

    def add(self, count: int, now: float) -> None:
        self._when.append((now, count))
        self._sum += count

    def at(self, now: float) -> int:
        while self._when and self._when[0][0] < now - 1:
            self._sum -= self._when.popleft()[1]
        return self._sum


class Lag:
    """How late the event loop comes round: the seconds that the last `measure` had to wait for its turn."""

    __slots__ = ("seconds",)

    def __init__(self) -> None:
        self.seconds = 0.0

    def measure(self) -> None:
        asyncio.get_running_loop().call_soon(self._come_round, monotonic())

    def _come_round(self, began: float) -> None:
        self.seconds = monotonic() - began
