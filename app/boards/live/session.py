"""One connection to a board: who it is, how far it has followed, and what it is still owed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.access import Actor
from app.boards.core.batch import ClientKey, OpResult
from app.boards.core.sight import viewer_of
from app.realtime.fanout import Handle

MAX_IN_FLIGHT = 64


class Session:
    """Bounded by the board: nothing is queued here but acks (rule D10)."""

    __slots__ = (
        "acks",
        "actor",
        "client",
        "close",
        "conn",
        "end",
        "full",
        "handle",
        "in_flight",
        "last_n",
        "login",
        "name",
        "on_room",
        "organisation",
        "place",
        "stale",
        "until",
        "used",
        "viewer",
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
        wants_parts: bool,
    ) -> None:
        self.conn, self.login, self.client, self.handle = conn, login, client, handle
        self.name, self.organisation, self.wants_parts = name, organisation, wants_parts
        self.be(actor)
        self.place = 0  # how far it has followed, while it stands in no group
        self.acks: list[OpResult] = []
        self.in_flight = 0
        self.last_n = 0
        self.full = False  # its socket takes no more for now
        self.stale = False  # all must be looked at again once it does
        self.end: tuple[int, str] | None = None  # why the server ends it
        self.until: datetime | None = None  # when its time is over; None before that was looked up
        self.used = 0.0  # when it last changed something, in unix seconds
        self.close: Callable[[Any], None] = lambda bye: None  # says goodbye, then closes
        self.on_room: Callable[[], None] | None = None  # called when there is room in flight again

    def be(self, actor: Actor) -> None:
        self.actor, self.viewer = actor, viewer_of(actor)

    @property
    def person(self) -> str:
        return self.actor.person or ""

    @property
    def key(self) -> ClientKey:
        return (self.person, self.client)

    def answered(self, outcome: OpResult | None) -> None:
        """An op of this session has its answer, which goes out with the next frame."""
        self.in_flight -= 1
        if outcome is not None:
            self.acks.append(outcome)
        if self.on_room is not None and self.in_flight < MAX_IN_FLIGHT:
            self.on_room()
            self.on_room = None
