"""The imports and other long jobs of this process: started, followed, and ended with the process."""

import asyncio
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from typing import Any, cast

from litestar.di import NamedDependency
from msgspec import DecodeError, json

from app.access import Code
from app.config import ROOT
from app.db import DatabaseFault
from app.limits.orphans import command
from app.outcomes.jobs.job import Act, Job, JobStatus
from app.outcomes.jobs.progress import Progress, no_progress
from app.spaces.actions import Door, Ring

WORKER = "app.outcomes.worker"  # the module that a process of its own runs
LONGEST = 600.0  # seconds; a job that takes longer is ended, and nothing that it wrote is kept
AT_ONCE = 2
KEPT = 200  # last statuses remembered
FAILED = JobStatus(  # it may have ended after its last COMMIT, and nobody here can tell
    over=True,
    code=Code.UNAVAILABLE,
    say="This could not be finished. It was done whole or not at all: see the imports, and try again.",
)
PATIENCE = 2.0  # seconds that a form waits for a small job; after that the page says how far it is
log = logging.getLogger(__name__)


class JobRunner:
    """Runs jobs and remembers the last status of each by its `Job.key`.

    `do` carries a job out and returns its last status. It is handed in, because it knows the domain's actions
    and the runner does not.
    """

    def __init__(self, do: Callable[[Job, Progress], Awaitable[JobStatus]]) -> None:
        self._do = do
        self._statuses: dict[str, JobStatus] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def begin(self, job: Job, ring: Ring, *, small: bool) -> None:
        """Start the job unless one with the same key runs. A small one needs no process of its own."""
        if self.running(job.key):
            return
        while len(self._statuses) > KEPT:
            self._statuses.pop(next(iter(self._statuses)))
        self._statuses[job.key] = JobStatus()
        self._tasks[job.key] = asyncio.create_task(self._run(job, ring, small=small))

    def running(self, key: str) -> bool:
        """Whether a job with this key runs in this process."""
        return key in self._tasks

    def running_keys(self) -> frozenset[str]:
        return frozenset(self._tasks)

    def status(self, key: str) -> JobStatus | None:
        """How far the job is or how it ended; None where this process started none with this key."""
        return self._statuses.get(key)

    async def wait(self, key: str, seconds: float) -> None:
        """Wait at most so long for the job to end: small files need no progress page."""
        if key in self._tasks:
            await asyncio.wait([self._tasks[key]], timeout=seconds)

    async def stop(self) -> None:
        """End all jobs. What an unfinished one wrote is rolled back."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, job: Job, ring: Ring, *, small: bool) -> None:
        try:
            async with self._slots, asyncio.timeout(LONGEST):
                last = await (self._in_thread(job) if small else self._in_process(job))
        except (TimeoutError, OSError, DecodeError, DatabaseFault) as fault:
            log.warning("Work could not be finished: %s", type(fault).__name__)
            last = FAILED
        except Exception:
            log.exception("Work could not be finished")
            last = FAILED
        finally:
            del self._tasks[job.key]
        self._statuses[job.key] = last
        for topic, number in last.rings:
            ring(topic, number)

    async def _in_thread(self, job: Job) -> JobStatus:
        """In a thread with a loop and a database connection of its own."""

        async def run() -> JobStatus:
            return await self._do(job, no_progress)

        return await asyncio.to_thread(lambda: asyncio.run(run()))

    async def _in_process(self, job: Job) -> JobStatus:
        process = await asyncio.create_subprocess_exec(
            *command(WORKER),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=ROOT,
        )
        try:
            return await self._follow(job, process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def _follow(self, job: Job, process: Process) -> JobStatus:
        """Send the job, and read statuses until the last one."""
        into, out, err = (cast(Any, pipe) for pipe in (process.stdin, process.stdout, process.stderr))
        into.write(json.encode(job))
        into.close()
        async for line in out:
            status = json.decode(line, type=JobStatus)
            if status.over:
                return status
            self._statuses[job.key] = status
        # Its last line alone: the lines above may contain what people wrote.
        fault = (await err.read()).decode(errors="replace").strip().splitlines()
        log.error("Work failed: %s", fault[-1].split(":")[0] if fault else "no word")
        return FAILED


async def run_job(door: Door, jobs: JobRunner, act: Act, subject: str, *, small: bool) -> None:
    """Start a job for the space of this door, and wait a few seconds for it."""
    config = door.config
    job = Job(act, subject, door.space_id, door.login, config.database_url, config.sqlite_synchronous)
    jobs.begin(job, door.ring, small=small)
    await jobs.wait(job.key, PATIENCE)


Jobs = NamedDependency[JobRunner]
