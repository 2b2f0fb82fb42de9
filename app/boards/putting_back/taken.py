"""What is taken of each item: of a guest all; of a member, what they did to what others made. Pure."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from app.boards.core.board import Board, Item
from app.boards.core.taking_back import RANK, Kept, Trail
from app.boards.core.words.item_texts import TEXTS


class Taken(Struct, frozen=True):
    """What is left to take; of the items `apart` not every deed that touched them is taken."""

    trails: dict[str, Trail]
    apart: frozenset[str]
    kept: dict[str, Kept]


def taken(
    board: Board, person: str, all_trails: Mapping[str, Trail], as_member: Collection[int] = frozenset()
) -> Taken:
    """Of what the person did, without what they did `as_member` to what they made.

    To an answer of a workshop neither, which people gather and sort together.
    """
    left: dict[str, Trail] = {}
    apart: set[str] = set()
    kept: dict[str, Kept] = {}
    for id, trail in all_trails.items():
        item = board.items.get(id)
        if item is None or not _is_spared(item, person):
            left[id] = trail
            continue
        as_guest = _without(trail, as_member)
        if _is_written_since(item, trail, as_guest, as_member):
            kept[id] = Kept.THEIRS
        elif as_guest:
            left[id] = as_guest
            if as_guest != trail:
                apart.add(id)
        elif item.owner != person and item.item in RANK and item.shown is not None:
            kept[id] = Kept.WORKSHOP
    return Taken(left, frozenset(apart), kept)


def _is_spared(item: Item, person: str) -> bool:
    """Whether what a member does to it stays."""
    return item.item not in RANK or item.owner == person or bool(item.fields.get("phase"))


def _without(trail: Trail, deeds: Collection[int]) -> Trail:
    found = {
        field: {seq: one for seq, one in steps.items() if seq not in deeds} for field, steps in trail.items()
    }
    return {field: steps for field, steps in found.items() if steps}


def _is_written_since(item: Item, trail: Trail, as_guest: Trail, as_member: Collection[int]) -> bool:
    """Whether they made it as a guest, and wrote in it or showed it as a member: then it is a member's."""
    if item.removed is not None or item.shown is None or item.born not in as_guest.get("removed", ()):
        return False
    words = (seq for field in TEXTS for seq in trail.get(field, ()))
    return item.shown in as_member or any(seq in as_member for seq in words)
