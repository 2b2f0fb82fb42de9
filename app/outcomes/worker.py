"""Does heavy work for a space: much of it in a process of its own, so that boards stay quick.

`python -m app.outcomes.worker` reads one job from its input and writes lines of JSON: how far it is, and at
the end what came of it. Its memory goes with it. Whoever started it rings for what changed.
"""

import asyncio
import resource
import sys
from typing import Literal

from msgspec import Struct, json

from app import config as settings
from app.access import Code, Refused
from app.db import Database
from app.outcomes.editing import reading_profile
from app.outcomes.imports import steps
from app.outcomes.jobs.progress import Tell
from app.spaces.actions import Door

MOST_MEMORY = 3_000_000_000  # bytes of address space, so that no file eats the machine

Act = Literal["look", "check", "apply", "undo", "read_as"]


class Job(Struct, frozen=True):
    """What is to be done: `subject` is a file under way, for `undo` an import, for `read_as` a profile."""

    act: Act
    subject: str
    space: str
    login: str
    database_url: str
    synchronous: str

    @property
    def key(self) -> str:
        """What Works knows it by. Two readings of one space at a time would only wait for each other."""
        return reading_of(self.space) if self.act == "read_as" else self.subject


def reading_of(space_id: str) -> str:
    return f"readings of {space_id}"


class JobStatus(Struct, frozen=True, omit_defaults=True):
    """A line to whoever started this. At the end `over`, with a refusal or with what to ring for."""

    rows: int = 0
    stage: str = ""
    over: bool = False
    code: str = ""
    say: str = ""
    rings: tuple[tuple[str, int], ...] = ()


async def do(job: Job, tell: Tell) -> JobStatus:
    """Carry the job out, telling how far it is; gives the last word."""
    config = settings.read({"DATABASE_URL": job.database_url, "SQLITE_SYNCHRONOUS": job.synchronous})
    db = Database(job.database_url, synchronous=job.synchronous)
    rings: list[tuple[str, int]] = []
    door = Door(db, lambda topic, number: rings.append((topic, number)), config, job.login, job.space)
    try:
        await ACTS[job.act](door, job.subject, tell)
    except Refused as refused:
        return JobStatus(over=True, code=refused.code, say=refused.say)
    except MemoryError:
        return JobStatus(over=True, code=Code.INVALID, say="This needs more memory than is available.")
    finally:
        await db.close()
    return JobStatus(over=True, rings=tuple(rings))


ACTS = {
    "look": steps.look,
    "check": steps.check,
    "apply": steps.apply,
    "undo": steps.undo,
    "read_as": reading_profile.read_as,
}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    job = json.decode(sys.stdin.buffer.read(), type=Job)
    write(asyncio.run(do(job, lambda stage, rows: write(JobStatus(rows, stage)))))


def write(said: JobStatus) -> None:
    sys.stdout.buffer.write(json.encode(said) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
