"""What takes a processor for seconds is made by a process of its own, with a time limit, and in turn."""

import asyncio
import sys
from collections.abc import Callable
from weakref import WeakKeyDictionary

from app.access import Code, Refused
from app.config import ROOT

SECONDS = 60
MOST_AT_ONCE = 2  # each takes a processor and 150 MB
MOST_WAITING = 8
TOO_LONG = "That took too long. Try the report of one goal, or another kind of file."
BUSY = "Many files are being made just now. Try again in a minute."


class WorkerFailed(Exception):
    """The process ended with this code; its text is what it said."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


class Slots:
    """Who has something made now, and how many wait for their turn."""

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(MOST_AT_ONCE)
        self.waiting = 0


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Slots] = WeakKeyDictionary()


async def run_worker(module: str, write: Callable[[], bytes], seconds: float = SECONDS) -> bytes:
    """What `python -m module` makes of what `write` gives, which is written while it starts.

    Raises Refused where it takes too long or too many wait, and Failed where the process fails.
    """
    turns = _turns.setdefault(asyncio.get_running_loop(), Slots())
    if turns.waiting >= MOST_WAITING:
        raise Refused(Code.UNAVAILABLE, BUSY)
    turns.waiting += 1
    try:
        async with turns.free:
            return await _made(module, write, seconds)
    finally:
        turns.waiting -= 1


async def _made(module: str, write: Callable[[], bytes], seconds: float) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            given = await asyncio.to_thread(write)
            made, said = await process.communicate(given)
    except TimeoutError:
        raise Refused(Code.UNAVAILABLE, TOO_LONG) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(process.returncode, said.decode(errors="replace")[-2000:])
    return made
