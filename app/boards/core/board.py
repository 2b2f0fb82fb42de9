"""What a board is: items by id, their order, and what hangs on what. Values only; nothing here decides."""

from bisect import bisect_left
from collections import Counter
from typing import Any

from immutables import Map
from msgspec import Struct, structs

from app.access import Actor, State
from app.boards.core.ops import Doing

OUTSIDE = ""  # the order of cards that lie in no section
SECTIONS = "#"  # the order of the sections themselves


class TextVersion(Struct, frozen=True, array_like=True):
    """A text as one hand left it: what a later merge compares with, and what a conflict keeps."""

    field: str
    seq: int
    by: str
    hand: str  # the client that wrote it; "" when the server merged two
    text: str


class Item(Struct, frozen=True):
    """One thing on a board. `seq` is the deed that last changed it, `rev` the deed that last set each field.

    `stands` names, for a field that was put back by an undo, the deed whose value stands again.
    `shown` is the deed since which everyone may see it, None for a draft; `removed` the one that took it.
    """

    id: str
    item: str
    seq: int
    born: int
    owner: str
    at: float
    fields: dict[str, Any]
    rev: dict[str, int]
    shown: int | None = None
    removed: int | None = None
    stands: dict[str, int] = {}
    versions: tuple[TextVersion, ...] = ()


Key = tuple[str, str]  # (order, id): ties are broken by id


class Board(Struct, frozen=True):
    """A board at one moment. `items` holds removed ones too; the indexes hold what is live and shown."""

    id: str
    space: str
    seq: int = 0
    state: State = State.OPEN
    floor: int = 0  # the last deed whose tombstones are gone
    epoch: int = 0  # the deed at which what anybody may see last changed
    items: Map[str, Item] = Map()
    order: Map[str, tuple[Key, ...]] = Map()
    attached: Map[str, tuple[str, ...]] = Map()  # card -> its links and comments
    drafts: Map[str, tuple[str, ...]] = Map()  # person -> own live drafts
    wrote: Map[str, int] = Map()  # person -> how many of the items are theirs, removed ones too
    cards: int = 0  # live and shown: drafts count for their owner alone, or a full board would tell
    live: int = 0


class Inverse(Struct, frozen=True, array_like=True):
    """How to take one field of a deed back. The field `removed` stands for being there or not."""

    id: str
    field: str
    value: Any
    stood: int  # the deed whose value this was


class Deed(Struct, frozen=True):
    """An op with who, by which client, when (unix seconds), and what they had read (`base`)."""

    op: Doing
    actor: Actor
    hand: str
    at: float
    base: int | None = None
    inverse: tuple[Inverse, ...] = ()  # of the deed that an Undo takes back


class Clash(Struct, frozen=True):
    """Two people's words for one field that could not be joined; both are kept, both people are told."""

    id: str
    field: str
    yours: str
    theirs: str
    other: str  # the person whose words were there before


class BoardChange(Struct, frozen=True):
    """What a deed makes of a board: the next board, what it touched, how to take it back, what to say."""

    board: Board
    touched: tuple[str, ...]
    inverse: tuple[Inverse, ...] = ()
    merged: tuple[str, ...] = ()  # fields whose text holds both people's words
    clash: Clash | None = None
    skipped: int = 0  # fields an undo left alone, because others changed them since


def is_live(item: Item | None) -> bool:
    return item is not None and item.removed is None


def put(board: Board, item: Item) -> Board:
    """The board with `item` in it, its indexes kept."""
    before = board.items.get(item.id)
    changes: dict[str, Any] = {"items": board.items.set(item.id, item)}
    step = _counts(item) - _counts(before)
    if step:
        changes["live"] = board.live + step
        if item.item == "card":
            changes["cards"] = board.cards + step
    was, now = _place(before), _place(item)
    if was != now:
        changes["order"] = _into(_out_of(board.order, was), now)
    if before is None:
        changes["wrote"] = board.wrote.set(item.owner, board.wrote.get(item.owner, 0) + 1)
    if before is None and item.item in ("link", "comment"):
        changes["attached"] = _attach(board.attached, item)
    if _is_draft(item) != _is_draft(before):
        changes["drafts"] = _mark_draft(board.drafts, item)
    return structs.replace(board, **changes)


