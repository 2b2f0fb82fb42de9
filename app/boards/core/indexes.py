"""Putting items on a board: its order, and what hangs on what, kept to match. Pure."""

from bisect import bisect_left
from collections import Counter
from typing import Any

from immutables import Map
from msgspec import structs

from app.boards.core.board import Board, Item, Key, ends_of, place_of


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
    if item.item == "stage" and (not board.stage or item.born >= board.items[board.stage].born):
        changes["stage"] = item.id
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
        stage=max(((i.born, i.id) for i in items if i.item == "stage"), default=(0, ""))[1],
        live=sum(_is_shown(item) for item in items),
        cards=sum(_is_shown(item) for item in items if item.item == "card"),
    )


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


def _is_draft(item: Item | None) -> bool:
    return item is not None and item.item == "card" and item.shown is None and item.removed is None


def _mark_draft(drafts: Map[str, tuple[str, ...]], item: Item) -> Map[str, tuple[str, ...]]:
    own = drafts.get(item.owner, ())
    if _is_draft(item):
        return drafts.set(item.owner, tuple(sorted((*own, item.id))))
    return drafts.set(item.owner, tuple(i for i in own if i != item.id))
