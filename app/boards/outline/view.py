"""The outline as pages and fragments: what the templates need."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from litestar import MediaType, Request, Response
from litestar.template.base import csrf_token
from markupsafe import Markup
from msgspec import Struct

from app.access import State, Thing, allowed
from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.offered_ops import offered
from app.boards.core.sight import Viewer, viewer_of
from app.boards.core.stage.read import answered_phase, running_stage
from app.boards.live.rooms import Rooms
from app.boards.outline import document
from app.boards.outline.document import WHOLE, CardEntry, SectionEntry
from app.boards.outline.drawing import Cards, Place, drawn
from app.boards.outline.gathered import result_entries, theme_entries
from app.boards.outline.hand import Hand, hand_of
from app.boards.outline.open_forms import form_context
from app.boards.outline.opened import OPENED, current_of, opened_at_first, opened_by
from app.boards.outline.screen import OutlineScreen
from app.boards.outline.undo_history import UndoHistory, undo_history
from app.boards.seats import BoardSeat
from app.boards.storage import store
from app.db import Database
from app.spaces.space import Participant
from app.supervision import in_thread

Asking = Request[Any, Any, Any]
Context = dict[str, Any]

# What only some pages show, besides the board.
NOTHING_MORE: Context = {
    "open": None,
    "kept": None,
    "flash": "",
    "flash_tone": "good",
    "joined": False,
    "find": "",
    "found": None,
}


class FormTarget(Struct, frozen=True):
    """Where a form is sent, and its token: only full pages hold one, fragments do not (rule D13)."""

    board: str
    token: str = ""
    by: str = ""  # the person for whom the page was made, where it has a token


class OutlineView(Struct, frozen=True):
    """A board at one moment with the person who looks at it, and all names."""

    request: Asking
    seat: BoardSeat
    board: Board
    viewer: Viewer
    people: Mapping[str, Participant]
    history: UndoHistory
    cards: Cards

    async def fragment(
        self, name: str, status: int = 200, headers: dict[str, str] | None = None, **more: Any
    ) -> Response[str]:
        return await self._render(name, status, headers or {}, lambda: self._context({"open": None, **more}))

    async def page(
        self, status: int = 200, asked: str = "", card: str = "", whole: bool = False, **more: Any
    ) -> Response[str]:
        """The outline as `page_context` says how much of it. It stays in no cache."""
        given = {**NOTHING_MORE, **more}
        if given["open"]:
            asked, card = given["open"]["part"], given["open"]["item"]
        name = "boards/outline.html"
        return await self._render(
            name, status, {}, lambda: self._context({**self.page_context(asked, card, whole), **given})
        )

    async def _render(
        self, name: str, status: int, headers: dict[str, str], context: Callable[[], Context]
    ) -> Response[str]:
        """In a thread: thousands of cards take a second to render, and no socket should wait for that."""
        engine: Any = self.request.app.template_engine
        template = engine.get_template(name)
        text = await in_thread(lambda: template.render(request=self.request, **context()))
        return Response(text, media_type=MediaType.HTML, status_code=status, headers=headers)

    def part(self, id: str) -> SectionEntry | None:
        """A part as the page wants it: with as many cards as it has opened."""
        opened = opened_by(self.request.headers.get(OPENED))
        return document.part(self.board, self.viewer, id, WHOLE if opened is None else opened.get(id))

    def page_context(self, asked: str = "", card: str = "", whole: bool = False) -> Context:
        """What a full page needs and a fragment does not; `asked` is the part that somebody wants to see.

        Of a large part they get the first cards, up to `card` at least, or the `whole`. Without `asked` it is
        the part that `card` is in.
        """
        board, counts = self.board, document.card_counts(self.board, self.viewer)
        asked = asked or (document.part_of(board, self.viewer, card) if card else "")
        exports = allowed(self.seat.actor, "board.export", Thing(self.seat.state, self.viewer.person))
        return {
            "at": FormTarget(board.id, csrf_token({"request": self.request}), self.viewer.person or ""),
            "parts": document.parts(board, self.viewer, opened_at_first(counts, asked, card, whole)),
            "current": current_of(counts, asked),
            "seq": board.seq,
            "space": self.seat.space,
            "workshop": running_stage(board),
            "may_begin": allowed(self.seat.actor, "workshop.begin", self.seat.thing),
            "themes": theme_entries(board, self.viewer),
            "results": result_entries(board, self.viewer),
            "may_keep": allowed(self.seat.actor, "record.keep", Thing(self.seat.state, self.viewer.person)),
            "view": "outline",
            "people_count": sum(not one.former for one in self.people.values()),
            "may_export": exports,
            "may_invite": allowed(self.seat.actor, "space.code", Thing(self.seat.state)),
        }

    def _context(self, more: Context) -> Context:
        """What every fragment needs, and `more`."""
        board, hand = self.board, hand_of(self.seat.actor, self.board, self.seat.state)
        return {
            "at": FormTarget(board.id),
            "board": {
                "id": board.id,
                "title": self.seat.title,
                "archived": self.seat.state is State.ARCHIVED,
            },
            "seat": self.seat,
            "may": hand.may,
            "answers": answered_phase(board),
            "chosen": {"kind": next(iter(CARD_KINDS)), "draft": ""},  # in the boxes for a new card
            "added": None,
            "takes_out": hand.takes_out,
            "may_stand": hand.may_stand,
            "space_id": board.space,
            "board_id": board.id,
            "me": self.viewer.person,
            "drawn": partial(self._drawn, hand),
            "people": self.people,
            "undo": self.history.undo,
            "redo": self.history.redo,
            **more,
        }

    def _drawn(self, hand: Hand, card: CardEntry) -> Markup:
        """For the templates: a card, as it was drawn for everyone where it looks the same to this person."""
        place = Place(self.board.space, self.board.id)
        return drawn(self.cards.html(place, card, hand, self.viewer.person, self.people))

    def may(self) -> set[str]:
        """The tags of the ops that this person is offered."""
        return set(offered(self.seat.actor, self.board, self.seat.state))

    def open_form(self, item: str, show: str, typed: dict[str, str], error: str = "") -> Context | None:
        """The form `show` about `item`, with what was typed and what is wrong; None where there is none."""
        form = form_context(self.board, self.viewer, item, show, typed) if self.may() else None
        if form is None:
            return None
        other = self.people.get(form.get("other", ""))
        return {**form, "error": error, "other": other.name if other else "Somebody else"}


async def load_outline(
    request: Asking, db: Database, rooms: Rooms, seat: BoardSeat, *, history: bool = True
) -> OutlineView:
    """The board as it is now; `history` is whether Undo and Redo are shown. Raises store.Missing."""
    screen: OutlineScreen = request.app.state.services.outline
    live, person = await rooms.open(seat.board_id), seat.actor.person or ""
    people, deeds = await screen.names(seat.space.id), list[tuple[int, str, bool]]()
    if history:
        deeds = await db.run_long_read(lambda tx: store.recent_deeds(tx, seat.board_id, person))
    board = live.room.board
    viewer = viewer_of(seat.actor, board)
    return OutlineView(request, seat, board, viewer, people, undo_history(deeds), screen.cards)
