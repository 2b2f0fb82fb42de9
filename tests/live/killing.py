"""Kills a server again and again while people write, and judges what they were told afterwards."""

import asyncio

from tests.history import Line, Verdict, check
from tests.live.writing import Writer, read
from tests.support.server import Server
from tests.support.until import until
from tests.support.world import World

WRITERS = ("Ana", "Ben", "Cat")


async def kill_and_judge(
    server: Server, worlds: list[World], *, kills: int, between: int, seed: int
) -> tuple[list[Verdict], int]:
    """`kills` times -9, each after `between` more acked ops; gives a verdict for each board and all acks."""
    lines: list[list[Line]] = [[] for _ in worlds]
    writers = [
        Writer(world, name, its, seed + i)
        for world, its in zip(worlds, lines, strict=True)
        for i, name in enumerate(WRITERS)
    ]
    tasks = [asyncio.create_task(writer.live(server.ws)) for writer in writers]
    try:
        for _ in range(kills):
            await acknowledged(writers, between)
            await server.kill9()
            await server.start()
        for writer in writers:
            writer.stopping = True
        await asyncio.wait_for(asyncio.gather(*tasks), 30)
    finally:
        for task in tasks:
            task.cancel()
    for world, its in zip(worlds, lines, strict=True):
        its += [await read(server.url, world, name) for name in world.people]
    return [check(its) for its in lines], _acks(writers)


async def acknowledged(writers: list[Writer], more: int, within: float = 30) -> None:
    """Wait until so many more ops have been answered."""
    goal = _acks(writers) + more
    await until(lambda: _acks(writers) >= goal, within, "acknowledged ops")


def _acks(writers: list[Writer]) -> int:
    return sum(writer.acks for writer in writers)
