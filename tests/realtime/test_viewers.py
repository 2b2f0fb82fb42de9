"""The instruments of the bench measure truly: the load client beside the library's own relay."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import connect

from app.rehearse.wire import TEXT, masked
from tests.bench.tally import STEP, Tally, stamps_in_text
from tests.bench.wire import frames


async def test_the_load_client_counts_every_delivery_of_every_viewer_once() -> None:
    async with relay() as url, viewers(url, 40) as crowd, connect(url + "publish") as publisher:
        assert await answer(crowd) == {
            "event": "ready",
            "open": 40,
            "failed": [],
            "seconds": ANY,
            "longest": ANY,
        }
        await ask(crowd, "mark")
        for _ in range(25):
            await publisher.send(f"a card with t={time.monotonic_ns()} in it")
        report = await settled(crowd, 25 * 40)

        assert (report["updates"], report["deliveries"], report["frames"]) == (25, 1000, 1000)
        assert (report["updates_not_at_all"], report["updates_doubled"], report["viewers_uneven"]) == (
            0,
            0,
            0,
        )
        step = 2 * STEP / 1e6  # both are told to the nearest step
        assert 0 < report["each_ms"]["50"] <= report["each_ms"]["100"] <= report["last_ms"]["100"] + step

        again = await ask(crowd, "again")
        assert (again["open"], again["failed"]) == (40, [])
        assert (await ask(crowd, "mark"))["event"] == "marked"
        await publisher.send(f"t={time.monotonic_ns()}")
        assert (await settled(crowd, 40))["viewers_uneven"] == 0


def test_the_tally_sees_what_was_lost_and_what_came_twice() -> None:
    tally = Tally()
    for viewer, stamps in ((0, [1, 2, 3]), (1, [1, 3]), (2, [1, 2, 2])):
        tally.add(viewer, 1, 10, stamps, 5_000_000)

    report = tally.report(4)

    assert report["deliveries"] == 8
    assert report["updates_not_at_all"] == 3  # the fourth viewer got nothing
    assert report["viewers_uneven"] == 3
    assert tally.report(2)["updates_doubled"] == 2
    assert report["each_ms"][50] == 5.0


def test_frames_are_parsed_whole_and_the_rest_waits() -> None:
    wire = (
        b"\x81\x02ab"
        + b"\x81\x7e\x01\x00"
        + b"c" * 256
        + b"\x89\x00"
        + b"\x81\x7f"
        + (3).to_bytes(8)
        + b"def"
    )

    parsed = list(frames(wire + b"\x81\x05par"))

    assert [(opcode, payload) for opcode, payload, _ in parsed] == [
        (1, b"ab"),
        (1, b"c" * 256),
        (9, b""),
        (1, b"def"),
    ]
    assert parsed[-1][2] == len(wire)
    assert stamps_in_text(b'{"text":"t=12 and t=34"}') == [12, 34]
    assert len(masked(TEXT, b"x" * 70_000)) == 70_014


ANY: Any = type("Any", (), {"__eq__": lambda self, other: True, "__hash__": object.__hash__})()


@asynccontextmanager
async def relay() -> AsyncIterator[str]:
    async with process("tests.bench.deliveries.relay_baseline") as running:
        yield f"ws://127.0.0.1:{int(await line(running))}/"


@asynccontextmanager
async def viewers(url: str, count: int) -> AsyncIterator[Process]:
    async with process("tests.bench.viewers", "--url", url, "--count", str(count)) as running:
        yield running


@asynccontextmanager
async def process(module: str, *arguments: str) -> AsyncIterator[Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=PIPE, stdout=PIPE
    )
    try:
        yield running
    finally:
        running.terminate()
        await running.communicate()


async def line(running: Process) -> bytes:
    assert running.stdout is not None
    return await asyncio.wait_for(running.stdout.readline(), 20)


async def answer(crowd: Process) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await line(crowd))
    return found


async def ask(crowd: Process, command: str) -> dict[str, Any]:
    assert crowd.stdin is not None
    crowd.stdin.write(command.encode() + b"\n")
    return await answer(crowd)


async def settled(crowd: Process, deliveries: int) -> dict[str, Any]:
    """The report once so many deliveries have been counted."""
    deadline = time.monotonic() + 10
    while (report := await ask(crowd, "report"))["deliveries"] < deliveries:
        assert time.monotonic() < deadline, report
    return report
