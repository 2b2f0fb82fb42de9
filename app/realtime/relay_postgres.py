"""The relay's connection through PostgreSQL: LISTEN and NOTIFY, outside any transaction."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import asyncpg
from sqlalchemy import make_url

from app.realtime.relay_reconnect import PATIENCE, Connection, ConnectionLost, Dial

CHANNEL = "throughline"
NOTIFY = "SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message"
# A backend that ends in the middle of our sending shows as InternalClientError.
BROKEN = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


def dial(url: str) -> Dial:
    """Opens connections to this database. They must be direct: a pooler shares them between clients."""
    options = connect_options(url)

    async def connect(take: Callable[[str], None], broken: Callable[[], None]) -> Connection:
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await asyncpg.connect(**options)
                with contextlib.ExitStack() as undo:
                    undo.callback(connection.terminate)
                    connection.add_termination_listener(lambda _connection: broken())
                    await connection.add_listener(
                        CHANNEL, lambda _connection, _pid, _channel, text: take(text)
                    )
                    undo.pop_all()
        except BROKEN as error:
            raise ConnectionLost from error
        return PostgresConnection(connection)

    return connect


class PostgresConnection:
    """A `healing.Connection` that both listens and notifies."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @property
    def alive(self) -> bool:
        return not self._connection.is_closed()

    async def send(self, messages: list[str]) -> None:
        try:
            await self._connection.execute(NOTIFY, CHANNEL, messages, timeout=PATIENCE)
        except BROKEN as error:
            raise ConnectionLost from error

    async def close(self) -> None:
        try:
            await self._connection.close(timeout=1)
        except BROKEN:
            self._connection.terminate()


def connect_options(url: str) -> dict[str, Any]:
    """The arguments of `asyncpg.connect` for an address that SQLAlchemy would read."""
    parsed = make_url(url).set(drivername="postgresql+asyncpg")
    _, options = parsed.get_dialect()().create_connect_args(parsed)
    settings = {"application_name": "throughline relay", **options.pop("server_settings", {})}
    return {
        **{k: v for k, v in options.items() if not k.startswith("prepared_")},
        "server_settings": settings,
    }
