"""The imports and other heavy work under way in this process: started, followed, ended with it."""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any, cast

from litestar.di import NamedDependency
from msgspec import DecodeError, json

from app.access import Code
from app.config import ROOT
from app.db import DatabaseFault
from app.outcomes.jobs.progress import silent
from app.outcomes.worker import Act, Job, JobStatus, do
from app.spaces.actions import Door, Ring

LONGEST = 600.0  # seconds; whoever takes longer is ended, and what it wrote is as if it had not been
AT_ONCE = 2
KEPT = 200  # endings remembered
FAILED = JobStatus(
    over=True, code=Code.UNAVAILABLE, say="This could not be finished. Nothing was changed. Try again."
)
PATIENCE = 4.0  # seconds that a form waits for what is small
log = logging.getLogger(__name__)


class JobRunner:
    """The last word of each piece of work, by what it is about: see `Job.key`."""

    def __init__(self) -> None:
        self._said: dict[str, JobStatus] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    def begin(self, job: Job, ring: Ring, *, small: bool) -> None:
        """Start the job unless one about the same is under way. A small one needs no process of its own."""
        if self.running(job.key):
            return
        while len(self._said) > KEPT:
            self._said.pop(next(iter(self._said)))
        self._said[job.key] = JobStatus()
        self._tasks[job.key] = asyncio.create_task(self._do(job, ring, small=small))

    def running(self, subject: str) -> bool:
        return subject in self._tasks

    def subjects(self) -> frozenset[str]:
        return frozenset(self._tasks)

    def said(self, subject: str) -> JobStatus | None:
        """How far it is or how it ended; None where nothing was begun here."""
        return self._said.get(subject)

    async def settle(self, subject: str, seconds: float) -> None:
        """Wait a little: small files are done before anybody needs to see how far they are."""
        if subject in self._tasks:
            await asyncio.wait([self._tasks[subject]], timeout=seconds)

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _do(self, job: Job, ring: Ring, *, small: bool) -> None:
        try:
            async with self._room, asyncio.timeout(LONGEST):
                last = await (self._beside(job) if small else self._follow(job))
        except (TimeoutError, OSError, DecodeError, DatabaseFault) as fault:
            log.warning("Work could not be finished: %s", type(fault).__name__)
            last = FAILED
        finally:
            del self._tasks[job.key]
        self._said[job.key] = last
        for topic, number in last.rings:
            ring(topic, number)

    async def _beside(self, job: Job) -> JobStatus:
        """In a thread with a loop and a database connection of its own."""
        return await asyncio.to_thread(lambda: asyncio.run(do(job, silent)))

    async def _follow(self, job: Job) -> JobStatus:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.outcomes.worker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=ROOT,
        )
        try:
            return await self._listen(job, process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def _listen(self, job: Job, process: Process) -> JobStatus:
        into, out, err = (cast(Any, pipe) for pipe in (process.stdin, process.stdout, process.stderr))
        into.write(json.encode(job))
        into.close()
        async for line in out:
            said = json.decode(line, type=JobStatus)
            if said.over:
                return said
            self._said[job.key] = said
        # Its last line alone: what stands above may hold people's words.
        fault = (await err.read()).decode(errors="replace").strip().splitlines()
        log.error("Work failed: %s", fault[-1].split(":")[0] if fault else "no word")
        return FAILED


async def carry_out(door: Door, works: JobRunner, act: Act, subject: str, *, small: bool) -> None:
    """Have it done, and wait a little for it."""
    config = door.config
    job = Job(act, subject, door.space_id, door.login, config.database_url, config.sqlite_synchronous)
    works.begin(job, door.ring, small=small)
    await works.settle(job.key, PATIENCE)


AtWork = NamedDependency[JobRunner]