def load(board: Board, items: list[Item]) -> Board:
    """The board with all of `items`, as `put` one by one would leave it."""
    if not board.items:
        return _fresh(board, items)
    for item in items:
        board = put(board, item)
    return board


def _fresh(board: Board, items: list[Item]) -> Board:
    """An empty board filled at once: thousands of items one by one would take a tenth of a second."""
    order: dict[str, list[Key]] = {}
    attached: dict[str, list[str]] = {}
    drafts: Map[str, tuple[str, ...]] = Map()
    for item in items:
        place = _place(item)
        if place is not None:
            order.setdefault(place[0], []).append(place[1:])
        for card in ends_of(item):
            attached.setdefault(card, []).append(item.id)
        if _is_draft(item):
            drafts = _mark_draft(drafts, item)
    return structs.replace(
        board,
        items=Map({item.id: item for item in items}),
        order=Map({name: tuple(sorted(keys)) for name, keys in order.items()}),
        attached=Map({card: tuple(sorted(ids)) for card, ids in attached.items()}),
        drafts=drafts,
        wrote=Map(Counter(item.owner for item in items)),
        live=sum(_counts(item) for item in items),
        cards=sum(_counts(item) for item in items if item.item == "card"),
    )


def _place(item: Item | None) -> tuple[str, str, str] | None:
    """Where an item stands in the order: (list, order, id); None when it is in no list."""
    if item is None or item.removed is not None or item.shown is None:
        return None
    if item.item == "card":
        return (item.fields["section"] or OUTSIDE, item.fields["order"], item.id)
    if item.item == "section":
        return (SECTIONS, item.fields["order"], item.id)
    return None


def _out_of(
    order: Map[str, tuple[Key, ...]], place: tuple[str, str, str] | None
) -> Map[str, tuple[Key, ...]]:
    if place is None:
        return order
    keys = order.get(place[0], ())
    at = bisect_left(keys, place[1:])
    return order.set(place[0], keys[:at] + keys[at + 1 :])


def _into(order: Map[str, tuple[Key, ...]], place: tuple[str, str, str] | None) -> Map[str, tuple[Key, ...]]:
    if place is None:
        return order
    keys = order.get(place[0], ())
    key = (place[1], place[2])
    at = bisect_left(keys, key)
    return order.set(place[0], (*keys[:at], key, *keys[at:]))


def _counts(item: Item | None) -> bool:
    return item is not None and item.removed is None and item.shown is not None


def _attach(attached: Map[str, tuple[str, ...]], item: Item) -> Map[str, tuple[str, ...]]:
    for card in ends_of(item):
        ids = attached.get(card, ())
        at = bisect_left(
            ids, item.id
        )  # by id, so that a board read from the database equals the one that grew
        attached = attached.set(card, (*ids[:at], item.id, *ids[at:]))
    return attached


def ends_of(item: Item) -> tuple[str, ...]:
    """The cards an item hangs on: two for a link, one for a comment, none for others."""
    if item.item == "link":
        return (item.fields["start"], item.fields["end"])
    return (item.fields["card"],) if item.item == "comment" else ()


def _is_draft(item: Item | None) -> bool:
    return item is not None and item.item == "card" and item.shown is None and item.removed is None


def _mark_draft(drafts: Map[str, tuple[str, ...]], item: Item) -> Map[str, tuple[str, ...]]:
    own = drafts.get(item.owner, ())
    if _is_draft(item):
        return drafts.set(item.owner, tuple(sorted((*own, item.id))))
    return drafts.set(item.owner, tuple(i for i in own if i != item.id))
