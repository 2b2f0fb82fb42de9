"""Carries out long jobs for a space, mostly in a process of its own so that boards stay fast.

`python -m app.outcomes.worker` reads one job as JSON from its input and writes one status as JSON per line;
the last one has `over`. Its memory is freed when it ends. The process that started it sends the wake-ups.
"""

import asyncio
import gc
import resource
import sys

from msgspec import json

from app.access import Code, Refused
from app.limits.orphans import end_with_parent
from app.outcomes.editing import reading_profile
from app.outcomes.imports import steps
from app.outcomes.imports.writing import undo
from app.outcomes.jobs.job import Job, JobStatus
from app.outcomes.jobs.progress import Progress
from app.spaces.actions import worker_door

MOST_MEMORY = 3_000_000_000  # bytes of address space, so that no file takes all memory of the machine


async def do(job: Job, report_progress: Progress) -> JobStatus:
    """Carry the job out; returns its last status, which says so where it was refused."""
    async with worker_door(job.database_url, job.synchronous, job.login, job.space) as (door, rings):
        try:
            await ACTS[job.act](door, job.subject, report_progress)
        except Refused as refused:
            return JobStatus(over=True, code=refused.code, say=refused.say)
        except MemoryError:
            return JobStatus(over=True, code=Code.INVALID, say="This needs more memory than is available.")
    return JobStatus(over=True, rings=tuple(rings))


ACTS = {
    "look": steps.look,
    "check": steps.check,
    "apply": steps.apply,
    "undo": undo.undo,
    "read_as": reading_profile.read_as,
}


def main() -> None:
    """Read a job from the input, carry it out within the limit of memory, and write its statuses.

    Without the collector of cycles: it looks at a million rows again and again and finds next to nothing,
    which takes as long as the work itself. What is left over goes with the process.
    """
    end_with_parent()
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    job = json.decode(sys.stdin.buffer.read(), type=Job)
    write(asyncio.run(do(job, lambda stage, rows: write(JobStatus(rows, stage)))))


def write(status: JobStatus) -> None:
    sys.stdout.buffer.write(json.encode(status) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
