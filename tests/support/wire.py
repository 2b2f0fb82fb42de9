"""A small client of a board's socket: says hello, sends ops, keeps what it is given."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.support.server import Server
from tests.support.world import World


class Tab:
    """One tab of one person. `items` is what it was given, `acks` the answers to its ops by n."""

    def __init__(self, socket: ClientConnection, client: str) -> None:
        self.socket, self.client = socket, client
        self.items: dict[str, dict[str, Any]] = {}
        self.acks: dict[int, dict[str, Any]] = {}
        self.frames: list[dict[str, Any]] = []
        self.cursor = 0
        self.n = 0
        self.audience: str | None = None
        self.you: dict[str, Any] = {}

    async def hello(self, **more: Any) -> dict[str, Any]:
        message = {
            "type": "hello",
            "v": 1,
            "client": self.client,
            "from": self.cursor,
            "audience": self.audience,
        }
        await self.socket.send(json.dumps({**message, **more}))
        return await self.until(
            lambda frame: frame["type"] == "welcome" and frame["part"]["i"] == frame["part"]["of"]
        )

    async def op(
        self,
        *,
        base: int | None = None,
        read: dict[str, str] | None = None,
        n: int | None = None,
        **op: Any,
    ) -> int:
        """Send an op without waiting; gives its n."""
        self.n = self.n + 1 if n is None else n
        message = {"type": "op", "n": self.n, "op": op, "base": base, "read": read}
        await self.socket.send(json.dumps({k: v for k, v in message.items() if v is not None}))
        return self.n

    async def act(
        self, *, base: int | None = None, read: dict[str, str] | None = None, **op: Any
    ) -> dict[str, Any]:
        """Send an op and wait for its ack."""
        n = await self.op(base=base, read=read, **op)
        await self.until(lambda _: n in self.acks)
        return self.acks[n]

    async def undo(self, of: int) -> dict[str, Any]:
        self.n += 1
        await self.socket.send(json.dumps({"type": "op", "n": self.n, "undo_of": of}))
        n = self.n
        await self.until(lambda _: n in self.acks)
        return self.acks[n]

    async def card(self, text: str, **more: Any) -> str:
        """Add a card; gives its id."""
        id = str(uuid4())
        ack = await self.act(do="add_card", id=id, kind="note", text=text, **more)
        assert "seq" in ack, ack
        return id

    async def until(self, wanted: Any, within: float = 5) -> dict[str, Any]:
        """Take frames until one is wanted, and give it."""
        async with asyncio.timeout(within):
            while True:
                frame: dict[str, Any] = json.loads(await self.socket.recv())
                self.take(frame)
                if wanted(frame):
                    return frame

    async def see(self, id: str) -> dict[str, Any]:
        """The item, as soon as it is given."""
        if id not in self.items:
            await self.until(lambda _: id in self.items)
        return self.items[id]

    def take(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["type"] == "welcome":
            self.audience, self.you = frame["audience"], frame["you"]
            if frame["full"] and frame["part"]["i"] == 1:
                self.items.clear()
        if frame["type"] in ("welcome", "changes"):
            if frame["type"] == "changes":
                assert frame["from"] == self.cursor, (frame, self.cursor)
            self.items.update({view["id"]: view for view in frame["puts"]})
            for id in frame["dels"]:
                self.items.pop(id, None)
            self.cursor, self.audience = frame["to"], frame.get("audience", self.audience)
            self.acks.update({ack["n"]: ack for ack in frame.get("acks", ())})
        if frame["type"] == "pong":
            self.cursor = frame["to"]


@asynccontextmanager
async def tab(
    server: Server, world: World, name: str, *, client: str = "", **hello: Any
) -> AsyncIterator[Tab]:
    """A welcomed tab of the person of this name; `client` is that of a tab that was there before."""
    url = f"{server.ws}/boards/{world.board}/live"
    async with connect(
        url, origin=Origin(server.url), additional_headers=world.cookie(name), compression=None
    ) as socket:
        one = Tab(socket, client or str(uuid4()))
        await one.hello(**hello)
        yield one
