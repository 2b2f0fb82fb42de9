"""Runs what takes a processor for seconds in a process of its own, with a time limit.

How many run at once is for `fair_places`."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from app.access import Code, Refused
from app.config import ROOT
from app.limits.orphans import command

SECONDS = 60
BEHIND = 5  # niceness: where processors are few, boards and pages come first
TOO_LONG = "That took too long. Try the report on one goal, or another kind of file."


class WorkerFailed(Exception):
    """A worker ended with this exit code; the text is what it wrote as errors."""

    def __init__(self, code: int, errors: str) -> None:
        super().__init__(errors)
        self.code = code


async def run_worker(
    module: str, make_input: Callable[[], bytes], seconds: float = SECONDS, too_long: str = TOO_LONG
) -> bytes:
    """The output of `python -m module` for the input that `make_input` gives, made while the process starts.

    Raises Refused where it takes too long, and WorkerFailed where the process fails.
    """
    process = await asyncio.create_subprocess_exec(
        *command(module),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process.pid, BEHIND)
        async with asyncio.timeout(seconds):
            sent = await asyncio.to_thread(make_input)
            output, errors = await process.communicate(sent)
    except TimeoutError:
        raise Refused(Code.UNAVAILABLE, too_long) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerFailed(process.returncode, errors.decode(errors="replace")[-2000:])
    return output
