"""A `Reading` as geometry: what lies where on the sheet. The SVG template only prints it. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from app.outcomes.charts import flags, value_axis
from app.outcomes.charts.flags import Flag, FlagEvent
from app.outcomes.charts.line_labels import Label, labels
from app.outcomes.charts.markers import SIGNS, Shape, path
from app.outcomes.charts.plot_area import PlotArea, Scale, overlaps
from app.outcomes.measures import number_format
from app.outcomes.measures.measure import Definition, Target
from app.outcomes.readings.reading import Dot, LimitLines, Reading

RuleKind = Literal["mean", "limit", "trial", "target", "aim"]


class Mark(Struct, frozen=True):
    """A point. `hollow`: provisional."""

    x: float
    y: float
    shape: Shape
    fill: str
    outline: str
    hollow: bool
    d: str


class Points(Struct, frozen=True):
    """All points of one look as one path, which is far quicker in a PDF; circles are dots with round ends."""

    shape: Shape
    fill: str
    outline: str
    d: str


class LevelLine(Struct, frozen=True):
    """A level line over a stretch of time."""

    kind: RuleKind
    x1: float
    x2: float
    y: float


class Stretch(Struct, frozen=True):
    """A piece of the line through the points."""

    d: str
    colour: str
    special: bool = False


class Drawing(Struct, frozen=True):
    """Everything on one sheet."""

    sheet: PlotArea
    stretches: tuple[Stretch, ...]
    rules: tuple[LevelLine, ...]
    marks: tuple[Mark, ...]
    points: tuple[Points, ...]
    gaps: tuple[float, ...]  # where a period has no value to show
    labels: tuple[Label, ...]
    levels: tuple[Label, ...]
    dates: tuple[Label, ...]
    flags: tuple[Flag, ...]


def draw(
    found: Reading,
    definition: Definition,
    targets: Sequence[Target],
    notes: Sequence[FlagEvent],
    sheet: PlotArea,
) -> Drawing:
    """The chart of one series; `targets` may begin and end, `notes` are what happened, in order of time."""
    sheet = sheet if notes else sheet.without_flags
    frame = Scale(found, targets, sheet)
    levels = value_axis.ticks(frame.low, frame.high, 6)
    words = number_format.tick_labels(definition, levels)
    sheet = sheet.with_room_for(words)
    frame = Scale(found, targets, sheet)
    rules = (*_rules(found, frame), *_targets(targets, found, frame))
    known = [dot for dot in found.points if dot.value is not None]
    marks = tuple(_mark(dot, frame) for dot in known)
    return Drawing(
        sheet,
        tuple(_stretches(found.points, frame)),
        rules,
        marks,
        _points(marks),
        tuple(frame.x(dot.start) for dot in found.points if dot.value is None),
        labels(found, definition, targets, frame),
        tuple(
            Label(sheet.left - 8, frame.y(level) + 4, word) for level, word in zip(levels, words, strict=True)
        ),
        tuple(Label(frame.x(day), sheet.height - 10, word) for day, word in frame.dates()),
        flags.place([(frame.x(note.when), note) for note in notes if frame.holds(note.when)], sheet),
    )


# -- lines -------------------------------------------------------------------------------------------


def _rules(found: Reading, frame: Scale) -> Iterable[LevelLine]:
    if found.chart == "run" and found.run and found.run.median is not None:
        return [LevelLine("mean", *frame.edges, frame.y(found.run.median))]
    drawn = [one for one in found.segments if one.drawn != "none"]
    return [rule for one in drawn for rule in _limits(one, found, frame)]


def _limits(one: LimitLines, found: Reading, frame: Scale) -> Iterable[LevelLine]:
    left, right = frame.edges
    starts = [dot.start for dot in found.points]
    following = [day for day in starts if day > one.last]
    x1 = left if one.first == starts[0] else _between(frame, one.first, starts)
    x2 = right if not following else _between(frame, following[0], starts)
    kind: RuleKind = "limit" if one.drawn == "full" else "trial"
    lines: list[tuple[RuleKind, float | None]] = [(kind, one.upl), ("mean", one.mean), (kind, one.lpl)]
    return [LevelLine(name, x1, x2, frame.y(line)) for name, line in lines if line is not None]


def _between(frame: Scale, begins: date, starts: Sequence[date]) -> float:
    """Half-way between a period that begins a segment and the one before."""
    before = max(day for day in starts if day < begins)
    return round((frame.x(before) + frame.x(begins)) / 2, 1)


def _targets(targets: Sequence[Target], found: Reading, frame: Scale) -> Iterable[LevelLine]:
    left, right = frame.edges
    for one in targets:
        if found.points and overlaps(one, frame.first, frame.last):
            x1 = left if one.valid_from <= frame.first else frame.x(one.valid_from)
            ended = one.valid_to is not None and one.valid_to < frame.last
            x2 = frame.x(one.valid_to) if ended and one.valid_to else right
            yield LevelLine("target" if one.assures else "aim", x1, x2, frame.y(float(one.value)))


def _stretches(dots: Sequence[Dot], frame: Scale) -> Iterable[Stretch]:
    """The line through neighbouring values, broken where one is missing; coloured where it is special."""
    run: list[Dot] = []
    for dot in (*dots, None):
        if dot is not None and dot.value is not None:
            run.append(dot)
            continue
        if len(run) > 1:
            yield Stretch(_through(run, frame), "#5f6a7e")
            yield from _special(run, frame)
        run = []


def _special(run: Sequence[Dot], frame: Scale) -> Iterable[Stretch]:
    """The way into and along points of one special type."""
    begin = 1
    while begin < len(run):
        end = begin
        while end + 1 < len(run) and run[end + 1].type == run[begin].type:
            end += 1
        if run[begin].type != "common_cause":
            yield Stretch(_through(run[begin - 1 : end + 1], frame), SIGNS[run[begin].type].outline, True)
        begin = end + 1


def _through(run: Sequence[Dot], frame: Scale) -> str:
    return "M" + "L".join(f"{frame.x(dot.start)} {frame.y(float(dot.value or 0))}" for dot in run)


def _mark(dot: Dot, frame: Scale) -> Mark:
    sign = SIGNS[dot.type]
    x, y = frame.x(dot.start), frame.y(float(dot.value or 0))
    hollow = dot.status == "provisional"
    d = path(sign.shape, x, y, frame.sheet.size)
    return Mark(x, y, sign.shape, "#ffffff" if hollow else sign.fill, sign.outline, hollow, d)


def _points(marks: Sequence[Mark]) -> tuple[Points, ...]:
    looks = dict.fromkeys(_look(mark) for mark in marks)
    return tuple(Points(*look, "".join(_d(mark) for mark in marks if _look(mark) == look)) for look in looks)


def _look(mark: Mark) -> tuple[Shape, str, str]:
    return mark.shape, mark.fill, mark.outline


def _d(mark: Mark) -> str:
    return f"M{mark.x} {mark.y}h0" if mark.shape == "circle" else mark.d
