"""Processes beside this one: spoken to line by line, and their processor and memory read from /proc."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds
PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes


class Spoken:
    """A process of ours that answers one line of JSON to each line that it is sent."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    async def answer(self, within: float = 120) -> Any:
        assert self._process.stdout is not None
        return json.loads(await asyncio.wait_for(self._process.stdout.readline(), within))

    async def ask(self, command: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(command.encode() + b"\n")
        return await self.answer()


@asynccontextmanager
async def spoken(module: str, *arguments: str) -> AsyncIterator[Spoken]:
    """`python -m module`, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, limit=1 << 20
    )
    try:
        yield Spoken(process)
    finally:
        process.terminate()
        await process.communicate()


def processor(pid: int) -> float:
    """Seconds of processor that a process has used so far, all its threads together."""
    # The name of the program, in brackets, may hold spaces: what we count comes after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def memory(pid: int) -> int:
    """Bytes of memory that a process holds now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
