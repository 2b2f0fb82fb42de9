"""How fast one person may ask: above the rate they are simply read more slowly, never refused."""

import asyncio
from time import monotonic


class Pace:
    """A token bucket: `burst` at once, `rate` a second after that. `rate` 0 means no limit."""

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
