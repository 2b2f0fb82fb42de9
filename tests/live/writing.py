"""People who write without pause to a server that may die, and note down what they were told."""

import asyncio
import json
import random
from collections import deque
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from app.boards.core import ops as o
from tests.history import Line, What
from tests.support.world import World

GONE = (OSError, WebSocketException, TimeoutError)
op_of = msgspec.json.Decoder(o.Op).decode


class Writer:
    """One tab of one person: keeps its queue through every cut, sends the unanswered again (rule C4)."""

    in_flight = 12

    def __init__(self, world: World, name: str, lines: list[Line], seed: int) -> None:
        self.world, self.name, self.lines = world, name, lines
        self.client = str(uuid4())
        self.random = random.Random(seed)
        self.queue: deque[tuple[int, dict[str, Any]]] = deque()
        self.sent = 0  # of the queue, on this connection
        self.n = 0
        self.acks = 0
        self.cards: list[str] = []
        self.stopping = False

    async def live(self, url: str, origin: str = "") -> None:
        """Connect, write, and connect again, until told to stop and everything is answered."""
        while not (self.stopping and not self.queue):
            with suppress(*GONE):
                path = f"{url}/boards/{self.world.board}/live"
                async with connect(
                    path,
                    origin=Origin(origin or url.replace("ws", "http", 1)),
                    additional_headers=self.world.cookie(self.name),
                    compression=None,
                ) as socket:
                    await self._write(socket)
            await asyncio.sleep(0.02)

    async def _write(self, socket: ClientConnection) -> None:
        hello = {"type": "hello", "v": 1, "client": self.client, "from": 0, "want": "items"}
        await socket.send(json.dumps(hello))
        self.sent = 0
        welcomed = False
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "welcome" and frame["part"]["i"] == frame["part"]["of"]:
                self._drop(frame["last_n"])
                self.sent, welcomed = 0, True
            for ack in frame.get("acks", ()):
                self._answered(ack)
            if welcomed:
                await self._fill(socket)
            if self.stopping and not self.queue:
                return

    async def _fill(self, socket: ClientConnection) -> None:
        while not self.stopping and len(self.queue) < self.in_flight:
            self._invent()
        for n, op in list(self.queue)[self.sent :]:
            await socket.send(json.dumps({"type": "op", "n": n, "op": op}))
            self.sent += 1

    def _invent(self) -> None:
        self.n += 1
        op = self._op()
        self.queue.append((self.n, op))
        self.lines.append(Line.of_op(What.INVOKE, self.name, self.client, self.n, op_of(json.dumps(op))))

    def _op(self) -> dict[str, Any]:
        if self.cards and self.random.random() < 0.3:
            do = self.random.choice(["remove_card", "restore_card"])
            return {"do": do, "id": self.random.choice(self.cards)}
        if self.cards and self.random.random() < 0.3:
            return self._edit()
        return {"do": "add_card", "id": str(uuid4()), "kind": "note", "text": f"{self.name} {self.n}"}

    def _edit(self) -> dict[str, Any]:
        text = f"{self.name} again {self.n}"
        return {"do": "edit_card", "id": self.random.choice(self.cards), "text": text}

    def _answered(self, ack: dict[str, Any]) -> None:
        if not self.queue or ack["n"] != self.queue[0][0]:
            return  # an answer given again, to something answered before
        n, op = self.queue.popleft()
        self.sent -= 1
        self.acks += 1
        what = What.FAIL if "code" in ack else What.OK
        self.lines.append(Line.of_op(what, self.name, self.client, n, op_of(json.dumps(op)), ack.get("seq")))
        if what is What.OK and op["do"] == "add_card":
            self.cards.append(op["id"])

    def _drop(self, last_n: int) -> None:
        """What the server has answered already: the answer was lost on the way, so nobody knows it."""
        while self.queue and self.queue[0][0] <= last_n:
            _n, op = self.queue.popleft()
            if op["do"] == "add_card":
                self.cards.append(op["id"])


async def read(url: str, world: World, name: str) -> Line:
    """What the person is given of the whole board in the end."""
    headers = world.cookie(name)
    async with httpx.AsyncClient(headers=headers, timeout=30) as http:
        welcome = (await http.get(f"{url}/boards/{world.board}/changes?client=reader&from=0")).json()
    ids = tuple(view["id"] for view in welcome["puts"])
    return Line(What.READ, name, to=welcome["to"], items=ids, final=True)
