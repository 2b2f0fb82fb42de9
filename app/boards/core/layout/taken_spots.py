"""Which spots of a list's grid cards lie on, kept up to date while one deed adds or moves many. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.boards.core.board import Board, Item, place_of
from app.boards.core.sizes import CARD_H, CARD_W, GAP

Grid = tuple[str, int, float]  # of which list, how many columns, and where the first row begins


class TakenSpots:
    """Counts of cards by the number of the spot, for each grid that was asked for. Drafts take none."""

    def __init__(self) -> None:
        self._counts: dict[Grid, Counter[int]] = {}

    def of(self, board: Board, grid: Grid) -> Counter[int]:
        """The spots that are taken now, with how many cards lie on each."""
        if grid not in self._counts:
            items = (board.items[id] for _, id in board.order.get(grid[0], ()))
            self._counts[grid] = Counter(spot for item in items for spot in _spots(item.fields, grid))
        return self._counts[grid]

    def follow(self, before: Item | None, after: Item) -> None:
        """An item has changed."""
        if self._counts and after.item == "card":
            for item, step in ((before, -1), (after, 1)):
                self._count(item, step)

    def _count(self, item: Item | None, step: int) -> None:
        place = place_of(item)
        for grid, counts in self._counts.items():
            if item is not None and place is not None and place[0] == grid[0]:
                for spot in _spots(item.fields, grid):
                    counts[spot] += step
                    if not counts[spot]:
                        del counts[spot]


def _spots(fields: dict[str, Any], grid: Grid) -> Iterator[int]:
    """The spots on which a card lies: one, or up to four where it lies askew."""
    _, columns, top = grid
    column, dx = divmod(fields["x"] - GAP, CARD_W + GAP)
    row, dy = divmod(fields["y"] - top, CARD_H + GAP)
    for beside in (0, 1):
        for down in (0, 1):
            near = (dx > GAP if beside else dx < CARD_W) and (dy > GAP if down else dy < CARD_H)
            if near and 0 <= column + beside < columns and row + down >= 0:
                yield int(row + down) * columns + int(column + beside)
