"""Phones in a room whose line and server may go at any moment; each notes down all that it was sent."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from tests.support.server import Server
from tests.support.until import until

GONE = (OSError, WebSocketException, TimeoutError)
AGAIN = 0.05  # seconds between two tries to connect, in a compressed clock


class Phone:
    """One tab of one person. Notes and dots stay here until they are answered, and go out again (C4, W4)."""

    def __init__(self, server: Server, board: str, person: str, cookie: str, want: str) -> None:
        self.server, self.board, self.person = server, board, person
        self.cookie, self.want, self.client = cookie, want, str(uuid4())
        self.queue: dict[int, dict[str, Any]] = {}  # ops without an answer, by n
        self.dots: dict[int, dict[str, Any]] = {}  # casts without an answer, by slot
        self.acks: dict[int, dict[str, Any]] = {}
        self.answers: list[dict[str, Any]] = []  # to dots
        self.items: dict[str, dict[str, Any]] = {}
        self.progress: dict[str, Any] = {}
        self.screen = ""
        self.heard: list[str] = []  # every frame, as it came
        self.n = self.cursor = self.lives = 0
        self.audience: str | None = None
        self.here, self.welcomed = True, False
        self.socket: ClientConnection | None = None

    # -- what the person does --------------------------------------------------------------------------

    async def op(self, **op: Any) -> int:
        """Its number; sent now, or when there is a line again."""
        self.n += 1
        self.queue[self.n] = op
        await self._send({"type": "op", "n": self.n, "op": op})
        return self.n

    async def act(self, **op: Any) -> dict[str, Any]:
        """The ack."""
        n = await self.op(**op)
        await until(lambda: n in self.acks, 15, f"an answer to {op['do']}")
        return self.acks[n]

    async def note(self, phase: str, text: str) -> str:
        """The id of the note."""
        id = str(uuid4())
        await self.op(do="add_card", id=id, kind="note", text=text, phase=phase)
        return id

    async def cast(self, phase: str, slot: int, choice: str | None) -> None:
        self.dots[slot] = {"type": "cast", "phase": phase, "slot": slot, "choice": choice}
        await self._send(self.dots[slot])

    @property
    def settled(self) -> bool:
        """Whether everything has been answered."""
        return not self.queue and not self.dots

    # -- the line --------------------------------------------------------------------------------------

    def leave(self) -> None:
        """The line is cut in the middle of whatever is on it, and nobody comes back yet."""
        self.here = self.welcomed = False
        if self.socket is not None:
            self.socket.transport.abort()

    def come_back(self) -> None:
        self.here = True

    async def live(self) -> None:
        """Connect, and connect again, for ever."""
        path = f"{self.server.ws}/boards/{self.board}/live"
        origin, cookie = Origin(self.server.url), {"Cookie": self.cookie}
        while True:
            with suppress(*GONE):
                if self.here:
                    async with connect(
                        path, origin=origin, additional_headers=cookie, compression=None
                    ) as socket:
                        self.socket = socket
                        await self._follow(socket)
            self.welcomed = False
            await asyncio.sleep(AGAIN)

    async def _follow(self, socket: ClientConnection) -> None:
        place = {"client": self.client, "from": self.cursor, "audience": self.audience, "want": self.want}
        await socket.send(json.dumps({"type": "hello", "v": 1, **place}))
        async for text in socket:
            self.heard.append(str(text))
            frame = json.loads(text)
            self._take(frame)
            if frame["type"] == "welcome" and frame["part"]["i"] == frame["part"]["of"]:
                self.lives, self.welcomed = self.lives + 1, True
                await self._send_again()

    async def _send_again(self) -> None:
        for n, op in list(self.queue.items()):
            await self._send({"type": "op", "n": n, "op": op})
        for cast in list(self.dots.values()):
            await self._send(cast)

    async def _send(self, message: dict[str, Any]) -> None:
        if self.socket is not None and self.welcomed:
            with suppress(*GONE):
                await self.socket.send(json.dumps(message))

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "welcome" and frame["full"] and frame["part"]["i"] == 1:
            self.items.clear()
        if frame["type"] in ("welcome", "changes"):
            self.items.update({view["id"]: view for view in frame["puts"]})
            for id in frame["dels"]:
                self.items.pop(id, None)
            self.cursor, self.audience = frame["to"], frame.get("audience", self.audience)
        for ack in frame.get("acks", ()):
            self.acks[ack["n"]] = ack
            self.queue.pop(ack["n"], None)
        if frame["type"] == "cast":
            self.answers.append(frame)
            self.dots.pop(frame["slot"], None)
        if frame["type"] == "stage":
            self.screen = frame["html"]
        if frame["type"] == "progress":
            self.progress = frame


class Page:
    """A phone without JavaScript: forms, and the page as somebody loads it."""

    def __init__(self, server: Server, board: str, person: str, cookie: str) -> None:
        self.board, self.person = f"/boards/{board}", person
        name, value = cookie.split("=", 1)
        self.http = httpx.AsyncClient(
            base_url=server.url, headers={"Origin": server.url}, cookies={name: value}, timeout=15
        )

    async def note(self, phase: str, text: str) -> str:
        """Sent again, as the same form, until it is answered: the same id with the same words is one note."""
        id = str(uuid4())
        form = {"do": "add_card", "id": id, "kind": "note", "text": text, "phase": phase}
        answer = await self.post("take-part", form)
        assert answer is not None
        assert answer.status_code == 303, answer.text
        return id

    async def finish(self, phase: str) -> None:
        await self.post("take-part", {"do": "finish", "phase": phase})

    async def vote(self, phase: str, wanted: list[str]) -> None:
        """As people do who see no answer: they look where their dots lie before they place one again."""

        async def missing() -> list[str]:
            own = json.loads(await self.look("dots"))
            left = Counter(wanted) - Counter(choice for slot, choice in own.items() if slot != "0")
            return list(left.elements())

        while left := await missing():
            await self.post("take-part", {"do": "place", "phase": phase, "choice": left[0]}, once=True)

    async def post(self, door: str, form: dict[str, str], *, once: bool = False) -> httpx.Response | None:
        """Until the server answers, or `once` whatever becomes of it."""
        if "tl_csrf" not in self.http.cookies:
            await self.look("take-part")
        whole = {**form, "_csrf_token": self.http.cookies["tl_csrf"]}

        async def sent() -> httpx.Response | None:
            try:
                return await self.http.post(f"{self.board}/{door}", data=whole)
            except httpx.TransportError:
                return None

        return await sent() if once else await until(sent, 15, "an answer to a form")

    async def look(self, door: str) -> str:
        async def loaded() -> httpx.Response | None:
            try:
                return await self.http.get(f"{self.board}/{door}")
            except httpx.TransportError:
                return None

        answer: Any = await until(loaded, 15, "a page")
        assert answer.status_code == 200, (door, answer.text)
        return str(answer.text)
