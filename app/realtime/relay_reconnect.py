"""A relay over a connection that may break: it reconnects, sends what waited, and reports the gap."""

import asyncio
import contextlib
import logging
import random
import secrets
from collections.abc import Callable
from typing import Protocol

from app.realtime.relay_memory import MemoryRelay, OnGap, OnWake
from app.supervision import Tasks

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between attempts to connect
PATIENCE = 5.0  # seconds a connection may take to answer before it counts as lost
HEARTBEAT = 10.0  # seconds of silence after which the connection is tested
REST = 0.005  # seconds between two sends: a single wake-up goes at once, many are sent together
MOST_TOPICS = 10_000  # kept for sending while disconnected; beyond that ALL is sent instead
ALL = "*"  # the topic that says: anything may have changed
log = logging.getLogger(__name__)


class ConnectionLost(Exception):
    """The connection is closed, or does not answer."""


class Connection(Protocol):
    """One connection to what carries the messages."""

    @property
    def alive(self) -> bool:
        """False from the moment it is known to be broken."""

    async def send(self, messages: list[str]) -> None:
        """Returns when the other end has them, else raises ConnectionLost. An empty list only tests it."""

    async def close(self) -> None:
        """Never raises, and takes a second at most."""


class Dial(Protocol):
    async def __call__(self, take: Callable[[str], None], broken: Callable[[], None]) -> Connection:
        """Connect; calls `take` with every message, `broken` at the end. Raises ConnectionLost."""


class HealingRelay:
    """Its own wake-ups arrive at once and without the connection, those of other processes through it."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self._me = secrets.token_hex(4)
        self._own = MemoryRelay()
        self._waiting: dict[str, int] = {}
        self._bell = asyncio.Event()
        self._tasks = Tasks()
        self._is_away = False  # the last attempt to connect failed, and that was said

    async def start(self, on_wake: OnWake, on_gap: OnGap) -> None:
        """Returns after the first attempt to connect, whether or not it succeeded."""
        self._on_wake, self._on_gap = on_wake, on_gap
        # Called by the loop: an error in them is reported there and does not end the relay.
        self._soon = asyncio.get_running_loop().call_soon
        await self._own.start(on_wake, on_gap)
        tried = asyncio.Event()
        self._tasks.keep("relay", lambda: self._keep_serve_connection(tried))
        await tried.wait()

    def ring(self, topic: str, number: int) -> None:
        self._own.ring(topic, number)
        self._put(topic, number)

    async def stop(self) -> None:
        await self._own.stop()
        await self._tasks.stop()

    async def _keep_serve_connection(self, tried: asyncio.Event) -> None:
        """Connect again and again for ever: no failure may end the relay."""
        pause, missed = FIRST_PAUSE, tried.is_set()
        while True:
            attempt = asyncio.create_task(self._serve_connection(tried, missed))
            try:
                await asyncio.wait([attempt])
            finally:
                await _end(attempt)
            tried.set()
            missed = True
            pause = FIRST_PAUSE if self._went_well(attempt) else pause
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _serve_connection(self, tried: asyncio.Event, missed: bool) -> None:
        """Connect, and send wake-ups until the connection is lost."""
        connection = await self._dial(self._take, self._bell.set)
        tried.set()
        self._note_away(None)
        if missed:
            self._soon(self._on_gap)
        try:
            while connection.alive:
                await self._send(connection)
                await asyncio.sleep(REST)
                await self._wait_for_ring()
        except ConnectionLost:
            pass
        finally:
            await connection.close()

    async def _send(self, connection: Connection) -> None:
        self._bell.clear()
        sending = dict(self._waiting)
        await connection.send([f"{self._me} {topic} {number}" for topic, number in sending.items()])
        for topic, number in sending.items():
            if self._waiting.get(topic) == number:
                del self._waiting[topic]

    def _went_well(self, attempt: asyncio.Task[None]) -> bool:
        if attempt.cancelled():
            return False
        error = attempt.exception()
        if isinstance(error, ConnectionLost):
            self._note_away(error)
        elif error is not None:
            context = {"message": "The relay met a mistake and connects again.", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
        return error is None

    def _note_away(self, error: ConnectionLost | None) -> None:
        """Say once that there is no connection, and once that there is one again."""
        was_away, self._is_away = self._is_away, error is not None
        if error is not None and not was_away:
            log.warning("No wake-ups of other processes arrive: %s", type(error.__cause__ or error).__name__)
        elif was_away and error is None:
            log.warning("Wake-ups of other processes arrive again")

    async def _wait_for_ring(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT):
                await self._bell.wait()

    def _put(self, topic: str, number: int) -> None:
        if len(self._waiting) >= MOST_TOPICS and topic not in self._waiting:
            self._waiting = {ALL: 0}
        self._waiting[topic] = max(number, self._waiting.get(topic, number))
        self._bell.set()

    def _take(self, message: str) -> None:
        """A message of any process. One that cannot be read may mean anything, so it counts as a gap."""
        sender, _, rest = message.partition(" ")
        topic, _, number = rest.rpartition(" ")
        if sender == self._me:
            return
        if not topic or topic == ALL or not number.isascii() or not number.isdigit():
            self._soon(self._on_gap)
        else:
            self._soon(self._on_wake, topic, int(number))


async def _end(attempt: asyncio.Task[None]) -> None:
    """Cancel it until it has ended: a cancellation that comes together with an answer may be lost."""
    while not attempt.done():
        attempt.cancel()
        await asyncio.wait([attempt], timeout=PATIENCE)
