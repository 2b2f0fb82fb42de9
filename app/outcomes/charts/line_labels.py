"""The words at the right end of a chart: what each line is, and where it lies now. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from app.outcomes.charts.plot_area import PlotArea, Scale
from app.outcomes.measures.measure import Definition, Target
from app.outcomes.measures.number_format import number
from app.outcomes.readings.reading import Reading

TARGET_WORDS = {"standard": "Target", "ambition": "Ambition", "trajectory": "Path"}
LABEL_GAP = 18.0


class Label(Struct, frozen=True):
    """Words at a place. `kind` is the kind of rule they belong to, or "now" for the latest value."""

    x: float
    y: float
    words: str
    kind: str = ""


def labels(
    found: Reading, definition: Definition, targets: Sequence[Target], frame: Scale
) -> tuple[Label, ...]:
    """What each line is and where it lies now, at its end, pushed apart where they would touch."""
    lines = _line_words(found) if _has_room(found, frame) else []
    wanted = [*lines, *_target_words(targets, frame)]
    if frame.sheet.ends and found.latest and found.latest.value is not None:
        wanted.append(("Latest", float(found.latest.value), "now"))
    x = frame.edges[1] + 10 if frame.sheet.ends else frame.edges[1]
    rise = 4.0 if frame.sheet.ends else -5.0
    placed = _apart([(frame.y(value) + rise, word, value, kind) for word, value, kind in wanted], frame.sheet)
    return tuple(Label(x, y, f"{word} {number(definition, value)}", kind) for y, word, value, kind in placed)


def _has_room(found: Reading, frame: Scale) -> bool:
    """On a narrow sheet words lie over the lines: not where these begin so late that they would hide them.

    The sentence below the chart says the same.
    """
    if frame.sheet.ends or not found.segments:
        return True
    left, right = frame.edges
    return frame.x(found.segments[-1].first) < (left + right) / 2


def _line_words(found: Reading) -> list[tuple[str, float, str]]:
    if found.chart == "run" and found.run and found.run.median is not None:
        return [("Median", found.run.median, "mean")]
    if not found.segments or found.segments[-1].drawn == "none":
        return []
    last = found.segments[-1]
    trial, kind = ("Trial ", "trial") if last.drawn == "trial" else ("", "limit")
    upper, lower = ("Trial upper", "Trial lower") if trial else ("Upper limit", "Lower limit")
    lines = [(upper, last.upl, kind), ("Mean", last.mean, "mean"), (lower, last.lpl, kind)]
    return [(word, line, name) for word, line, name in lines if line is not None]


def _target_words(targets: Sequence[Target], frame: Scale) -> list[tuple[str, float, str]]:
    now = [one for one in targets if one.valid_from <= frame.last]
    now = [one for one in now if one.valid_to is None or one.valid_to >= frame.last]
    return [
        (TARGET_WORDS[one.kind], float(one.value), "target" if one.assures else "aim")
        for one in {(one.kind, one.value): one for one in now}.values()
    ]


Placed = tuple[float, str, float, str]


def _apart(wanted: list[Placed], sheet: PlotArea) -> list[Placed]:
    """In their order from top to bottom, none nearer to the next than a line of text."""
    placed: list[Placed] = []
    for y, *rest in sorted(wanted, key=lambda one: (one[0], one[1])):
        low = placed[-1][0] + LABEL_GAP if placed else sheet.top - 6
        placed.append((max(y, low), *rest))  # type: ignore[arg-type]
    floor = sheet.height - sheet.bottom + 8
    for i in reversed(range(len(placed))):
        y, *rest = placed[i]
        placed[i] = (min(y, floor), *rest)  # type: ignore[assignment]
        floor = placed[i][0] - LABEL_GAP
    return placed
