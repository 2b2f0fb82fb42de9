"""A series as small as a word: its line, its mean and its last point. Pure."""

from msgspec import Struct

from app.outcomes.charts.markers import MARKERS, marker_path
from app.outcomes.readings.reading import Reading

WIDTH, HEIGHT, MARGIN = 112.0, 30.0, 5.0
MOST_POINTS = 36  # points; what lies further back is not seen at this size


class Sparkline(Struct, frozen=True):
    """`lines` are broken where a value is missing. `mean` is None where none is drawn."""

    lines: tuple[str, ...]
    mean: float | None
    end: str
    fill: str
    outline: str


def sparkline(reading: Reading, most: int = MOST_POINTS) -> Sparkline | None:
    """Of the last points, `most` of them; None without any value."""
    dots = reading.points[-most:]
    values = [None if dot.value is None else float(dot.value) for dot in dots]
    known = [value for value in values if value is not None]
    if not known:
        return None
    centre = _centre(reading)
    low, high = min([*known, *centre]), max([*known, *centre])
    step = (WIDTH - 2 * MARGIN) / max(len(dots) - 1, 1)

    def y(value: float) -> float:
        return round(
            MARGIN + (HEIGHT - 2 * MARGIN) * ((high - value) / (high - low) if high > low else 0.5), 1
        )

    runs: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{MARGIN + i * step:.1f} {y(value)}")
    last = max(i for i, value in enumerate(values) if value is not None)
    sign = MARKERS[dots[last].type]
    end = marker_path(sign.shape, MARGIN + last * step, y(values[last] or 0), 3.2)
    lines = tuple("M" + "L".join(run) for run in runs if len(run) > 1)
    return Sparkline(lines, y(centre[0]) if centre else None, end, sign.fill, sign.outline)


def _centre(reading: Reading) -> list[float]:
    if reading.run and reading.run.median is not None:
        return [reading.run.median]
    mean = reading.segments[-1].mean if reading.segments and reading.segments[-1].drawn != "none" else None
    return [] if mean is None else [mean]
