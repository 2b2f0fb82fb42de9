"""One connection to a board: whose it is, how far it has followed, and which acks it still waits for."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.access import Actor
from app.boards.core.board import Board
from app.boards.core.group_commit import ClientKey, OpResult
from app.boards.core.sight import Viewer, viewer_in, viewer_of
from app.realtime.fanout import Handle

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 64  # ops of one connection without an answer; above that nothing more is read (rule D11)


class Session:
    """Its memory is bounded: nothing is queued here but acks (rule D10)."""

    __slots__ = (
        "acks",
        "actor",
        "client",
        "close",
        "conn",
        "end",
        "epoch",
        "full",
        "handle",
        "in_flight",
        "is_wall",
        "last_n",
        "last_op",
        "login",
        "name",
        "on_capacity",
        "organisation",
        "own_cursor",
        "screen",
        "stale",
        "until",
        "viewer",
        "wants_news",
        "wants_parts",
    )

    def __init__(
        self,
        conn: int,
        login: str,
        actor: Actor,
        name: str,
        organisation: str,
        client: str,
        handle: Handle,
        want: str,
        epoch: int,
    ) -> None:
        self.conn, self.login, self.client, self.handle = conn, login, client, handle
        self.name, self.organisation = name, organisation
        self.wants_parts, self.is_wall = want != "items", want == "wall"
        self.wants_news = want == "news"  # of the outline, drawn
        self.screen = want.removeprefix("stage:") if want.startswith("stage:") else ""  # of a workshop
        self.set_actor(actor, epoch)
        self.viewer = viewer_in(actor.role)  # as it was last told, with the epoch of the board; not yet
        self.own_cursor = 0  # how far it has followed, while it is in no cohort
        self.acks: list[OpResult] = []
        self.in_flight = 0
        self.last_n = 0
        self.full = False  # its socket takes no more for now
        self.stale = False  # once it does, the whole board must be sent
        self.end: tuple[int, str] | None = None  # why the server ends it
        self.until: datetime | None = None  # when its sign-in ends; None before that was looked up
        self.last_op = 0.0  # when an op of it was last answered, in unix seconds
        self.close: Callable[[Any], None] = lambda bye: None  # says goodbye, then closes
        self.on_capacity: Callable[[], None] | None = None  # called once fewer ops are in flight

    def set_actor(self, actor: Actor, epoch: int) -> None:
        """What the person is in the space, as read at an epoch of it that was at least `epoch`."""
        self.actor, self.epoch = actor, epoch

    def viewer_on(self, board: Board) -> Viewer:
        """The person as they may look at the board now. A wall owns no drafts and wears no hat (rule D13)."""
        return viewer_of(Actor(self.actor.role) if self.is_wall else self.actor, board)

    def sees_otherwise_on(self, board: Board) -> bool:
        """Whether the person sees by another role or hat than was told. A risen epoch comes with the news."""
        audience = self.viewer_on(board).audience
        return audience != self.viewer.audience.at(audience.epoch)

    @property
    def is_drawn(self) -> bool:
        """Whether what it shows is drawn for it: then of changes it takes the acks alone."""
        return self.wants_news or bool(self.screen)

    @property
    def person(self) -> str:
        return self.actor.person or ""

    @property
    def key(self) -> ClientKey:
        """The same for all connections of one tab, one after the other."""
        return (self.person, self.client)

    def say_goodbye(self, bye: Any) -> None:
        """Whoever cannot be told is cut off: nobody stays, and nobody else is told later for it."""
        try:
            self.close(bye)
        except Exception:
            log.exception("Somebody could not be told that they are let go")
            self.handle.abort()

    def answered(self, result: OpResult | None) -> None:
        """An op of this session has its answer, which goes out with the next frame."""
        self.in_flight -= 1
        if result is not None:
            self.acks.append(result)
        if self.on_capacity is not None and self.in_flight < MAX_IN_FLIGHT:
            self.on_capacity()
            self.on_capacity = None
