"""A series as small as a word: its line, its mean and its last point. Pure."""

from msgspec import Struct

from app.outcomes.charts.markers import SIGNS, path
from app.outcomes.readings.reading import Reading

WIDE, HIGH, EDGE = 112.0, 30.0, 5.0
MOST = 36  # points; what lies further back is not seen at this size


class Sparkline(Struct, frozen=True):
    """`lines` are broken where a value is missing. `mean` is None where none is drawn."""

    lines: tuple[str, ...]
    mean: float | None
    end: str
    fill: str
    outline: str


def sparkline(found: Reading) -> Sparkline | None:
    """None without any value."""
    dots = found.points[-MOST:]
    values = [None if dot.value is None else float(dot.value) for dot in dots]
    known = [value for value in values if value is not None]
    if not known:
        return None
    centre = _centre(found)
    low, high = min([*known, *centre]), max([*known, *centre])
    step = (WIDE - 2 * EDGE) / max(len(dots) - 1, 1)

    def y(value: float) -> float:
        return round(EDGE + (HIGH - 2 * EDGE) * ((high - value) / (high - low) if high > low else 0.5), 1)

    runs: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{EDGE + i * step:.1f} {y(value)}")
    last = max(i for i, value in enumerate(values) if value is not None)
    sign = SIGNS[dots[last].type]
    end = path(sign.shape, EDGE + last * step, y(values[last] or 0), 3.2)
    lines = tuple("M" + "L".join(run) for run in runs if len(run) > 1)
    return Sparkline(lines, y(centre[0]) if centre else None, end, sign.fill, sign.outline)


def _centre(found: Reading) -> list[float]:
    if found.run and found.run.median is not None:
        return [found.run.median]
    mean = found.segments[-1].mean if found.segments and found.segments[-1].drawn != "none" else None
    return [] if mean is None else [mean]
