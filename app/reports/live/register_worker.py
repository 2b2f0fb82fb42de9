"""Writes the file of a register; of a long one in a process of its own, so that boards stay fast meanwhile.

`python -m app.reports.live.register_worker` reads a job as JSON, and writes the file.
"""

import asyncio
import gc
import sys
from typing import Any

from msgspec import Struct, json

from app.access import Thing, decide
from app.db import Database, Tx
from app.limits.orphans import end_with_parent
from app.records.core.register import Asked, RegisterTable
from app.records.pages.table import load_json, load_table
from app.reports.files.register_files import json_file, table_file
from app.spaces import seats
from app.spaces.space import Seat

NOT_HERE = 3  # how the process ends where the person may not see records there any more


class Job(Struct, frozen=True):
    """Which file, for whom: their sign-in is looked up anew."""

    database_url: str
    synchronous: str
    login: str
    space: str
    asked: Asked
    form: str


async def load_content(tx: Tx, seat: Seat, asked: Asked, form: str) -> RegisterTable | list[dict[str, Any]]:
    """What the file in one of `register_files.FORMS` holds, as the person with this seat sees it."""
    return await (load_json if form == "json" else load_table)(tx, seat, asked)


def written(content: RegisterTable | list[dict[str, Any]], space: str, form: str) -> bytes:
    """The file."""
    if isinstance(content, list):
        return json_file(content)
    return table_file(content, space, form)


async def _do(job: Job) -> bytes | None:
    db = Database(job.database_url, synchronous=job.synchronous)
    try:
        async with db.read() as tx:
            seat = await seats.seat(tx, job.login, job.space)
            if seat is None or decide(seat.actor, "record.show", Thing(seat.space.state, seat.actor.person)):
                return None
            content = await load_content(tx, seat, job.asked, job.form)
        return written(content, seat.space.name, job.form)
    finally:
        await db.close()


def main() -> int:
    end_with_parent()
    gc.disable()  # the process is short
    body = asyncio.run(_do(json.decode(sys.stdin.buffer.read(), type=Job)))
    if body is None:
        return NOT_HERE
    sys.stdout.buffer.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
