"""The relay's connection through Redis: one socket subscribes, another publishes."""

import asyncio
import contextlib
from collections.abc import Callable

from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.realtime.relay_reconnect import HEARTBEAT, PATIENCE, Connection, ConnectionLost, Dial

CHANNEL = "throughline"
BROKEN = (RedisError, OSError)


def dial(url: str) -> Dial:
    """Opens connections to this Redis. Its client must not retry: it would hide that there was a gap."""
    pool = ConnectionPool.from_url(
        url,
        protocol=2,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        decode_responses=True,
    )

    async def connect(take: Callable[[str], None], broken: Callable[[], None]) -> Connection:
        listening: AbstractConnection = pool.make_connection()  # type: ignore[no-untyped-call]
        sending: AbstractConnection = pool.make_connection()  # type: ignore[no-untyped-call]
        try:
            async with contextlib.AsyncExitStack() as undo:
                undo.push_async_callback(listening.disconnect, nowait=True)
                undo.push_async_callback(sending.disconnect, nowait=True)
                await sending.connect()  # type: ignore[no-untyped-call]
                await listening.connect()  # type: ignore[no-untyped-call]
                await listening.send_command("SUBSCRIBE", CHANNEL)
                await listening.read_response()
                undo.pop_all()
        except BROKEN as error:
            raise ConnectionLost from error
        return RedisConnection(listening, sending, take, broken)

    return connect


class RedisConnection:
    """A `healing.Connection` that counts as broken when either of its two is."""

    def __init__(
        self,
        listening: AbstractConnection,
        sending: AbstractConnection,
        take: Callable[[str], None],
        broken: Callable[[], None],
    ) -> None:
        self._listening, self._sending = listening, sending
        self._reading = asyncio.create_task(self._read(take))
        self._reading.add_done_callback(lambda _task: broken())

    @property
    def alive(self) -> bool:
        return not self._reading.done()

    async def send(self, messages: list[str]) -> None:
        commands: list[tuple[str, ...]] = [("PUBLISH", CHANNEL, message) for message in messages]
        try:
            if not commands:  # both connections must answer; _read sees to the other one
                commands = [("PING",)]
                await self._listening.send_command("PING")
            await self._sending.send_packed_command(self._sending.pack_commands(commands))
            for _ in commands:
                await self._sending.read_response()
        except BROKEN as error:
            raise ConnectionLost from error

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.wait([self._reading])
        await self._listening.disconnect(nowait=True)
        await self._sending.disconnect(nowait=True)

    async def _read(self, take: Callable[[str], None]) -> None:
        """Pass on messages until the connection breaks, or is silent for longer than our heartbeat."""
        with contextlib.suppress(*BROKEN):
            while (answer := await self._listening.read_response(timeout=HEARTBEAT + PATIENCE)) is not None:
                if answer[0] == "message":
                    take(answer[2])
