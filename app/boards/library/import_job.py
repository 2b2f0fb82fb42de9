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

from app.access import Code, Refused
from app.boards.library import actions
from app.limits.orphans import end_with_parent
from app.limits.worker_process import WorkerFailed, run_worker
from app.spaces.actions import Door, worker_door

MODULE = "app.boards.library.import_job"
SECONDS = 60
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
    board: str


class Taken(Struct, frozen=True, omit_defaults=True):
    """Whether characters were left out; or why nothing was taken in. And the wake-ups to send."""

    cleaned: bool = False
    code: str = ""
    say: str = ""
    rings: tuple[tuple[str, int], ...] = ()


async def take_in(door: Door, data: bytes, new_board: str) -> bool:
    """As `actions.import_file` does. Raises Refused."""
    if len(data) <= SMALL:
        return await actions.import_file(door, data, new_board)
    config = door.config
    job = json.encode(
        Job(config.database_url, config.sqlite_synchronous, door.login, door.space_id, new_board)
    )
    try:
        answer = await run_worker(MODULE, lambda: job + b"\n" + data, seconds=SECONDS, too_long=TOO_LONG)
    except (Refused, WorkerFailed) as failed:
        refused = _as_refused(failed)
        if await actions.was_imported(door, new_board):
            return False  # it ended too late to say what was left out
        raise refused from None
    taken = json.decode(answer, type=Taken)
    for topic, number in taken.rings:
        door.ring(topic, number)
    if taken.code:
        raise Refused(Code(taken.code), taken.say)
    return taken.cleaned


def _as_refused(failed: Refused | WorkerFailed) -> Refused:
    if isinstance(failed, Refused):  # it took too long
        return failed
    last = str(failed).strip().splitlines()[-1:]  # the lines above may contain what people wrote
    log.error("Taking in a board failed: %s", last[0].split(":")[0] if last else failed.code)
    return Refused(Code.UNAVAILABLE, FAILED)


async def do(job: Job, data: bytes) -> Taken:
    async with worker_door(job.database_url, job.synchronous, job.login, job.space) as (door, rings):
        try:
            cleaned = await actions.import_file(door, data, job.board)
        except Refused as refused:
            return Taken(code=refused.code, say=refused.say)
    return Taken(cleaned, rings=tuple(rings))


def main() -> None:
    end_with_parent()
    gc.disable()  # the process is short
    job, _, data = sys.stdin.buffer.read().partition(b"\n")
    taken = asyncio.run(do(json.decode(job, type=Job), data))
    sys.stdout.buffer.write(json.encode(taken))


if __name__ == "__main__":
    main()
