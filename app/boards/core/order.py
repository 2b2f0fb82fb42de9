"""The order of items in a list, and where a card is put that came without a position."""

from bisect import bisect_left, bisect_right
from math import isnan
from operator import itemgetter

from fractional_indexing import generate_key_between, generate_n_keys_between

from app.access import Code, Refused
from app.boards.core.board import OUTSIDE, SECTIONS, Board, Item, Key, is_live
from app.boards.core.changeset import Changeset
from app.boards.core.layout.taken_spots import TakenSpots
from app.boards.core.ops import GRID
from app.boards.core.sizes import ASIDE, CARD_H, CARD_W, GAP, LAYERS, MOST_LOOSE, TOP

LONGEST = 80  # characters of a key before the list gets fresh ones


def between(low: str | None, high: str | None) -> str:
    """A key between two others; None is the beginning, or the end."""
    return str(generate_key_between(low, high))


def turns(board: Board, list_: str, owner: str | None) -> tuple[Key, ...]:
    """The list as everyone sees it, with the drafts of `owner` at their places."""
    shown = board.order.get(list_, ())
    own = [board.items[id] for id in board.drafts.get(owner, ())] if owner else []
    mine = [(i.fields["order"], i.id) for i in own if (i.fields["section"] or OUTSIDE) == list_]
    return tuple(sorted((*shown, *mine))) if mine else shown


def draft_of(item: Item) -> str | None:
    """Whose draft an item is, None when everyone sees it."""
    return item.owner if item.shown is None else None


def last(board: Board, list_: str, owner: str | None = None) -> str:
    """A key after everything that everyone sees in the list; for a draft, after its `owner`'s drafts too.

    The key of what everyone sees must not depend on drafts: a gap would reveal how many there are.
    """
    return _end(turns(board, list_, owner))


def after(work: Changeset, list_: str, neighbour: str | None, item: Item) -> str:
    """A key for `item` right after `neighbour` (None: before all). Raises not_found when that is elsewhere.

    Where `neighbour` is one's own draft, an item that everyone sees gets its key from the last such item
    before it.
    """
    keys = _without(turns(work.board, list_, draft_of(item)), work.board.items.get(item.id))
    at = -1 if neighbour is None else bisect_right(keys, _visible_key(work, list_, neighbour, item)) - 1
    low = keys[at][0] if at >= 0 else None
    later = bisect_right(keys, low, key=itemgetter(0)) if low else 0
    key = between(low, keys[later][0] if later < len(keys) else None)
    if len(key) <= LONGEST:
        return key
    return _fresh(work, keys, at) if item.shown is not None else _end(keys)


def with_own_key(work: Changeset, item: Item) -> Item:
    """The item with a key of its own: where another item has the same one by now, it gets a new one (T7)."""
    if item.shown is None or item.item not in ("card", "section"):
        return item
    list_ = SECTIONS if item.item == "section" else item.fields["section"] or OUTSIDE
    keys, own = work.board.order.get(list_, ()), item.fields["order"]
    same = keys[bisect_left(keys, own, key=itemgetter(0)) : bisect_right(keys, own, key=itemgetter(0))]
    twins = [id for _, id in same if id != item.id]
    if not twins:
        return item
    key = after(work, list_, twins[-1], item)
    return work.set(work.item(item.id), order=key)


def out_of_removed_section(work: Changeset, card: Item) -> Item:
    """The card as it is, or last outside all sections where its section has been removed meanwhile."""
    section = card.fields.get("section")
    return move_out(work, card) if section and not is_live(work.board.items.get(section)) else card


def move_out(work: Changeset, card: Item, place: tuple[float, float] | None = None) -> Item:
    """The card out of its section: last in the order outside, at `place`.

    Without that at the same place of the board, or at a free one where a grid had laid it out.
    """
    section = work.board.items.get(card.fields["section"])
    if place is None and section and section.fields["layout"] == GRID:
        place = free_place(work.board, None)
    elif place is None:
        dx, dy = (section.fields["x"], section.fields["y"]) if section else (0.0, 0.0)
        place = (card.fields["x"] + dx, card.fields["y"] + dy)
    order = last(work.board, OUTSIDE, draft_of(card))
    return work.set(card, section=None, order=order, x=place[0], y=place[1])


