"""The words at the right end of a chart: what each line is, and where it lies now. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from app.outcomes.charts.plot_area import PlotArea, Scale
from app.outcomes.measures.measure import Definition, Target
from app.outcomes.measures.number_format import number
from app.outcomes.readings.narrative import places_of
from app.outcomes.readings.reading import Reading

TARGET_WORDS = {"standard": "Target", "ambition": "Ambition", "trajectory": "Path"}
LABEL_GAP = 18.0


class Label(Struct, frozen=True):
    """Words at a place. `kind` is that of the line they belong to, or "now" for the latest value."""

    x: float
    y: float
    words: str
    kind: str = ""


def line_labels(
    reading: Reading, definition: Definition, targets: Sequence[Target], scale: Scale
) -> tuple[Label, ...]:
    """What each line is and where it lies now, at its end, pushed apart where they would touch."""
    lines = _line_words(reading, scale) if _has_room(reading, scale) else []
    wanted = [*lines, *_target_words(targets, scale)]
    if scale.area.labels_outside and reading.latest and reading.latest.value is not None:
        wanted.append(("Latest", float(reading.latest.value), "now"))
    places = places_of(definition, reading, [float(one.value) for one in targets])
    x = scale.edges[1] + 10 if scale.area.labels_outside else scale.edges[1]
    rise = 4.0 if scale.area.labels_outside else -5.0
    placed = _spread([(scale.y(value) + rise, word, value, kind) for word, value, kind in wanted], scale.area)
    return tuple(
        Label(x, y, f"{word} {number(definition, value, places)}", kind) for y, word, value, kind in placed
    )


def _has_room(reading: Reading, scale: Scale) -> bool:
    """On a narrow area words lie over the lines: not where a line begins so late that they would hide it.

    The sentence below the chart says the same.
    """
    if scale.area.labels_outside or not reading.segments:
        return True
    left, right = scale.edges
    return scale.x(reading.segments[-1].first) < (left + right) / 2


def _line_words(reading: Reading, scale: Scale) -> list[tuple[str, float, str]]:
    if reading.chart == "run" and reading.run and reading.run.median is not None:
        return [("Median", reading.run.median, "mean")]
    if not reading.segments or reading.segments[-1].drawn == "none":
        return []
    last = reading.segments[-1]
    trial, kind = ("Trial ", "trial") if last.drawn == "trial" else ("", "limit")
    upper, lower = ("Trial upper", "Trial lower") if trial else ("Upper limit", "Lower limit")
    lines = [(upper, last.upl, kind), ("Mean", last.mean, "mean"), (lower, last.lpl, kind)]
    return [(word, line, name) for word, line, name in lines if line is not None and scale.range.holds(line)]


def _target_words(targets: Sequence[Target], scale: Scale) -> list[tuple[str, float, str]]:
    now = [one for one in targets if one.valid_from <= scale.last]
    now = [one for one in now if one.valid_to is None or one.valid_to >= scale.last]
    return [
        (TARGET_WORDS[one.kind], float(one.value), "target" if one.assures else "aim")
        for one in {(one.kind, one.value): one for one in now}.values()
    ]


PlacedLabel = tuple[float, str, float, str]  # y, words, value, kind


def _spread(wanted: list[PlacedLabel], area: PlotArea) -> list[PlacedLabel]:
    """The labels from top to bottom, none closer to the next than a line of text."""
    placed: list[PlacedLabel] = []
    for y, *rest in sorted(wanted, key=lambda one: (one[0], one[1])):
        low = placed[-1][0] + LABEL_GAP if placed else area.top - 6
        placed.append((max(y, low), *rest))  # type: ignore[arg-type]
    floor = area.height - area.bottom + 8
    for i in reversed(range(len(placed))):
        y, *rest = placed[i]
        placed[i] = (min(y, floor), *rest)  # type: ignore[assignment]
        floor = placed[i][0] - LABEL_GAP
    return placed
