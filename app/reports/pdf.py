"""A page as PDF, made by a process of its own: with a time limit, and with nothing it could fetch."""

import asyncio
import sys
from collections.abc import Callable
from weakref import WeakKeyDictionary

from app.access import Code, Refused
from app.config import ROOT

SECONDS = 60
AT_ONCE = 2  # each takes a processor and 150 MB
MOST_WAITING = 8
MISSING = "PDF files need Pango, which is not installed on this server. The other kinds of file are there."
TOO_LONG = "That took too long. Try the report of one goal, or another kind of file."
BUSY = "Many PDF files are being made just now. Try again in a minute."
NO_PANGO = 3  # as the worker says it


class Turns:
    """Who makes a PDF now, and how many wait for their turn."""

    def __init__(self) -> None:
        self.free = asyncio.Semaphore(AT_ONCE)
        self.waiting = 0


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


async def as_pdf(write: Callable[[], str], seconds: float = SECONDS) -> bytes:
    """The PDF of a whole HTML page, which is written while its maker starts.

    Raises Refused where it takes too long, or cannot be made here or now.
    """
    turns = _turns.setdefault(asyncio.get_running_loop(), Turns())
    if turns.waiting >= MOST_WAITING:
        raise Refused(Code.UNAVAILABLE, BUSY)
    turns.waiting += 1
    try:
        async with turns.free:
            return await _made(write, seconds)
    finally:
        turns.waiting -= 1


async def _made(write: Callable[[], str], seconds: float) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.reports.pdf_worker",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            page = await asyncio.to_thread(write)
            made, said = await process.communicate(page.encode())
    except TimeoutError:
        raise Refused(Code.UNAVAILABLE, TOO_LONG) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == NO_PANGO:
        raise Refused(Code.UNAVAILABLE, MISSING)
    if process.returncode != 0:
        raise RuntimeError(f"The PDF could not be made: {said.decode(errors='replace')[-2000:]}")
    return made
