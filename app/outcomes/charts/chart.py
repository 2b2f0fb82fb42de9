"""A reading as geometry: what lies where on the chart. The SVG template only prints it. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from app.outcomes.charts import flags, value_axis
from app.outcomes.charts.flags import Flag, FlagEvent
from app.outcomes.charts.line_labels import Label, line_labels
from app.outcomes.charts.markers import MARKERS, Shape, marker_path
from app.outcomes.charts.plot_area import SMALL, PlotArea, Scale, overlaps
from app.outcomes.measures import number_format
from app.outcomes.measures.measure import Definition, Target
from app.outcomes.readings.continuity import gap_between
from app.outcomes.readings.natural_range import NaturalRange, natural_range
from app.outcomes.readings.reading import Dot, LimitLines, Reading

SAID_BY_TICKS = ("", "%")
GAP_COLOUR = "#7d879a"  # of the dotted line over absent periods
LineKind = Literal["mean", "limit", "trial", "target", "aim"]


class Mark(Struct, frozen=True):
    """The marker of one value, as an SVG path. `hollow`: the value is provisional."""

    x: float
    y: float
    shape: Shape
    fill: str
    outline: str
    hollow: bool
    d: str


class PointGroup(Struct, frozen=True):
    """All marks of one look as one path, which is far quicker in a PDF. Circles are lines without length."""

    shape: Shape
    fill: str
    outline: str
    d: str


class LevelLine(Struct, frozen=True):
    """A horizontal line over some time: a mean, a limit or a target."""

    kind: LineKind
    x1: float
    x2: float
    y: float


class Stretch(Struct, frozen=True):
    """A piece of the line through the points. `special`: it leads to and along points of special cause.

    `gap`: it leads over absent periods.
    """

    d: str
    colour: str
    special: bool = False
    gap: bool = False


class Drawing(Struct, frozen=True):
    """All parts of one chart."""

    area: PlotArea
    stretches: tuple[Stretch, ...]
    level_lines: tuple[LevelLine, ...]
    marks: tuple[Mark, ...]
    point_groups: tuple[PointGroup, ...]
    gaps: tuple[float, ...]  # where a period has no value to show
    crosses: tuple[tuple[float, float], ...]  # over values that are left out of the limits
    line_labels: tuple[Label, ...]
    value_ticks: tuple[Label, ...]
    date_ticks: tuple[Label, ...]
    flags: tuple[Flag, ...]
    unit: Label | None = None  # over the axis of values, where its ticks do not say it


def draw(
    reading: Reading,
    definition: Definition,
    targets: Sequence[Target],
    events: Sequence[FlagEvent],
    area: PlotArea,
    also: Sequence[float] = (),
    holds: NaturalRange | None = None,
) -> Drawing:
    """The chart of one series; `targets` may begin and end, `events` come in order of time.

    `also` are values that have to fit besides, where charts share a scale; `holds` is the range of all.
    """
    area = area if events else area.without_flags
    unit = number_format.unit_words(definition)
    area = area.with_unit if unit not in SAID_BY_TICKS else area
    holds = holds or natural_range(definition, reading.points)
    scale = Scale(reading, targets, area, holds, also)
    ticks = value_axis.ticks(scale.low, scale.high, 6, whole=holds.whole)
    tick_words = number_format.tick_labels(definition, ticks)
    area = area.with_room_for(tick_words)
    scale = Scale(reading, targets, area, holds, also)
    labelled = zip(ticks, tick_words, strict=True)
    known = [dot for dot in reading.points if dot.value is not None]
    marks = tuple(_mark(dot, scale) for dot in known)
    return Drawing(
        area,
        tuple(_stretches(definition, reading.points, scale)),
        (*_level_lines(reading, scale), *_target_lines(targets, reading, scale)),
        marks,
        _point_groups(marks),
        tuple(scale.x(dot.start) for dot in reading.points if dot.value is None),
        tuple((mark.x, mark.y) for mark, dot in zip(marks, known, strict=True) if dot.excluded),
        () if area.name == SMALL.name else line_labels(reading, definition, targets, scale),
        tuple(Label(area.left - 8, scale.y(tick) + 4, words) for tick, words in labelled),
        tuple(Label(scale.x(day), area.height - 10, words) for day, words in scale.date_ticks()),
        flags.place([(scale.x(event.when), event) for event in events if scale.holds(event.when)], area),
        Label(4, area.top - 12, unit) if unit not in SAID_BY_TICKS else None,
    )


# -- lines -------------------------------------------------------------------------------------------


def _level_lines(reading: Reading, scale: Scale) -> Iterable[LevelLine]:
    if reading.chart == "run":
        return [
            LevelLine("mean", *_span(first, last, reading, scale), scale.y(median))
            for first, last, median in reading.medians
        ]
    drawn = [one for one in reading.segments if one.drawn != "none"]
    return [line for one in drawn for line in _limit_lines(one, reading, scale)]


def _limit_lines(one: LimitLines, reading: Reading, scale: Scale) -> Iterable[LevelLine]:
    x1, x2 = _span(one.first, one.last, reading, scale)
    kind: LineKind = "limit" if one.drawn == "full" else "trial"
    lines: list[tuple[LineKind, float | None]] = [(kind, one.upl), ("mean", one.mean), (kind, one.lpl)]
    drawn = [(name, line) for name, line in lines if line is not None and scale.range.holds(line)]
    return [LevelLine(name, x1, x2, scale.y(line)) for name, line in drawn]


def _span(first: date, last: date, reading: Reading, scale: Scale) -> tuple[float, float]:
    """From where to where a line of the periods from `first` to `last` is drawn."""
    left, right = scale.edges
    starts = [dot.start for dot in reading.points]
    following = [day for day in starts if day > last]
    x1 = left if first == starts[0] else _between(scale, first, starts)
    return x1, right if not following else _between(scale, following[0], starts)


def _between(scale: Scale, begins: date, starts: Sequence[date]) -> float:
    """Half-way between a period that begins a segment and the one before."""
    before = max(day for day in starts if day < begins)
    return round((scale.x(before) + scale.x(begins)) / 2, 1)


def _target_lines(targets: Sequence[Target], reading: Reading, scale: Scale) -> Iterable[LevelLine]:
    left, right = scale.edges
    for one in targets:
        if reading.points and overlaps(one, scale.first, scale.last):
            x1 = left if one.valid_from <= scale.first else scale.x(one.valid_from)
            ended = one.valid_to is not None and one.valid_to < scale.last
            x2 = scale.x(one.valid_to) if ended and one.valid_to else right
            yield LevelLine("target" if one.assures else "aim", x1, x2, scale.y(float(one.value)))


def _stretches(definition: Definition, dots: Sequence[Dot], scale: Scale) -> Iterable[Stretch]:
    """The line through neighbouring values, broken where one is missing; coloured where it is special.

    Where periods are absent between two values, a dotted line leads over the gap.
    """
    run: list[Dot] = []
    for dot in (*dots, None):
        if run and dot is not None and dot.value is not None and gap_between(definition, run[-1], dot):
            yield Stretch(_through([run[-1], dot], scale), GAP_COLOUR, gap=True)
        elif dot is not None and dot.value is not None:
            run.append(dot)
            continue
        if len(run) > 1:
            yield Stretch(_through(run, scale), "#5f6a7e")
            yield from _special(run, scale)
        run = [] if dot is None or dot.value is None else [dot]


def _special(run: Sequence[Dot], scale: Scale) -> Iterable[Stretch]:
    """The line to and along points of one special type."""
    begin = 1
    while begin < len(run):
        end = begin
        while end + 1 < len(run) and run[end + 1].type == run[begin].type:
            end += 1
        if run[begin].type != "common_cause":
            yield Stretch(_through(run[begin - 1 : end + 1], scale), MARKERS[run[begin].type].outline, True)
        begin = end + 1


def _through(run: Sequence[Dot], scale: Scale) -> str:
    return "M" + "L".join(f"{scale.x(dot.start)} {scale.y(float(dot.value or 0))}" for dot in run)


def _mark(dot: Dot, scale: Scale) -> Mark:
    sign = MARKERS[dot.type]
    x, y = scale.x(dot.start), scale.y(float(dot.value or 0))
    hollow = dot.status == "provisional" or bool(dot.excluded)
    d = marker_path(sign.shape, x, y, scale.area.marker_radius)
    return Mark(x, y, sign.shape, "#ffffff" if hollow else sign.fill, sign.outline, hollow, d)


def _point_groups(marks: Sequence[Mark]) -> tuple[PointGroup, ...]:
    looks = dict.fromkeys(_look(mark) for mark in marks)
    return tuple(
        PointGroup(*look, "".join(_point_path(mark) for mark in marks if _look(mark) == look))
        for look in looks
    )


def _look(mark: Mark) -> tuple[Shape, str, str]:
    return mark.shape, mark.fill, mark.outline


def _point_path(mark: Mark) -> str:
    return f"M{mark.x} {mark.y}h0" if mark.shape == "circle" else mark.d
