"""Where a section comes that was given no place, and where the cards of a removed section stay."""

from collections.abc import Iterable

from app.boards.core import arrangement
from app.boards.core.arrangement import Box
from app.boards.core.board import OUTSIDE, SECTIONS, Board, Item
from app.boards.core.ops import FREE
from app.boards.core.sizes import BESIDE, CARD_H, HEADING, MOST_LOOSE, TOP

IN_A_ROW = 3  # sections side by side, before the next row begins


def section_place(board: Board, w: float, h: float) -> tuple[float, float]:
    """The first spot of a wide grid where a section of this size lies on nothing that everyone sees."""
    taken = _taken(board)
    if len(taken) > MOST_LOOSE:
        return 0.0, _bottom(taken) + HEADING
    spots = [(i % IN_A_ROW * (w + BESIDE), i // IN_A_ROW * (h + HEADING)) for i in range(4 * len(taken) + 1)]
    free = (spot for spot in spots if not any(_touch(Box(*spot, w, h), box) for box in taken))
    return next(free, (0.0, _bottom(taken) + HEADING))


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


def _touch(section: Box, other: Box) -> bool:
    """Whether the section, with room around it for headings, reaches over another box."""
    beside = section.x < other.x + other.w + BESIDE and other.x < section.x + section.w + BESIDE
    return beside and section.y < other.y + other.h + HEADING and other.y < section.y + section.h + HEADING
