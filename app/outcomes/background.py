"""The background jobs of outcomes, which run as long as a process serves."""

from collections.abc import Callable, Coroutine
from functools import partial

from app.config import Config
from app.db import Database
from app.outcomes.imports.writing import staging
from app.outcomes.readings import recompute_job
from app.outcomes.reminders import job as reminders
from app.spaces.actions import Ring


def loops(db: Database, config: Config, ring: Ring) -> dict[str, Callable[[], Coroutine[None, None, None]]]:
    return {
        "reminders": partial(reminders.run, db, config),
        "readings": partial(recompute_job.run, db, ring),
        "unfinished imports": partial(staging.run, db),
    }
