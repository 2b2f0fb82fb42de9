"""A board and the people on it, without a server: each act is decided and applied as it would be there."""

from itertools import count
from typing import Any
from uuid import UUID

import msgspec

from app.access import Actor, Role
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange, Deed, Inverse, Item, Outside
from app.boards.core.indexes import load
from app.boards.core.rules import apply
from app.boards.core.sight import View, Viewer, viewer_in

ANA = Actor(Role.MEMBER, "ana", "north")
BEN = Actor(Role.MEMBER, "ben", "south")
GIL = Actor(Role.GUEST, "gil", None)
OLA = Actor(Role.OBSERVER, "ola", "south")
SUE = Actor(Role.STEWARD, "sue", "north")
EVERYONE = (ANA, BEN, GIL, OLA, SUE)

_item = msgspec.json.Decoder(Item)


def uid(number: int) -> str:
    """The same UUIDv4 for the same number."""
    return str(UUID(int=number + (1 << 96), version=4))


class Play:
    """Remembers what is needed to take deeds back. Each person acts through a client of their own name."""

    def __init__(self, board: Board | None = None) -> None:
        self.board = board or Board("b1", "s1")
        self.inverses: dict[int, tuple[str, tuple[Inverse, ...]]] = {}
        self.ids = count(1)
        self.outside = Outside()
        self.now = 1_700_000_000.0

    def act(
        self,
        who: Actor,
        op: o.Doing,
        base: int | None = None,
        hand: str | None = None,
        read: dict[str, str] | None = None,
    ) -> BoardChange:
        """The change; the board is the next one from here on. Raises Refused, with nothing changed."""
        inverse: tuple[Inverse, ...] = ()
        if isinstance(op, o.Undo):
            person, inverse = self.inverses[op.of]
            assert person == who.person, "settle() asks this before the rules do"
        client, known = who.person or "" if hand is None else hand, self.inverses
        deed = Deed(op, who, client, self.now, base, inverse, read, self.outside, known)
        change = apply(self.board, deed)
        self.board = change.board
        self.inverses[change.board.seq] = (who.person or "", change.inverse)
        return change

    def undo(self, who: Actor, seq: int | None = None) -> BoardChange:
        """Take back the deed `seq`, or the last one."""
        return self.act(who, o.Undo(self.board.seq if seq is None else seq))

    # -- short forms -------------------------------------------------------------------------------

    def card(self, who: Actor = ANA, text: str = "Some words", **given: Any) -> str:
        id = uid(next(self.ids))
        self.act(who, o.AddCard(id, given.pop("kind", "note"), text, **given))
        return id

    def draft(self, who: Actor = ANA, text: str = "For myself", **given: Any) -> str:
        return self.card(who, text, draft=True, **given)

    def section(self, who: Actor = ANA, title: str = "A section", **given: Any) -> str:
        id = uid(next(self.ids))
        self.act(who, o.AddSection(id, title, **given))
        return id

    def link(self, who: Actor, start: str, end: str, means: str = "leads_to") -> str:
        id = uid(next(self.ids))
        self.act(who, o.AddLink(id, start, end, means))
        return id

    def comment(self, who: Actor, card: str, text: str = "A remark") -> str:
        id = uid(next(self.ids))
        self.act(who, o.AddComment(id, card, text))
        return id

    # -- looking -----------------------------------------------------------------------------------

    def item(self, id: str) -> Item:
        return self.board.items[id]

    def fields(self, id: str) -> dict[str, Any]:
        return self.board.items[id].fields

    def turn(self, section: str = "") -> list[str]:
        """The ids of a list in their order, as everyone sees it."""
        return [id for _, id in self.board.order.get(section, ())]

    def seq(self) -> int:
        return self.board.seq


def held(views: list[View]) -> dict[str, View]:
    """Views by id; a thing that comes twice is wrong."""
    found = {view.id: view for view in views}
    assert len(found) == len(views)
    return found


def reloaded(board: Board) -> Board:
    """The board as it would come back from the database, items in any order."""
    items = [_item.decode(msgspec.json.encode(item)) for item in board.items.values()]
    bare = Board(
        board.id, board.space, seq=board.seq, state=board.state, floor=board.floor, epoch=board.epoch
    )
    return load(bare, sorted(items, key=lambda item: item.id[::-1]))


def filled(table: Any) -> dict[str, Any]:
    """An index without its empty lists: whether a list was ever begun does not matter."""
    return {key: value for key, value in table.items() if value}


def assert_same(one: Board, two: Board) -> None:
    """Equal in all that matters: items, indexes, counts."""
    assert dict(one.items) == dict(two.items)
    assert filled(one.order) == filled(two.order)
    assert filled(one.attached) == filled(two.attached)
    assert filled(one.drafts) == filled(two.drafts)
    assert (one.seq, one.state, one.cards, one.live) == (two.seq, two.state, two.cards, two.live)
    assert one.stage == two.stage


def sees(who: Actor) -> Viewer:
    """The person as they look at a board without a workshop."""
    return viewer_in(who.role, who.person)


def viewers() -> list[Viewer]:
    """Everyone of the table above, and the group they share frames with."""
    return [sees(actor) for actor in EVERYONE] + [viewer_in(Role.MEMBER), viewer_in(Role.OBSERVER)]
