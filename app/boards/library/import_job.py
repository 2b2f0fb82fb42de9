"""Takes a board in from a file; from a large one in a process of its own, whose memory goes with it.

`python -m app.boards.library.import_job` reads a job as one line of JSON and then the file, and writes what
came of it. In the server ten thousand cards would be made beside what lives on, and leave gaps that nobody
gives back. The process that started it sends the wake-ups.
"""

import asyncio
import gc
import logging
import sys

from msgspec import Struct, json

from app import config as settings
from app.access import Code, Refused
from app.boards.library import actions
from app.db import Database
from app.limits.orphans import end_with_parent
from app.limits.worker_process import WorkerFailed, run_worker
from app.spaces.actions import Door

MODULE = "app.boards.library.import_job"
SMALL = 128 * 1024  # bytes, some 250 cards: taken in quicker than a process starts
TOO_LONG = "That took too long. Nothing was changed. Try again when fewer people are at work."
FAILED = "This could not be finished. Nothing was changed. Try again."
log = logging.getLogger(__name__)


class Job(Struct, frozen=True):
    """Where to, and for whom: their sign-in is looked up anew."""

    database_url: str
    synchronous: str
    login: str
    space: str


class Taken(Struct, frozen=True, omit_defaults=True):
    """The new board, and whether characters were left out; or why not. And the wake-ups to send."""

    board: str = ""
    cleaned: bool = False
    code: str = ""
    say: str = ""
    rings: tuple[tuple[str, int], ...] = ()


async def take_in(door: Door, data: bytes) -> tuple[str, bool]:
    """As `actions.import_file` does. Raises Refused."""
    if len(data) <= SMALL:
        return await actions.import_file(door, data)
    config = door.config
    job = json.encode(Job(config.database_url, config.sqlite_synchronous, door.login, door.space_id))
    try:
        answer = await run_worker(MODULE, lambda: job + b"\n" + data, too_long=TOO_LONG)
    except WorkerFailed as failed:
        last = str(failed).strip().splitlines()[-1:]  # the lines above may contain what people wrote
        log.error("A board could not be taken in: %s", last[0].split(":")[0] if last else failed.code)
        raise Refused(Code.UNAVAILABLE, FAILED) from None
    taken = json.decode(answer, type=Taken)
    for topic, number in taken.rings:
        door.ring(topic, number)
    if taken.code:
        raise Refused(Code(taken.code), taken.say)
    return taken.board, taken.cleaned


async def do(job: Job, data: bytes) -> Taken:
    config = settings.read({"DATABASE_URL": job.database_url, "SQLITE_SYNCHRONOUS": job.synchronous})
    db = Database(job.database_url, synchronous=job.synchronous)
    rings: list[tuple[str, int]] = []
    door = Door(db, lambda topic, number: rings.append((topic, number)), config, job.login, job.space)
    try:
        board, cleaned = await actions.import_file(door, data)
    except Refused as refused:
        return Taken(code=refused.code, say=refused.say)
    finally:
        await db.close()
    return Taken(board, cleaned, rings=tuple(rings))


def main() -> None:
    end_with_parent()
    gc.disable()  # the process is short
    job, _, data = sys.stdin.buffer.read().partition(b"\n")
    taken = asyncio.run(do(json.decode(job, type=Job), data))
    sys.stdout.buffer.write(json.encode(taken))


if __name__ == "__main__":
    main()
