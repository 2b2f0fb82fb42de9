"""A server that dies at any moment keeps each batch whole or not at all."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import StartServer
from tests.history import Line
from tests.live.killing import acknowledged
from tests.live.writing import Writer, read
from tests.support.world import World, make_world

PARTS = 25


class BatchWriter(Writer):
    """Writes nothing but batches of new cards, and notes which ids came together."""

    def __init__(self, world: World, name: str, lines: list[Line], seed: int) -> None:
        super().__init__(world, name, lines, seed)
        self.batches: list[set[str]] = []
        self.done: list[int] = []

    def _invent(self) -> None:
        self.n += 1
        parts = [{"do": "add_card", "id": str(uuid4()), "kind": "note", "text": "x"} for _ in range(PARTS)]
        self.batches.append({part["id"] for part in parts})
        self.queue.append((self.n, {"do": "batch", "parts": parts}))

    def _answered(self, ack: dict[str, Any]) -> None:
        if not self.queue or ack["n"] != self.queue[0][0]:
            return
        n, _ = self.queue.popleft()
        self.sent -= 1
        self.acks += 1
        if "code" not in ack:
            self.done.append(n)


@pytest.mark.timeout(120)
async def test_O6_a_batch_is_whole_or_not_at_all_when_the_server_is_killed(
    start_server: StartServer, database_url: str
) -> None:
    world = await make_world(database_url)
    server = await start_server(database_url, LIMITS="off")
    writers = [BatchWriter(world, name, [], i) for i, name in enumerate(("Ana", "Ben"))]
    tasks = [asyncio.create_task(writer.live(server.ws)) for writer in writers]
    try:
        for _ in range(4):
            await acknowledged(list(writers), 12)
            await server.kill9()
            await server.start()
        for writer in writers:
            writer.stopping = True
        await asyncio.wait_for(asyncio.gather(*tasks), 60)
    finally:
        for task in tasks:
            task.cancel()
    there = set((await read(server.url, world, "Ana")).items)
    batches = [batch for writer in writers for batch in writer.batches]

    assert [len(batch & there) for batch in batches if len(batch & there) not in (0, PARTS)] == []
    assert all(writer.batches[n - 1] <= there for writer in writers for n in writer.done)
    assert sum(len(writer.done) for writer in writers) >= 40, json.dumps(len(there))
