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


class TextVersion(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A text as one client left it: what a later merge compares with, and what a clash keeps."""

    field: str
    seq: int
    by: str
    client: str  # that wrote it; "" when the server merged two
    text: str


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A card, section, link or comment. All numbers but `at` (unix seconds) are the seq of a deed.

    `seq` last changed it, `born` made it, `rev` last set each field. `stands` names, for a field that an undo
    set back, the deed whose value it has again. Since `shown` everyone may see it, None for a draft;
    `removed` took it away.
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
    held: tuple[str, ...] = ()  # of a removed section: the cards that lay in it, others' drafts too


class SetUp(Struct, frozen=True):
    """Who may change a board's sections: everyone who writes, or once `locked` those who may set it up.

    Those are its stewards and, unless `by_members` is False, its members.
    """

    locked: bool = False
    by_members: bool = True


Key = tuple[str, str]  # (order, id): ties are broken by id


class Board(Struct, frozen=True):
    """A board at one moment. `items` holds removed ones too, the indexes those that everyone may see now."""

    id: str
    space: str
    seq: int = 0
    state: State = State.OPEN
    set_up: SetUp = SetUp()
    floor: int = 0  # the last deed whose tombstones are gone
    epoch: int = 0  # the deed at which what anybody may see last changed
    items: Map[str, Item] = Map()
    order: Map[str, tuple[Key, ...]] = Map()
    attached: Map[str, tuple[str, ...]] = Map()  # card -> its links and comments, removed ones too
    drafts: Map[str, tuple[str, ...]] = Map()  # person -> own live drafts
    wrote: Map[str, int] = Map()  # person -> how many of the items are theirs, removed ones too
    cards: int = 0  # live and shown: drafts count for their owner alone, or a full board would tell
    live: int = 0


class Inverse(Struct, frozen=True, array_like=True):
    """How to take one field of a deed back. Of the field `removed` the value says whether to remove."""

    id: str
    field: str
    value: Any
    stood: int  # the deed that had set this value


class Deed(Struct, frozen=True):
    """An op with who does it, by which client, when (unix seconds), and the seq they had read (`base`).

    `read` has, by field, the texts that theirs were made of, where the client says so.
    """

    op: Doing
    actor: Actor
    client: str
    at: float
    base: int | None = None
    inverse: tuple[Inverse, ...] = ()  # of the deed that an Undo takes back
    read: dict[str, str] | None = None


class Clash(Struct, frozen=True):
    """Two people's texts for one field that could not be merged; both are kept, both people are told."""

    id: str
    field: str
    yours: str
    theirs: str
    other: str  # the person whose text was there before


class BoardChange(Struct, frozen=True):
    """What a deed does: the next board, the ids it touched, how to take it back, what to tell the writer."""

    board: Board
    touched: tuple[str, ...]
    inverse: tuple[Inverse, ...] = ()
    merged: tuple[str, ...] = ()  # fields whose text now has both people's changes
    clash: Clash | None = None
    skipped: int = 0  # fields an undo left alone, because others changed them since
    cleaned: tuple[str, ...] = ()  # fields whose text had characters that cannot be stored
    merged_with: str | None = None  # the person whose changes the merged fields have too
    left_out: dict[
        str, str
    ] = {}  # of a batch: what was gone, by id, with its words as far as they may be known


def is_live(item: Item | None) -> bool:
    """Whether it is there and not removed; a draft is live too."""
    return item is not None and item.removed is None


def put(board: Board, item: Item) -> Board:
    """The board with `item` in it, new or changed, and the indexes to match."""
    before = board.items.get(item.id)
    changes: dict[str, Any] = {"items": board.items.set(item.id, item)}
    step = _is_shown(item) - _is_shown(before)
    if step:
        changes["live"] = board.live + step
        if item.item == "card":
            changes["cards"] = board.cards + step
    was, now = place_of(before), place_of(item)
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
    """The board with all of `items`: the same as putting them one by one, but faster on an empty board."""
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
        place = place_of(item)
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
        live=sum(_is_shown(item) for item in items),
        cards=sum(_is_shown(item) for item in items if item.item == "card"),
    )


def place_of(item: Item | None) -> tuple[str, str, str] | None:
    """Where an item is in the order: (list, key, id); None when it is in no list."""
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


def _is_shown(item: Item | None) -> bool:
    return item is not None and item.removed is None and item.shown is not None


def _attach(attached: Map[str, tuple[str, ...]], item: Item) -> Map[str, tuple[str, ...]]:
    for card in ends_of(item):
        ids = attached.get(card, ())
        at = bisect_left(ids, item.id)  # by id, so that a loaded board equals the one that grew
        attached = attached.set(card, (*ids[:at], item.id, *ids[at:]))
    return attached


def ends_of(item: Item) -> tuple[str, ...]:
    """The cards an item is attached to: two for a link, one for a comment, none for others."""
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
