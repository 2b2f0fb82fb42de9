"""A board as a small drawing: its sections and cards as rectangles, for the list of boards. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from app.boards.core.layout.arrangement import arrange
from app.boards.core.sight import View

WIDE, HIGH, MARGIN = 220.0, 118.0, 10.0  # pixels
MOST = 120  # rectangles in one drawing; more could not be told apart


class Rectangle(Struct, frozen=True):
    """A rectangle in the drawing. `kind` is a kind of card, or "section"."""

    kind: str
    x: float
    y: float
    w: float
    h: float


def thumbnail(views: Iterable[View]) -> tuple[Rectangle, ...]:
    """The board drawn into WIDE x HIGH, sections first. Empty for an empty board."""
    boxes = _boxes(list(views))
    if not boxes:
        return ()
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    width = max(b.x + b.w for b in boxes) - left
    height = max(b.y + b.h for b in boxes) - top
    scale = min((WIDE - 2 * MARGIN) / max(width, 1), (HIGH - 2 * MARGIN) / max(height, 1), 0.28)
    dx, dy = (WIDE - width * scale) / 2, (HIGH - height * scale) / 2
    return tuple(_scaled(b, scale, dx - left * scale, dy - top * scale) for b in boxes[:MOST])


def _boxes(views: list[View]) -> list[Rectangle]:
    """Sections, then cards, as they are drawn on the canvas."""
    drawn = arrange(views)
    kinds = {view.id: view.fields["kind"] for view in views if view.item == "card"}
    return [Rectangle(kinds.get(id, "section"), box.x, box.y, box.w, box.h) for id, box in drawn.items()]


def _scaled(box: Rectangle, scale: float, dx: float, dy: float) -> Rectangle:
    x, y = round(box.x * scale + dx, 1), round(box.y * scale + dy, 1)
    return Rectangle(box.kind, x, y, round(max(box.w * scale, 2), 1), round(max(box.h * scale, 2), 1))
