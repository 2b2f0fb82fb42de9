"""The signs of a chart: a shape and two colours for each type of point. Never colour alone. Pure.

The fills are those people know from NHS England's charts; the outlines have 3 to 1 on white and more, which
two of those fills have not.
"""

from itertools import pairwise
from typing import Literal

from msgspec import Struct

from app.outcomes.spc.icons import PointType

Shape = Literal["circle", "square", "diamond", "triangle_up", "triangle_down"]


class Marker(Struct, frozen=True):
    """How a type of point is drawn, and what it is called beside the chart."""

    shape: Shape
    fill: str
    outline: str
    words: str


MARKERS: dict[PointType, Marker] = {
    "common_cause": Marker("circle", "#a6a6a6", "#4a5468", "Expected variation"),
    "special_cause_improvement": Marker("square", "#00b0f0", "#1f5f9e", "Better than chance explains"),
    "special_cause_concern": Marker("diamond", "#e46c0a", "#8f3f00", "Worse than chance explains"),
    "special_cause_neutral_high": Marker("triangle_up", "#490092", "#490092", "Higher than chance explains"),
    "special_cause_neutral_low": Marker("triangle_down", "#490092", "#490092", "Lower than chance explains"),
}


def marker_path(shape: Shape, x: float, y: float, size: float) -> str:
    """The outline of a sign around (x, y); `size` is the radius of the circle, the others weigh as much."""
    if shape == "circle":
        r = size
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
    first, *others = CORNERS[shape]
    steps = pairwise((first, *others))
    # Each corner from the one before: half as long as places, and a page may have some hundred of these.
    sides = "".join(f"l{(bx - ax) * size:.1f} {(by - ay) * size:.1f}" for (ax, ay), (bx, by) in steps)
    return f"M{x + first[0] * size:.1f} {y + first[1] * size:.1f}{sides}z"


CORNERS: dict[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    "diamond": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    "triangle_up": ((0, -1.3), (1.25, 0.95), (-1.25, 0.95)),
    "triangle_down": ((0, 1.3), (1.25, -0.95), (-1.25, -0.95)),
}
