"""Behind a pooler that takes no settings, no deed waits for a row without end, and none is stored later."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app import connections
from app.db import Database, together
from tests.support.databases import Postgres
from tests.support.proxy import Proxy

WORDS = b"unsupported startup parameter: idle_in_transaction_session_timeout"
REFUSAL = b"SFATAL\0C08P01\0M" + WORDS + b"\0\0"
LEAST = {b"user", b"database"}  # parameters that every pooler takes


class Pooler(Proxy):
    """Takes only the LEAST parameters: refuses connections with others as PgBouncer does, or drops those."""

    def __init__(self, host: str, *, refuses: bool) -> None:
        super().__init__(host, None)
        self.refuses = refuses

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(8)
        while struct.unpack("!ii", head)[1] == 80877103:  # it asks for TLS
            writer.write(b"N")
            head = await reader.readexactly(8)
        size, version = struct.unpack("!ii", head)
        words = (await reader.readexactly(size - 8)).rstrip(b"\0").split(b"\0")
        given = dict(zip(words[::2], words[1::2], strict=True))
        if self.refuses and b"lock_timeout" in given:
            writer.write(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)
            await writer.drain()
            return
        least = b"".join(name + b"\0" + given[name] + b"\0" for name in sorted(LEAST & given.keys())) + b"\0"
        await self.pass_on(reader, writer, struct.pack("!ii", len(least) + 8, version) + least)


@asynccontextmanager
async def behind(postgres: Postgres, url: str, *, refuses: bool) -> AsyncIterator[Database]:
    """The same database through such a pooler."""
    name = url.partition("?")[0].rpartition("/")[2]
    pooler = Pooler(f"{postgres.folder}/.s.PGSQL.5432", refuses=refuses)
    async with pooler.listening():
        db = Database(f"postgresql+asyncpg://postgres@127.0.0.1:{pooler.port}/{name}", limit=10.0)
        yield db
        await db.close()


def limits(tx: Connection) -> tuple[str, ...]:
    names = ("lock_timeout", "idle_in_transaction_session_timeout")
    return tuple(tx.execute(text(f"SHOW {name}")).scalar_one() for name in names)


@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("refuses", [None, False, True])
async def test_what_a_board_writes_has_its_limits(
    postgres: Postgres, postgres_url: str, refuses: bool | None, checked: bool
) -> None:
    if refuses is None:
        db = Database(postgres_url, limit=10.0)
        assert await db.run_short_write(limits, checked=checked) == (connections.LOCK_WAIT, "15s")
        await db.close()
        return
    async with behind(postgres, postgres_url, refuses=refuses) as db:
        for _ in range(2):  # a new connection, and one that was used
            assert await db.run_short_write(limits, checked=checked) == (connections.LOCK_WAIT, "15s")
        async with db.write() as tx:
            assert await tx.run_sync(limits) == ("0", "15s")  # pages wait as long as their transaction may


@pytest.mark.parametrize("refuses", [False, True])
async def test_what_was_given_up_at_a_lock_is_not_stored_later(
    postgres: Postgres, postgres_url: str, refuses: bool
) -> None:
    """Also of a deed that is one statement by itself wherever settings are kept."""
    async with behind(postgres, postgres_url, refuses=refuses) as db:

        def begin(tx: Connection) -> None:
            tx.execute(text("DROP TABLE IF EXISTS held"))
            tx.execute(text("CREATE TABLE held (n integer)"))
            tx.execute(text("INSERT INTO held VALUES (1)"))

        def write(tx: Connection) -> None:
            tx.execute(text("UPDATE held SET n = 2"))

        def write_more(tx: Connection) -> None:
            together(tx)
            write(tx)

        await db.run_short_write(begin)
        async with db.write() as holding:
            await holding.execute(text("SELECT * FROM held FOR UPDATE"))
            for work in (write, write_more):
                with pytest.raises(DBAPIError) as given_up:
                    await db.run_short_write(work)
                assert getattr(given_up.value.orig, "sqlstate", "") == connections.LOCKED
        async with db.read() as tx:
            assert (await tx.execute(text("SELECT n FROM held"))).scalar_one() == 1
        async with db.write() as tx:
            await tx.execute(text("DROP TABLE held"))
