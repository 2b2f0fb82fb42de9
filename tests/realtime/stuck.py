"""A server in a process of its own in which something never ends: `python -m tests.realtime.stuck WHAT PORT`.

It prints "ready" once it serves, and "begun" once that has begun, with the first request: but for
the log, which has begun once something stands in it.
"""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from threading import Event
from typing import Any

from app.realtime import server
from app.sqlite.threads import SqliteThread
from app.supervision import in_thread

WHAT = ("a page", "a thread", "the database", "the log", "the end itself")


def never_ends(*_: Any) -> None:
    print("begun", flush=True)
    Event().wait()


class Stuck:
    def __init__(self, what: str, folder: Path) -> None:
        self._what = what
        self._thread = SqliteThread(f"sqlite+aiosqlite:///{folder / 'some.db'}", "FULL", "BEGIN")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._get_stuck()
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._what == "the end itself":
            await asyncio.Event().wait()
        await self._thread.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _get_stuck(self) -> None:
        match self._what:
            case "a page":
                await in_thread(never_ends)
            case "a thread":
                await asyncio.to_thread(never_ends)
            case "the database":
                await self._thread.run(never_ends)
            case "the log":
                logging.warning("x" * 10_000_000)  # more than a pipe holds, and nobody reads it
            case _:
                print("begun", flush=True)


def main() -> None:
    _, what, port = sys.argv
    with tempfile.TemporaryDirectory() as folder:
        config = server.config(Stuck(what, Path(folder)))
        runs = server.Server(config, ready=lambda: print("ready", flush=True))
        runs.run([server.listen("127.0.0.1", int(port))])


if __name__ == "__main__":
    main()
