"""The inequality panel as geometry: a dot and its interval for each group, on one scale. Pure."""

from zlib import crc32

from msgspec import Struct

from app.outcomes.charts.value_axis import padded_range, ticks
from app.outcomes.measures.number_format import difference, tick_labels
from app.outcomes.view.inequality import Category, Panel

WIDTH, LEFT, RIGHT, ROW_HEIGHT, TOP, BOTTOM = 720.0, 190.0, 170.0, 34.0, 12.0, 30.0


class GroupMark(Struct, frozen=True):
    """The dot of a group with its interval. `x` None: nothing to show, and the words of the group say why."""

    group: Category
    y: float
    x: float | None
    low: float | None
    high: float | None


class GroupChart(Struct, frozen=True):
    """The drawing in pixels, with its sentence. `overall` is where the line of everybody stands."""

    id: str
    panel: Panel
    height: float
    marks: tuple[GroupMark, ...]
    ticks: tuple[tuple[float, str], ...]
    overall: float | None
    sentence: str
    width: float = WIDTH
    left: float = LEFT
    right: float = WIDTH - RIGHT


def group_chart(panel: Panel) -> GroupChart:
    """The drawing of a panel."""
    values = [v for one in panel.groups for v in (one.value, one.low, one.high) if v is not None]
    values += [panel.overall] if panel.overall is not None else []
    own = [one.value for one in panel.groups if one.value is not None]
    whole = panel.definition.value_kind == "count" and all(value.is_integer() for value in own)
    low, high = padded_range(values, 0.08, whole=whole)

    def x(value: float | None) -> float | None:
        if value is None:
            return None
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low), 1)

    marks = tuple(
        GroupMark(one, TOP + ROW_HEIGHT * (place + 0.5), x(one.value), x(one.low), x(one.high))
        for place, one in enumerate(panel.groups)
    )
    levels = ticks(low, high, 5, whole=whole)
    at = [x(level) or 0.0 for level in levels]
    return GroupChart(
        f"g-{crc32(f'{panel.key} {panel.dimension}'.encode())}",
        panel,
        TOP + ROW_HEIGHT * len(marks) + BOTTOM,
        marks,
        tuple(zip(at, tick_labels(panel.definition, levels), strict=True)),
        x(panel.overall),
        _sentence(panel),
    )


def _sentence(panel: Panel) -> str:
    visible = [one for one in panel.groups if one.value is not None]
    if panel.gap is None:
        return f"{panel.label}: too few groups can be shown to see a gap."
    top = max(visible, key=lambda one: one.value or 0)
    bottom = min(visible, key=lambda one: one.value or 0)
    gap = difference(panel.definition, panel.gap, panel.places)
    return (
        f"{panel.label}: {top.words} for {top.category} and "
        f"{bottom.words} for {bottom.category}, a gap of {gap}."
    )
