"""Where sections and cards are drawn: a grid lays its cards out, and pushes what is below it down. Pure.

This is worked out for each viewer from what they see, and stored nowhere. The browser does the same with the
heights that it has measured: tests/boards/arrangement_examples.json holds both to the same examples.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import ceil, floor
from typing import Any

from msgspec import Struct

from app.boards.core.ops import FREE
from app.boards.core.sight import View
from app.boards.core.sizes import CARD_H, CARD_W, GAP, GUTTER, HEADING, MOST_LOOSE


class Box(Struct, frozen=True):
    """A rectangle in pixels: of a card in a section from the corner of that, else from the board's."""

    x: float
    y: float
    w: float
    h: float


class Grid(Struct, frozen=True):
    """Where each card of a grid lies in its section, and how tall the section has to be for them."""

    boxes: tuple[Box, ...]
    h: float


class Block(Struct, frozen=True):
    """What can push and be pushed: a section, or a card outside all. `box` is as stored, `h` as drawn.

    `room` is what is left free between it and what pushes it, unless it lay closer already.
    """

    box: Box
    h: float
    room: float


def grid(width: float, cards: Iterable[tuple[float, float]]) -> Grid:
    """Cards, given by width and height, in rows of equal columns. A wide card takes several columns."""
    columns = max(1, floor((width - GUTTER) / (CARD_W + GUTTER)))
    step = floor((width - GUTTER) / columns)  # from column to column
    boxes: list[Box] = []
    column, top, tallest = 0, GUTTER, 0.0
    for w, h in cards:
        span = min(columns, ceil(w / (CARD_W + GUTTER)))
        if column + span > columns:
            column, top, tallest = 0, top + tallest + GUTTER, 0.0
        boxes.append(Box(GUTTER + column * step, top, span * step - GUTTER, h))
        column, tallest = column + span, max(tallest, h)
    return Grid(tuple(boxes), top + tallest + GUTTER if boxes else 0.0)


def push(blocks: list[Block]) -> list[float]:
    """Where the top of each is drawn. Of those that have the same corner, the earlier one comes first."""
    corners = Counter((block.box.x, block.box.y) for block in blocks)
    tops = [block.box.y for block in blocks]
    pushing: list[int] = []
    for i in sorted(range(len(blocks)), key=lambda i: blocks[i].box.y):
        block = blocks[i]
        tops[i] = max([tops[i], *(_least(blocks[j], tops[j], block) for j in pushing)])
        if tops[i] + block.h > block.box.y + block.box.h or corners[block.box.x, block.box.y] > 1:
            pushing.append(i)
    return tops


def _least(high: Block, top: float, low: Block) -> float:
    """How far down `low` has to be for `high`, which is drawn at `top`."""
    a, b = high.box, low.box
    if a.x >= b.x + b.w or b.x >= a.x + a.w:
        return b.y
    if a.x == b.x and a.y == b.y:
        return top + high.h + low.room
    if b.y < a.y + a.h / 2:
        return b.y  # side by side, or one within the other, by somebody's hand
    return top + high.h + min(b.y - (a.y + a.h), low.room)


def arrange(views: Iterable[View]) -> dict[str, Box]:
    """The boxes on the board of all sections and cards, by id, sections first; cards of nominal height."""
    ordered = sorted(views, key=lambda view: (view.fields.get("order", ""), view.id))
    sections = {view.id: view.fields for view in ordered if view.item == "section"}
    cards: dict[str, list[View]] = {id: [] for id in ("", *sections)}
    for view in ordered:
        if view.item == "card":
            cards[view.fields["section"] if view.fields["section"] in sections else ""].append(view)
    inside = {id: _inside(fields, cards[id]) for id, fields in sections.items()}
    loose = _as_stored(cards[""])
    blocks = {id: _section(fields, inside[id].h) for id, fields in sections.items()}
    if len(loose.boxes) <= MOST_LOOSE:
        blocks |= {card.id: Block(box, box.h, GAP) for card, box in zip(cards[""], loose.boxes, strict=True)}
    tops = dict(zip(blocks, push(list(blocks.values())), strict=True))
    placed = {id: Box(block.box.x, tops[id], block.box.w, block.h) for id, block in blocks.items()}
    for card, box in zip(cards[""], loose.boxes, strict=True):
        placed.setdefault(card.id, box)
    for id, grid_ in inside.items():
        for card, box in zip(cards[id], grid_.boxes, strict=True):
            placed[card.id] = Box(placed[id].x + box.x, placed[id].y + box.y, box.w, box.h)
    return placed


def _inside(section: Mapping[str, Any], cards: list[View]) -> Grid:
    if section["layout"] == FREE:
        return _as_stored(cards)
    return grid(section["w"], [(card.fields["w"], CARD_H) for card in cards])


def _as_stored(cards: list[View]) -> Grid:
    """Cards where somebody put them. They make no section taller."""
    boxes = (Box(card.fields["x"], card.fields["y"], card.fields["w"], CARD_H) for card in cards)
    return Grid(tuple(boxes), 0.0)


def _section(section: Mapping[str, Any], h: float) -> Block:
    box = Box(section["x"], section["y"], section["w"], section["h"])
    return Block(box, max(box.h, h), HEADING)
