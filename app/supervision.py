"""Starts the tasks that run beside requests, and hears how each of them ends: none stops without a word."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from time import monotonic

FIRST, LONGEST = 0.5, 60.0  # seconds until a task that should not have ended is begun anew
log = logging.getLogger(__name__)

Work = Coroutine[None, None, None]
OnEnd = Callable[[], None]


class Tasks:
    """Tasks that are held (the loop itself holds them only weakly) and whose faults are logged."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self.kept: dict[str, asyncio.Task[None]] = {}  # by name, those that are to run until `stop`
        self._stopping = False

    def start(self, name: str, work: Work, on_end: OnEnd | None = None) -> asyncio.Task[None]:
        """Begin `work`; `on_end` is called once it has ended, in whatever way."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(partial(self._ended, on_end))
        return task

    def keep(self, name: str, run: Callable[[], Work]) -> None:
        """Run until `stop`: a run that fails, or is cancelled by anybody else, is begun anew."""
        self._begin(name, run, FIRST)

    async def stop(self) -> None:
        """Cancel everything and wait until it has ended. Nothing is begun any more."""
        self._stopping = True
        running = list(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)

    def _begin(self, name: str, run: Callable[[], Work], pause: float) -> None:
        if self._stopping:
            return
        began = monotonic()

        def begin_again() -> None:
            if not self._stopping and (task.cancelled() or task.exception() is not None):
                wait = FIRST if monotonic() - began > LONGEST else pause
                log.error("Task %s ended; it is begun anew", name)
                task.get_loop().call_later(wait, self._begin, name, run, min(wait * 2, LONGEST))

        task = self.kept[name] = self.start(name, run(), begin_again)

    def _ended(self, on_end: OnEnd | None, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("Task %s failed", task.get_name(), exc_info=fault)
        if on_end is not None:
            on_end()
