"""A coroutine that is cancelled at a chosen one of its waits: each of them, and no clock in it."""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any, Literal

# As a wait begins; just as its answer comes, which nobody hears any more; or at it and all that follow.
Moment = Literal["begun", "answered", "again and again"]


class _Stepped:
    """Runs a coroutine by hand, and counts its waits."""

    def __init__(self, work: Coroutine[Any, Any, None], at: int, moment: Moment) -> None:
        self._work, self._at, self._moment = work, at, moment
        self.waits = 0

    @types.coroutine
    def run(self) -> Generator[Any, None, None]:
        fault: BaseException | None = None
        while True:
            try:
                waits_for = self._work.throw(fault) if fault else self._work.send(None)
            except StopIteration:
                return
            self.waits += 1
            self._cancel(waits_for)
            try:
                yield waits_for
                fault = None
            except BaseException as error:  # noqa: BLE001 - the coroutine's to judge
                fault = error

    def _cancel(self, waits_for: "asyncio.Future[Any] | None") -> None:
        task = asyncio.current_task()
        assert task is not None
        if self.waits == self._at and self._moment == "answered" and waits_for is not None:
            waits_for.add_done_callback(lambda _: task.cancel())
        elif self.waits == self._at or (self.waits > self._at and self._moment == "again and again"):
            task.cancel()


async def cancelled_at(wait: int, moment: Moment, work: Coroutine[Any, Any, None]) -> bool:
    """Whether `work` got so far as to be cancelled there. Whatever else ends it is raised."""
    stepped = _Stepped(work, wait, moment)

    async def run() -> None:
        await stepped.run()

    task = asyncio.create_task(run())
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
    return stepped.waits >= wait
