"""Measures and limits speed: a token bucket, a count per second, and the lag of the event loop."""

import asyncio
from collections import deque
from time import monotonic


class Pace:
    """A token bucket: `burst` at once, `rate` a second after that. `rate` 0 means no limit.

    Messages above the rate are read more slowly, never refused.
    """

    __slots__ = ("burst", "rate", "tokens", "when")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self.tokens, self.when = burst, monotonic()

    async def turn(self) -> None:
        """Take a token, and return when it is there."""
        if self.rate:
            wait = self.take()
            if wait > 0:
                await asyncio.sleep(wait)

    def owe(self, tokens: int) -> None:
        """Take so many more without waiting: the next `turn` waits until they are there again."""
        self.tokens -= tokens

    def take(self) -> float:
        """Take a token, and return the seconds until it is there: 0 where one was left."""
        now = monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.when) * self.rate)
        self.when = now
        self.tokens -= 1
        return max(0.0, -self.tokens / self.rate)


class Rate:
    """Counts events of the last second."""

    __slots__ = ("_sum", "_when")

    def __init__(self) -> None:
        self._when: deque[tuple[float, int]] = deque()
        self._sum = 0

    def add(self, count: int, now: float) -> None:
        """`count` events happened at `now`, as `monotonic` counts."""
        self._when.append((now, count))
        self._sum += count

    def at(self, now: float) -> int:
        """How many there were in the second before `now` (as `monotonic` counts)."""
        while self._when and self._when[0][0] < now - 1:
            self._sum -= self._when.popleft()[1]
        return self._sum


class Lag:
    """How late the event loop is: the seconds that the last `measure` had to wait for its turn."""

    __slots__ = ("seconds",)

    def __init__(self) -> None:
        self.seconds = 0.0

    def measure(self) -> None:
        """Begin a measurement; `seconds` has it once the loop has come round."""
        asyncio.get_running_loop().call_soon(self._measured, monotonic())

    def _measured(self, began: float) -> None:
        self.seconds = monotonic() - began
