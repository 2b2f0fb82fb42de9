"""Runs what takes a processor for seconds in a process of its own, with a time limit, and a few at once."""

import asyncio
import sys
from collections.abc import Callable
from weakref import WeakKeyDictionary

from app.access import Code, Refused
from app.config import ROOT

SECONDS = 60
MOST_AT_ONCE = 2  # each takes a processor and 150 MB
MOST_WAITING = 8
TOO_LONG = "That took too long. Try the report on one goal, or another kind of file."
BUSY = "Many files are being made at the moment. Try again in a minute."


class WorkerFailed(Exception):
    """A worker ended with this exit code; the text is what it wrote as errors."""

    def __init__(self, code: int, errors: str) -> None:
        super().__init__(errors)
        self.code = code


class Slots:
    """How many workers may run at once, and how many callers wait or are served."""

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(MOST_AT_ONCE)
        self.waiting = 0


_slots: WeakKeyDictionary[asyncio.AbstractEventLoop, Slots] = WeakKeyDictionary()


async def run_worker(module: str, make_input: Callable[[], bytes], seconds: float = SECONDS) -> bytes:
    """The output of `python -m module` for the input that `make_input` gives, made while the process starts.

    Raises Refused where it takes too long or too many wait, and WorkerFailed where the process fails.
    """
    slots = _slots.setdefault(asyncio.get_running_loop(), Slots())
    if slots.waiting >= MOST_WAITING:
        raise Refused(Code.UNAVAILABLE, BUSY)
    slots.waiting += 1
    try:
        async with slots.free:
            return await _run(module, make_input, seconds)
    finally:
        slots.waiting -= 1


async def _run(module: str, make_input: Callable[[], bytes], seconds: float) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            sent = await asyncio.to_thread(make_input)
            output, errors = await process.communicate(sent)
    except TimeoutError:
        raise Refused(Code.UNAVAILABLE, TOO_LONG) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(process.returncode, errors.decode(errors="replace")[-2000:])
    return output
