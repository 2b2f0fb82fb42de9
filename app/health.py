"""What a balancer asks: whether this process lives, and whether it can serve."""

import asyncio

from litestar import Response, get
from litestar.types import ControllerRouterHandler

from app import web
from app.db import Database, DatabaseFault, now
from app.migrate import is_behind

LIMIT = 5.0  # seconds for all that is asked of the database
# PostgreSQL writes its log into files that it has already, and rows into pages that have room. More than fits
# into little memory goes into a file that is made for it.
LITTLE_MEMORY = "SET LOCAL work_mem = '64kB'"
STORED = "SELECT pg_logical_emit_message(true, 'throughline', ''), count(*) FROM generate_series(1, 5000)"
Health = Response[dict[str, str]]


@get("/livez", opt={"action": "server.show"}, include_in_schema=False)
async def livez() -> dict[str, str]:
    """200 as long as the loop turns; a process that does not answer should be started again."""
    return {"status": "ok"}


@get(["/readyz", "/healthz"], opt={"action": "server.show"}, include_in_schema=False)
async def readyz(db: web.Db) -> Health:
    """200 where this process can read and store, else 503 and why; send people elsewhere until then.

    A process that is older than the database, as while a new version is put in place, is ready.
    """
    try:
        async with asyncio.timeout(LIMIT):
            if await is_behind(db):
                return _unavailable("The database is not migrated.")
            await _store_something(db)
    except (DatabaseFault, OSError, TimeoutError):
        return _unavailable("The database does not answer, or stores nothing.")
    return Response({"status": "ok"})


async def _store_something(db: Database) -> None:
    """Write what nobody reads, to the disk. Raises DatabaseFault where nothing can be stored."""
    async with db.write() as tx:
        if db.sqlite:
            await tx.exec_driver_sql(f"PRAGMA user_version = {int(now().timestamp())}")
        else:
            await tx.exec_driver_sql(LITTLE_MEMORY)
            await tx.exec_driver_sql(STORED)


def _unavailable(reason: str) -> Health:
    return Response({"status": "unavailable", "reason": reason}, status_code=503)


routes: list[ControllerRouterHandler] = [livez, readyz]