def move_in(work: Changeset, card: Item, section: Item) -> Item:
    """The card last in a section, at the same place of the board."""
    place = {name: card.fields[name] - section.fields[name] for name in ("x", "y")}
    return work.set(card, section=section.id, order=last(work.board, section.id, draft_of(card)), **place)


def within(value: float, least: float, most: float) -> float:
    """A number of pixels kept between two others, to a tenth."""
    if isnan(value):
        raise Refused(Code.INVALID, "That is not a number of pixels.")
    return min(max(round(value, 1), least), most)


def free_place(board: Board, section: str | None, spots: TakenSpots | None = None) -> tuple[float, float]:
    """The next spot of a plain grid where no card lies, in pixels from the section's (or board's) corner.

    Outside all sections the grid begins below the lowest of them, so that it lies on none. In a section that
    is full a card lies on others, a little aside, rather than below the frame on another section's cards.
    `spots` are those of the deed so far, for a deed that places many.
    """
    keys = board.order.get(section or OUTSIDE, ())
    width = board.items[section].fields["w"] if section else 1000.0
    top = TOP if section else TOP + _below_sections(board)
    columns = max(1, int((width - GAP) // (CARD_W + GAP)))
    many = 4 * len(keys) + 1  # a card that lies askew takes up to four spots, so among these one is free
    if section:
        rows = max(1, int((board.items[section].fields["h"] - TOP) // (CARD_H + GAP)))
        many = min(many, rows * columns)
    elif len(keys) > MOST_LOOSE:
        return _spot(len(keys), columns, top)
    taken = (spots or TakenSpots()).of(board, (section or OUTSIDE, columns, top))
    free = next((i for i in range(many) if i not in taken), None)
    return _aside(len(keys), many, columns) if free is None else _spot(free, columns, top)


def _end(keys: tuple[Key, ...]) -> str:
    return between(keys[-1][0] if keys else None, None)


def _below_sections(board: Board) -> float:
    fields = [board.items[id].fields for _, id in board.order.get(SECTIONS, ())]
    return max((f["y"] + f["h"] for f in fields), default=0.0)


def _aside(i: int, spots: int, columns: int) -> tuple[float, float]:
    """The spot of the i-th card of a section with room for fewer: layer upon layer, each a little aside."""
    x, y = _spot(i % spots, columns, TOP)
    step = ASIDE * (1 + i // spots % LAYERS)
    return x + step, y + step


def _spot(i: int, columns: int, top: float) -> tuple[float, float]:
    return (GAP + (i % columns) * (CARD_W + GAP), top + (i // columns) * (CARD_H + GAP))


def _visible_key(work: Changeset, list_: str, id: str, moving: Item) -> Key:
    """The key of `id` in the list as the person acting sees it. Raises not_found."""
    keys = turns(work.board, list_, work.me)
    at = _index(keys, work.board.items.get(id))
    if at is not None and id != moving.id:
        return keys[at]
    raise Refused(Code.NOT_FOUND, "The item to put it after is no longer here.")


def _without(keys: tuple[Key, ...], item: Item | None) -> tuple[Key, ...]:
    at = _index(keys, item)
    return keys if at is None else keys[:at] + keys[at + 1 :]


def _index(keys: tuple[Key, ...], item: Item | None) -> int | None:
    """Where an item stands in a sorted list; looked up, not searched for, since a batch asks 400 times."""
    if item is None or "order" not in item.fields:
        return None
    key = (item.fields["order"], item.id)
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else None


def _fresh(work: Changeset, keys: tuple[Key, ...], at: int) -> str:
    """New short keys for the whole list, and one after `at`: many moves to one place made them long."""
    orders: list[str] = generate_n_keys_between(None, None, len(keys) + 1)
    free = orders.pop(at + 1)
    for (_, id), order in zip(keys, orders, strict=True):
        work.set(work.item(id), order=order)
    return free
