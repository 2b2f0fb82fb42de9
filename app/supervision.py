"""Work beside the loop: tasks, none of which stops without a word, and threads in which pages are drawn."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from random import random
from time import monotonic
from typing import TypeVar

from app.db import DatabaseFault

FIRST, LONGEST = 0.5, 60.0  # seconds until a task that should not have ended is begun anew
AGAIN = 2.0  # seconds until what is due is tried again, while the database does not answer
AWAY = (DatabaseFault, OSError, TimeoutError)
log = logging.getLogger(__name__)

AT_ONCE = 2  # pages drawn at the same time: more would only take turns
SWITCH = 0.001  # seconds after which a thread that draws gives way to the loop; Python's own 5 ms delay acks
PAGES = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pages")
SCREENS = ThreadPoolExecutor(1, thread_name_prefix="screens")  # what live boards send: it waits for no page

T = TypeVar("T")
Work = Coroutine[None, None, None]
OnEnd = Callable[[], None]


def give_way() -> None:
    """Let threads take turns so often that an ack waits no longer for a page than for another ack."""
    sys.setswitchinterval(SWITCH)


async def in_thread(work: Callable[[], T], pool: ThreadPoolExecutor = PAGES) -> T:
    """What `work` gives, once it has its turn."""
    return await asyncio.get_running_loop().run_in_executor(pool, copy_context().run, work)


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


async def one_by_one(items: Iterable[T], act: Callable[[T], Awaitable[None]], what: str) -> None:
    """Do `act` for each of them: a fault of one is logged and keeps none of the others waiting.

    Where it is the database's, the first such fault is raised at the end: it may be away for all.
    """
    away: Exception | None = None
    for item in items:
        try:
            await act(item)
        except AWAY as error:
            away = away or error
        except Exception:
            log.exception("%s: %s could not be looked after", what, item)
    if away is not None:
        raise away


async def rounds(act: Callable[[], Work], *, first: float, every: float, what: str) -> None:
    """Do `act` for ever: within `first` seconds, and then every so many.

    The first wait is random, so that processes started together do not all begin at once. While the database
    does not answer, the next round is waited for.
    """
    wait = first * random()
    while True:
        await asyncio.sleep(wait)
        wait = every
        try:
            await act()
        except AWAY:
            log.warning("%s: the database does not answer; trying again later.", what)


class DueList:
    """What a task has to look at next: what wake-ups name and, at first and `every` so many seconds, all."""

    def __init__(self, what: str, every: float = 3600.0) -> None:
        self._what, self._every = what, every
        self.waiting: set[str] = set()
        self._bell = asyncio.Event()

    def add(self, id: str) -> None:
        self.waiting.add(id)
        self._bell.set()

    async def run(
        self, find_all: Callable[[], Coroutine[None, None, set[str]]], settle: Callable[[str], Work]
    ) -> None:
        """For ever: settle each that is due. While the database does not answer, nothing is dropped.

        What fails over a fault of ours is tried again when all is looked at.
        """
        look_at_all = True
        while True:
            try:
                if look_at_all:
                    self.waiting |= await find_all()
                while self.waiting:
                    due, self.waiting = self.waiting, set()  # what changes meanwhile is settled once more
                    await one_by_one(due, partial(self._settle, settle), self._what)
                look_at_all = await self._wait()
            except AWAY as error:
                log.warning("%s: waiting for the database: %s", self._what, type(error).__name__)
                await asyncio.sleep(AGAIN)

    async def _settle(self, settle: Callable[[str], Work], id: str) -> None:
        try:
            await settle(id)
        except AWAY:
            self.waiting.add(id)
            raise

    async def _wait(self) -> bool:
        """Until a wake-up comes (False), or it is time to look at all (True)."""
        try:
            async with asyncio.timeout(self._every):  # wait_for may lose a cancel that comes with the bell
                await self._bell.wait()
        except TimeoutError:
            return True
        self._bell.clear()
        return False
