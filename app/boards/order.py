"""Turns and places: who comes after whom in a list, and where a card lies that was given no place."""

from bisect import bisect_right

from fractional_indexing import generate_key_between, generate_n_keys_between

from app.access import Code, Refused
from app.boards.board import OUTSIDE, SECTIONS, Board, Item, Key
from app.boards.work import Work

LONGEST = 80  # characters of a key before the list gets fresh ones
CARD_W, CARD_H, GAP, TOP = 200.0, 132.0, 24.0, 24.0


def between(low: str | None, high: str | None) -> str:
    """A key between two others; None is the beginning, or the end."""
    return str(generate_key_between(low, high))


def last(work: Work, list_: str) -> str:
    """A key after everything that the person acting can see in the list."""
    return _end(_keys(work, list_))


def last_shown(board: Board, list_: str) -> str:
    """A key after everything that everyone can see in the list."""
    return _end(board.order.get(list_, ()))


def after(work: Work, list_: str, neighbour: str | None, moving: str) -> str:
    """A key right after `neighbour` (None: before all). Raises not_found when it is not in that list."""
    keys = [key for key in _keys(work, list_) if key[1] != moving]
    if neighbour is None:
        return between(None, keys[0][0] if keys else None)
    at = next((i for i, key in enumerate(keys) if key[1] == neighbour), None)
    if at is None:
        raise Refused(Code.NOT_FOUND, "The card to put it after is no longer there.")
    orders = [key[0] for key in keys]
    later = bisect_right(orders, orders[at])
    key = between(orders[at], orders[later] if later < len(orders) else None)
    return key if len(key) <= LONGEST else _fresh(work, keys, at)


def in_turn(work: Work, item: Item) -> Item:
    """The item with a key of its own: one that somebody else has been given meanwhile is issued anew (rule T7)."""
    if item.shown is None or item.item not in ("card", "section"):
        return item
    list_ = SECTIONS if item.item == "section" else item.fields["section"] or OUTSIDE
    twins = [id for key, id in work.board.order.get(list_, ()) if key == item.fields["order"] and id != item.id]
    if not twins:
        return item
    key = after(work, list_, twins[-1], item.id)
    return work.set(work.item(item.id), order=key)


def housed(work: Work, card: Item) -> Item:
    """A card whose section has gone meanwhile lies outside all sections, last."""
    section = card.fields.get("section")
    if section and work.board.items[section].removed is not None:
        return work.set(card, section=None, order=last(work, OUTSIDE))
    return card


def free_place(board: Board, section: str | None) -> tuple[float, float]:
    """The next spot of a plain grid where no card lies, in pixels from the section's (or board's) corner."""
    keys = board.order.get(section or OUTSIDE, ())
    width = board.items[section].fields["w"] if section else 1000.0
    columns = max(1, int((width - GAP) // (CARD_W + GAP)))
    spots = [_spot(i, columns) for i in range(len(keys) + 1)]
    if len(keys) > 300:  # so full that looking for gaps costs more than it is worth
        return spots[-1]
    taken = [(board.items[id].fields["x"], board.items[id].fields["y"]) for _, id in keys]
    free = (s for s in spots if not any(abs(s[0] - x) < CARD_W and abs(s[1] - y) < CARD_H for x, y in taken))
    return next(free, spots[-1])


def _end(keys: tuple[Key, ...]) -> str:
    return between(keys[-1][0] if keys else None, None)


def _spot(i: int, columns: int) -> tuple[float, float]:
    return (GAP + (i % columns) * (CARD_W + GAP), TOP + (i // columns) * (CARD_H + GAP))


def _keys(work: Work, list_: str) -> tuple[Key, ...]:
    """The list as the person acting sees it: what everyone sees, and their own drafts."""
    shown = work.board.order.get(list_, ())
    if list_ == SECTIONS:
        return shown
    own = [work.board.items[id] for id in work.board.drafts.get(work.me, ())]
    mine = [(i.fields["order"], i.id) for i in own if (i.fields["section"] or OUTSIDE) == list_]
    return tuple(sorted((*shown, *mine))) if mine else shown


def _fresh(work: Work, keys: list[Key], at: int) -> str:
    """New short keys for the whole list, and the one after `at`: many turns between two cards grew them long."""
    orders: list[str] = generate_n_keys_between(None, None, len(keys) + 1)
    free = orders.pop(at + 1)
    for (_, id), order in zip(keys, orders, strict=True):
        work.set(work.item(id), order=order)
    return free
