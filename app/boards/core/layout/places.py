"""Where a section comes that was given no place, and where the cards of a removed section stay."""

from collections.abc import Iterable, Iterator
from itertools import count
from math import ceil, floor

from app.boards.core.board import OUTSIDE, SECTIONS, Board, Item
from app.boards.core.layout import arrangement
from app.boards.core.layout.arrangement import Box
from app.boards.core.ops import FREE
from app.boards.core.sizes import BESIDE, CARD_H, HEADING, MOST_LOOSE, TOP

IN_A_ROW = 3  # sections side by side, before the next row begins


def section_place(board: Board, w: float, h: float) -> tuple[float, float]:
    """The first spot of a wide grid where a section of this size lies on nothing that everyone sees."""
    boxes = _taken(board)
    if len(boxes) > MOST_LOOSE:
        return 0.0, _bottom(boxes) + HEADING
    taken = {spot for box in boxes for spot in _spots(box, w, h)}
    spot = next(i for i in count() if i not in taken)
    return spot % IN_A_ROW * (w + BESIDE), spot // IN_A_ROW * (h + HEADING)


def left_behind(board: Board, section: Item, cards: Iterable[Item]) -> dict[str, tuple[float, float]]:
    """By id, where on the board its `cards` stay when a section goes: those everyone sees, then drafts.

    They stay where they were to the eye. A grid that had grown beyond its frame would leave them on what it
    had pushed down: they keep their rows, below all. The place of a draft tells nothing of others' drafts.
    """
    x, y = section.fields["x"], section.fields["y"]
    if section.fields["layout"] == FREE:
        return {card.id: (card.fields["x"] + x, card.fields["y"] + y) for card in cards}
    shown: list[Item] = []
    of: dict[str, list[Item]] = {}
    for card in cards:
        shown.append(card) if card.shown is not None else of.setdefault(card.owner, []).append(card)
    if _rows(section, shown).h > section.fields["h"]:
        y = TOP + _bottom(_taken(board))
    groups = [shown, *(shown + own for own in of.values())]
    boxes = {
        card.id: box for group in groups for card, box in zip(group, _rows(section, group).boxes, strict=True)
    }
    return {id: (x + box.x, y + box.y) for id, box in boxes.items()}


def _rows(section: Item, cards: list[Item]) -> arrangement.Grid:
    return arrangement.grid(section.fields["w"], [(card.fields["w"], CARD_H) for card in cards])


def _taken(board: Board) -> list[Box]:
    """The boxes of all sections, and of the cards outside them that everyone sees."""
    sections = [board.items[id].fields for _, id in board.order.get(SECTIONS, ())]
    cards = [board.items[id].fields for _, id in board.order.get(OUTSIDE, ())]
    frames = [Box(f["x"], f["y"], f["w"], f["h"]) for f in sections]
    return frames + [Box(f["x"], f["y"], f["w"], CARD_H) for f in cards]


def _bottom(boxes: list[Box]) -> float:
    return max((box.y + box.h for box in boxes), default=0.0)


def _spots(box: Box, w: float, h: float) -> Iterator[int]:
    """The spots where a section of this size, with room around it for headings, would reach over the box."""
    step = h + HEADING
    first, end = max(0, floor(box.y / step)), ceil((box.y + box.h + HEADING) / step)
    for column in range(IN_A_ROW):
        x = column * (w + BESIDE)
        if x < box.x + box.w + BESIDE and box.x < x + w + BESIDE:
            yield from range(first * IN_A_ROW + column, end * IN_A_ROW + column, IN_A_ROW)
