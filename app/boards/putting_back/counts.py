"""What was, or would be, put back: how many of each sort, and in which portions. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from app.boards.core.board import Board, Inverse, Item
from app.boards.core.ops import TakeBack
from app.boards.core.taking_back import Trail
from app.boards.core.undo import PLACE_FIELDS
from app.boards.core.words.item_texts import TEXTS

PORTION = 150  # items in one deed, so that nobody else waits long
MOST_STEPS = 2000  # of all its items: how often their fields were set
PLACES = {*PLACE_FIELDS, "w", "h"}


class Counts(Struct, frozen=True, omit_defaults=True):
    """Items by what is put back of them; each counts once. `kept` are those that stay as they are."""

    removals: int = 0
    additions: int = 0
    rewordings: int = 0
    moves: int = 0
    changes: int = 0
    kept: int = 0

    @property
    def any(self) -> bool:
        return bool(self.removals or self.additions or self.rewordings or self.moves or self.changes)

    @property
    def words(self) -> str:
        """'14 removals, 3 rewordings'."""
        named = (
            (self.removals, "removal"),
            (self.rewordings, "rewording"),
            (self.moves, "move"),
            (self.additions, "addition"),
            (self.changes, "other change"),
        )
        return (
            ", ".join(f"{number} {word}{'s' * (number > 1)}" for number, word in named if number) or "nothing"
        )


def is_seen(board: Board, seq: int, ways: Iterable[Inverse]) -> bool:
    """Whether everybody may know of a deed: it did something to what all of them saw by then."""
    items = (board.items.get(one.id) for one in ways)
    return any(item is not None and item.shown is not None and seq >= item.shown for item in items)


def counted(board: Board, inverse: Iterable[Inverse], ids: Iterable[str], kept: int = 0) -> Counts:
    """By how it would be taken back again. Of `ids`, and of what everybody sees: no draft is told of."""
    asked = set(ids)
    fields: dict[str, dict[str, Inverse]] = {}
    for one in inverse:
        item = board.items.get(one.id)
        if one.id in asked and item is not None and item.shown is not None:
            fields.setdefault(one.id, {})[one.field] = one
    found = dict.fromkeys(("removals", "additions", "rewordings", "moves", "changes"), 0)
    for id, changed in fields.items():
        sort = _sort_of(board.items[id], changed)
        if sort:
            found[sort] += 1
    return Counts(**found, kept=kept)


def _sort_of(item: Item, changed: Mapping[str, Inverse]) -> str:
    if "removed" in changed:
        return "removals" if changed["removed"].value else "additions"
    if any(field in TEXTS for field in changed):
        return "rewordings"
    if all(field in PLACES for field in changed):
        same = all(item.fields.get(field) == one.value for field, one in changed.items())
        return "" if same else "moves"
    return "changes"


def portions(
    op: TakeBack, ids: Iterable[str], all_trails: Mapping[str, Trail], apart: Collection[str] = ()
) -> Iterator[TakeBack]:
    """The same op for a few of the items at a time, each with those deeds alone that touched them.

    Items `apart` are in none with others: a deed is taken of all that its portion names.
    """
    some: list[str] = []
    steps = 0
    for id in ids:
        its = sum(len(of) for of in all_trails[id].values())
        is_full = len(some) == PORTION or steps + its > MOST_STEPS
        if some and (is_full or (id in apart) is not (some[-1] in apart)):
            yield _portion(op, some, all_trails)
            some, steps = [], 0
        some.append(id)
        steps += its
    if some:
        yield _portion(op, some, all_trails)


def _portion(op: TakeBack, ids: list[str], all_trails: Mapping[str, Trail]) -> TakeBack:
    deeds = {seq for id in ids for steps in all_trails[id].values() for seq in steps}
    return TakeBack(op.act, op.person, tuple(sorted(deeds)), tuple(ids))
