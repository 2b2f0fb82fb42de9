"""A relay over a line that may break: it dials again, sends what waited, and says that there was a gap."""

import asyncio
import contextlib
import random
import secrets
from collections.abc import Callable
from typing import Protocol

from app.realtime.memory import Gap, Heard, MemoryRelay

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between attempts to connect
PATIENCE = 5.0  # seconds a line may take to answer before it counts as lost
HEARTBEAT = 10.0  # seconds of silence after which the line is asked whether it still lives
REST = 0.005  # seconds between two sends: a lone ring goes at once, a burst is gathered
MOST_TOPICS = 10_000  # kept for sending while the line is down; beyond, all are told to look
LOOK = "*"  # the topic that says: anything may have changed


class LineLost(Exception):
    """The line is gone, or does not answer."""


class Connection(Protocol):
    """One connection to what carries the messages."""

    @property
    def alive(self) -> bool:
        """False from the moment it is known to be broken."""

    async def send(self, messages: list[str]) -> None:
        """Returns when the other end has taken them, else raises LineLost. No messages ask if it lives."""

    async def close(self) -> None:
        """Never raises, and takes a second at most."""


class Dial(Protocol):
    async def __call__(self, take: Callable[[str], None], broken: Callable[[], None]) -> Connection:
        """A line that calls `take` with every message and `broken` when it breaks. Raises LineLost."""


class HealingRelay:
    """Hears its own rings at once and without the line; those of other processes through it."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._me = secrets.token_hex(4)
        self._own = MemoryRelay()
        self._waiting: dict[str, int] = {}
        self._bell = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self, heard: Heard, gap: Gap) -> None:
        """Returns after the first attempt to connect, whether or not it succeeded."""
        self._heard, self._gap = heard, gap
        # Called by the loop: a mistake in them is reported there and cannot make the relay deaf.
        self._soon = asyncio.get_running_loop().call_soon
        await self._own.start(heard, gap)
        tried = asyncio.Event()
        self._task = asyncio.create_task(self._keep_connected(tried))
        await tried.wait()

    def ring(self, topic: str, number: int) -> None:
        self._own.ring(topic, number)
        self._put(topic, number)

    async def stop(self) -> None:
        await self._own.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _keep_connected(self, tried: asyncio.Event) -> None:
        """One visit after the other for ever. However one of them fails, the relay must not go deaf."""
        pause, missed = FIRST_PAUSE, False
        while True:
            visit = asyncio.create_task(self._visit(tried, missed))
            try:
                await asyncio.wait([visit])
            finally:
                visit.cancel()
                await asyncio.wait([visit])
            tried.set()
            missed = True
            pause = FIRST_PAUSE if self._went_well(visit) else pause
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _visit(self, tried: asyncio.Event, missed: bool) -> None:
        """Connect, and send what is rung until the line is lost."""
        line = await self._dial(self._take, self._bell.set)
        tried.set()
        if missed:
            self._soon(self._gap)
        try:
            while line.alive:
                await self._send(line)
                await asyncio.sleep(REST)
                await self._rung()
        except LineLost:
            pass
        finally:
            await line.close()

    async def _send(self, line: Connection) -> None:
        self._bell.clear()
        sending = dict(self._waiting)
        await line.send([f"{self._me} {topic} {number}" for topic, number in sending.items()])
        for topic, number in sending.items():
            if self._waiting.get(topic) == number:
                del self._waiting[topic]

    def _went_well(self, visit: asyncio.Task[None]) -> bool:
        error = visit.exception()
        if error is not None and not isinstance(error, LineLost):
            told = {"message": "The relay met a mistake and connects again.", "exception": error}
            asyncio.get_running_loop().call_exception_handler(told)
        return error is None

    async def _rung(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT):
                await self._bell.wait()

    def _put(self, topic: str, number: int) -> None:
        if len(self._waiting) >= MOST_TOPICS and topic not in self._waiting:
            self._waiting = {LOOK: 0}
        self._waiting[topic] = max(number, self._waiting.get(topic, number))
        self._bell.set()

    def _take(self, message: str) -> None:
        """A message of any process. What cannot be read may have been anything, so it counts as a gap."""
        sender, _, rest = message.partition(" ")
        topic, _, number = rest.rpartition(" ")
        if sender == self._me:
            return
        if not topic or topic == LOOK or not number.isascii() or not number.isdigit():
            self._soon(self._gap)
        else:
            self._soon(self._heard, topic, int(number))
