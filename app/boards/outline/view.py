"""The outline as pages and fragments: what its templates need, for the person who asks."""

import asyncio
from collections.abc import Callable
from typing import Any

from litestar import MediaType, Request, Response
from litestar.template.base import csrf_token
from msgspec import Struct

from app.access import State, Thing, allowed
from app.boards.core.board import Board
from app.boards.core.offered_ops import offered
from app.boards.core.sight import Viewer, viewer_of
from app.boards.live.rooms import Rooms
from app.boards.outline import document, open_forms
from app.boards.outline.document import SectionEntry
from app.boards.outline.undo_history import Trail, trail
from app.boards.seats import BoardSeat
from app.boards.storage import store
from app.db import Database
from app.spaces import seats
from app.spaces.space import Participant

Asking = Request[Any, Any, Any]
Words = dict[str, Any]


class BoardTitle(Struct, frozen=True):
    """The board as the head of its pages names it."""

    id: str
    title: str
    archived: bool


class FormTarget(Struct, frozen=True):
    """Where a form is sent, and its token: only full pages hold one, fragments do not (rule D13)."""

    board: str
    token: str = ""
    by: str = ""  # whose page it is, where it has a token


class OutlineView(Struct, frozen=True):
    """A board at one moment with the person who looks at it, and all names."""

    request: Asking
    seat: BoardSeat
    board: Board
    viewer: Viewer
    people: dict[str, Participant]
    trail: Trail

    async def fragment(
        self, name: str, status: int = 200, headers: dict[str, str] | None = None, **more: Any
    ) -> Response[str]:
        return await self._drawn(name, status, headers or {}, lambda: {**self.words(), "open": None, **more})

    async def outline(self, status: int = 200, **more: Any) -> Response[str]:
        """The whole page. It stays in no cache."""
        blank = {"open": None, "kept": None, "flash": "", "flash_tone": "good"}
        return await self._drawn(
            "boards/outline.html", status, {}, lambda: {**self.words(), **blank, **self.whole(), **more}
        )

    async def _drawn(
        self, name: str, status: int, headers: dict[str, str], words: Callable[[], Words]
    ) -> Response[str]:
        """In a thread: thousands of cards take a second to draw, and nobody's socket should wait for that."""
        engine: Any = self.request.app.template_engine
        template = engine.get_template(name)
        text = await asyncio.to_thread(lambda: template.render(request=self.request, **words()))
        return Response(text, media_type=MediaType.HTML, status_code=status, headers=headers)

    def whole(self) -> Words:
        """What a full page has and a fragment has not."""
        board = self.board
        exports = allowed(self.seat.actor, "board.export", Thing(self.seat.state, self.viewer.person))
        return {
            "at": FormTarget(board.id, self.token(), self.viewer.person or ""),
            "parts": self.parts(),
            "seq": board.seq,
            "space": self.seat.space,
            "view": "outline",
            "people_count": sum(not one.former for one in self.people.values()),
            "may_export": exports,
        }

    def parts(self) -> list[SectionEntry]:
        return document.parts(self.board, self.viewer)

    def words(self) -> Words:
        """What every fragment of the outline needs."""
        board = self.board
        return {
            "at": FormTarget(board.id),
            "board": BoardTitle(board.id, self.seat.title, self.seat.state is State.ARCHIVED),
            "seat": self.seat,
            "may": self.may(),
            "may_stand": allowed(self.seat.actor, "goal.card", Thing(self.seat.state)),
            "people": self.people,
            "undo": self.trail.undo,
            "redo": self.trail.redo,
        }

    def may(self) -> set[str]:
        return set(offered(self.seat.actor, self.seat.state))

    def open(self, item: str, show: str, asked: dict[str, str], error: str = "") -> Words | None:
        """The form `show` about `item`, with what was typed and what is wrong; None where there is none."""
        if not self.may():
            return None
        found = open_forms.opening(self.board, self.viewer, item, show, asked)
        if found is None:
            return None
        other = self.people.get(found.get("other", ""))
        return {**found, "error": error, "other": other.name if other else "Somebody else"}

    def token(self) -> str:
        return csrf_token({"request": self.request})


async def sheet(request: Asking, db: Database, rooms: Rooms, seat: BoardSeat) -> OutlineView:
    """The board as it is now. Raises store.Missing."""
    live = await rooms.open(seat.board_id)
    person = seat.actor.person or ""
    async with db.read() as tx:
        people = await seats.people_of(tx, seat.space.id)
        deeds = await store.recent_deeds(tx, seat.board_id, person)
    names = {one.id: one for one in people}
    return OutlineView(request, seat, live.room.board, viewer_of(seat.actor), names, trail(deeds))
