"""The server ends within ten seconds of being told to, whatever runs in it and cannot be cancelled."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE
from contextlib import suppress

import httpx
import pytest

from tests.realtime.stuck import WHAT
from tests.support.ports import free_port
from tests.support.server import ROOT

WITHIN = 10.0  # seconds
ONCE, TWICE, BY_HAND = [signal.SIGTERM], [signal.SIGTERM, signal.SIGTERM], [signal.SIGINT]
CASES = [*((what, ONCE) for what in WHAT), ("a page", TWICE), ("a thread", BY_HAND)]


async def said(output: asyncio.StreamReader, word: str) -> None:
    assert await output.readline() == f"{word}\n".encode()


async def readable(pipe: int) -> None:
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(pipe, came.set)
    await came.wait()
    loop.remove_reader(pipe)


async def ended_after(what: str, signals: list[signal.Signals], port: int) -> float:
    """Seconds until it had ended, from the first signal on, which comes when `what` really runs."""
    words = ("-m", "tests.realtime.stuck", what, str(port))
    unread, log = os.pipe()
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, stdout=PIPE, stderr=log)
    os.close(log)
    assert process.stdout is not None
    try:
        await said(process.stdout, "ready")
        async with httpx.AsyncClient(timeout=60) as browser:
            asking = asyncio.create_task(browser.get(f"http://127.0.0.1:{port}/"))
            # A signal reaches Python between two writes, or breaks one off: not while it gets one ready.
            await (readable(unread) if what == "the log" else said(process.stdout, "begun"))
            began = time.monotonic()
            for one in signals:
                process.send_signal(one)
            await process.wait()
            with suppress(httpx.TransportError):
                await asking
        return time.monotonic() - began
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(unread)


@pytest.mark.timeout(60)
async def test_a_server_in_which_something_never_ends_is_gone_ten_seconds_after_a_signal() -> None:
    took = await asyncio.gather(*(ended_after(what, signals, free_port()) for what, signals in CASES))

    late = [(case, seconds) for case, seconds in zip(CASES, took, strict=True) if seconds > WITHIN]
    assert late == []
