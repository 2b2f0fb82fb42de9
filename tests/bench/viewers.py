"""Holds many sockets in one cheap process and measures what arrives: `python -m tests.bench.viewers --help`.

Prints one JSON object a line: {"event": "ready"} when all are in, then answers each line on stdin:
`mark` begins to count anew, `report` tells the figures, `leave` cuts all, `enter` connects all that were
cut, each from where it was, `again` does both, `quit` ends.
"""

import argparse
import asyncio
import importlib
import json
import random
import resource
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvloop

from tests.bench.viewer import Place, Shared, Viewer
from tests.bench.wire import handshake


class Crowd:
    """All viewers of this process."""

    def __init__(self, options: argparse.Namespace, shared: Shared, cookies: list[str]) -> None:
        self.shared = shared
        self._at_once: int = options.at_once
        self._spread: float = options.spread
        self._requests = [
            handshake(shared.url, cookies[i % len(cookies)], options.origin) for i in range(options.count)
        ]
        self._places = [Place() for _ in self._requests]
        self._viewers: list[Viewer] = []

    async def enter(self) -> dict[str, Any]:
        """Connect everybody; how long that took, and who could not."""
        began, gate = time.monotonic(), asyncio.Semaphore(self._at_once)
        self._viewers = []
        outcomes = await asyncio.gather(
            *(self._enter(i, request, gate) for i, request in enumerate(self._requests)),
            return_exceptions=True,
        )
        failed = [repr(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]
        waits = sorted(outcome for outcome in outcomes if not isinstance(outcome, BaseException))
        return {
            "event": "ready",
            "open": self.shared.open,
            "seconds": round(time.monotonic() - began, 3),
            "longest": round(waits[-1], 3) if waits else None,
            "failed": failed[:5],
        }

    async def leave(self) -> dict[str, Any]:
        """Cut every connection, without a goodbye."""
        for viewer in self._viewers:
            viewer.transport.abort()
        await asyncio.gather(*(viewer.gone for viewer in self._viewers))
        return {"event": "left", "open": self.shared.open}

    async def _enter(self, number: int, request: bytes, gate: asyncio.Semaphore) -> float:
        """Seconds from connecting to being in."""
        parts = urlsplit(self.shared.url)
        host, port = parts.hostname or "127.0.0.1", parts.port or 80
        await asyncio.sleep(random.uniform(0, self._spread))
        async with gate, asyncio.timeout(60):
            loop, began = asyncio.get_running_loop(), time.monotonic()
            make = partial(Viewer, number, request, self._places[number], self.shared)
            _, viewer = await loop.create_connection(make, host, port)
            self._viewers.append(viewer)
            await viewer.ready
            return time.monotonic() - began

    def cursors(self) -> list[int]:
        """Up to which deed of the board each of them has followed."""
        return [int(place.cursor) for place in self._places]

    def report(self) -> dict[str, Any]:
        shared = self.shared
        figures = shared.tally.report(len(self._requests))
        used = round(time.process_time(), 3)
        return {
            "event": "report",
            "open": shared.open,
            "closed": shared.closed,
            "processor_s": used,
            **figures,
        }


async def serve(crowd: Crowd) -> None:
    """Answer the commands on stdin until it ends."""
    say(await crowd.enter())
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while (command := (await reader.readline()).decode().strip()) not in ("", "quit"):
        if command == "mark":
            crowd.shared.tally.clear()
            say({"event": "marked"})
        elif command == "leave":
            say(await crowd.leave())
        elif command == "enter":
            say(await crowd.enter())
        elif command == "again":
            await crowd.leave()
            say(await crowd.enter())
        elif command == "report":
            say(crowd.report())
        else:
            say({"event": "unknown", "command": command})
    say(crowd.report())


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", required=True, help="ws://127.0.0.1:8000/boards/ID/live")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--cookie", default="", help="sent by every viewer")
    parser.add_argument("--cookies", help="file with one cookie a line, used in turn")
    parser.add_argument("--origin", default="")
    parser.add_argument(
        "--hello", default="", help="first message; {client}, {from}, {audience} are filled in"
    )
    parser.add_argument("--at-once", type=int, default=100, help="handshakes under way at the same time")
    parser.add_argument("--spread", type=float, default=0, help="seconds over which they come, at random")
    parser.add_argument("--ready", default="", help="text of the message after which a viewer is in")
    parser.add_argument(
        "--stamp", default="tests.bench.tally:stamps_in_text", help="finds send times in a payload"
    )
    return parser.parse_args()


def main() -> None:
    options = parse()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    module, _, name = options.stamp.partition(":")
    shared = Shared(options, getattr(importlib.import_module(module), name))
    cookies = Path(options.cookies).read_text().split("\n") if options.cookies else [options.cookie]
    crowd = Crowd(options, shared, [c for c in cookies if c] or [""])
    uvloop.run(serve(crowd))


if __name__ == "__main__":
    main()
