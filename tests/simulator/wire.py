"""What travels between the simulated clients and servers, and the connections it gets lost on."""

from collections import deque
from typing import Any

from msgspec import Struct

from app.boards.core.group_commit import OpResult
from app.boards.core.ops import Op, Undo
from app.boards.core.sight import View


class Hello(Struct, frozen=True):
    person: str
    client: str
    cursor: int
    audience: str | None


class Send(Struct, frozen=True):
    n: int
    op: Op | Undo | None  # None: the number is given up (rule C1)
    base: int | None
    read: dict[str, str] | None = None


class Welcome(Struct, frozen=True):
    audience: str
    full: bool
    from_: int
    to: int
    puts: list[View]
    dels: list[str]
    last_n: int
    locked: bool  # stands for what a person may do, as do those below


class Changes(Struct, frozen=True):
    from_: int
    to: int
    puts: list[View]
    dels: list[str]
    acks: list[OpResult]
    locked: bool
    audience: str  # the client's from now on


class Ping(Struct, frozen=True):
    pass


class Pong(Struct, frozen=True):
    to: int
    locked: bool


class Bye(Struct, frozen=True):
    """No longer a member."""


class Connection(Struct, eq=False):
    """Two pipes that keep the order of things until they break, silently."""

    number: int
    person: str
    client: str
    up: deque[Any]
    down: deque[Any]
    server: Any
    broken: bool = False
    closed: bool = False  # the server has noticed

    def tell(self, message: Any) -> None:
        """From the server to the client; into the void once it is broken."""
        if not self.broken:
            self.down.append(message)

    def ask(self, message: Any) -> None:
        """From the client to the server."""
        if not self.broken:
            self.up.append(message)

    def cut(self) -> None:
        """What was under way is lost, and nobody is told."""
        self.broken = True
        self.up.clear()
        self.down.clear()
