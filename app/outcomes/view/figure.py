"""The chart of one series with what stands around it: legend, notes, events, the table behind it. Pure."""

from functools import cache, partial
from itertools import pairwise

from msgspec import Struct

from app.outcomes.charts import chart
from app.outcomes.charts.chart import GAP_COLOUR, Drawing
from app.outcomes.charts.markers import MARKERS, marker_path
from app.outcomes.charts.plot_area import NARROW, WIDE, PlotArea
from app.outcomes.measures.labels import LEFT_OUT
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import places_apart, quantity
from app.outcomes.readings.continuity import UNITS, gap_between
from app.outcomes.readings.natural_range import natural_range
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.icons import PointType
from app.outcomes.view.content import MeasureContent, MeasureEvent
from app.outcomes.view.look import ALL, Look, window_note, within
from app.outcomes.view.new_limits import NewLimits, suggestion
from app.outcomes.view.point_words import is_judged, words_of
from app.outcomes.view.series_view import PointView, SeriesView

CHART_NAMES = {"xmr": "XmR chart", "run": "Run chart", "line": "Line chart"}


class LegendItem(Struct, frozen=True):
    """A sign as it stands in the chart, with its words."""

    d: str
    fill: str
    outline: str
    words: str


class NumberedEvent(Struct, frozen=True):
    """Something that happened, with the number of its flag; 0 where it lies outside the time of the chart."""

    number: int
    event: MeasureEvent


class Figure(Struct, frozen=True):
    """A chart with what stands around it. `whose` is empty where it is the only one and of all together."""

    id: str
    title: str
    sentence: str
    wide: Drawing
    narrow: Drawing
    legend: tuple[LegendItem, ...]
    notes: tuple[str, ...]
    events: tuple[NumberedEvent, ...]
    points: tuple[PointView, ...]
    has_counts: bool  # whether the table has numerators and denominators
    whose: str = ""
    series: str = ""
    new_limits: NewLimits | None = None
    short_notes: tuple[str, ...] = ()  # for a small chart: the limits in few words


def figure(
    measure: MeasureContent,
    series: SeriesView,
    look: Look = ALL,
    small: PlotArea = NARROW,
    *,
    wide_only: bool = False,
) -> Figure:
    """The chart of one series that has periods; `wide_only`: it stands for the narrow one too."""
    reading, definition = within(series.reading, look), measure.definition
    first, last = reading.points[0], reading.points[-1]
    flagged = [event for event in measure.happened if first.start <= event.when <= last.start]
    flags = [event.flag for event in flagged]
    draw = partial(chart.draw, reading, definition, measure.targets, flags)
    holds = natural_range(definition, series.reading.points)
    wide = draw(WIDE, holds=holds)
    narrow = wide if wide_only else draw(small, holds=holds)
    numbers = {id(event): number for number, event in enumerate(flagged, 1)}
    return Figure(
        id=f"c-{series.row.series}",
        title=f"{CHART_NAMES[reading.chart]} of {definition.name}, {series.whose}, "
        f"{first.label} to {last.label}",
        sentence=series.reading.say,
        wide=wide,
        narrow=narrow,
        legend=_legend(reading, definition),
        notes=_notes(series, window_note(series.reading, reading, look), _limits_note(series)),
        short_notes=_notes(series, window_note(series.reading, reading, look), _limits_in_short(series)),
        events=tuple(NumberedEvent(numbers.get(id(event), 0), event) for event in measure.happened),
        points=series.points_of(reading),
        series=series.row.series,
        new_limits=suggestion(series.reading, measure.happened),
        has_counts=any(dot.denominator is not None for dot in reading.points),
    )


def _notes(series: SeriesView, window: str, limits: str) -> tuple[str, ...]:
    reading = series.reading
    return tuple(note for note in (window, reading.why, limits, *reading.notes) if note)


def _limits_in_short(series: SeriesView) -> str:
    """The mean or median, and the limits; empty without either."""
    limits = f", limits {series.limits}" if series.limits else ""
    return f"{series.centre_name} {series.centre}{limits}." if series.centre else ""


def _limits_note(series: SeriesView) -> str:
    """Where the limits in force lie, and from which values they come; empty without limits."""
    reading = series.reading
    if reading.chart != "xmr" or not reading.segments or reading.segments[-1].drawn == "none":
        return ""
    last = reading.segments[-1]
    begin = next(dot.label for dot in reading.points if dot.start == last.first)
    since = f" since {begin}" if len(reading.segments) > 1 else ""
    fixed = series.definition.fixed_after
    rows = [dot for dot in reading.points if dot.segment == len(reading.segments) - 1]
    made_of = sum(dot.counts for dot in rows[:fixed])
    count = f"the first {made_of}" if made_of < last.values else str(last.values)
    between = f": {series.limits}, around a mean of {series.centre}" if series.limits else ""
    kind = "Trial" if last.drawn == "trial" else "Process"
    return f"{kind} limits{since}, from {count} values{between}.{_beyond(series)}"


def _beyond(series: SeriesView) -> str:
    """Which limit lies where no value of the measure can be; the chart does not show it."""
    definition, reading = series.definition, series.reading
    holds, last = natural_range(definition, reading.points), reading.segments[-1]
    limits = (("lower", "below", last.lpl, holds.low), ("upper", "above", last.upl, holds.high))
    said = []
    for name, side, limit, end in limits:
        if limit is not None and end is not None and not holds.holds(limit):
            computed = quantity(definition, limit, places_apart(definition, (limit, end)))
            lies = f"no value lies {side} {quantity(definition, end, 0)}"
            said.append(f" The {name} limit as computed is {computed}; {lies}.")
    return "".join(said)


def _legend(reading: Reading, definition: Definition) -> tuple[LegendItem, ...]:
    """The signs that are in the chart, and no others, in the words of its kind of chart."""
    dots = reading.points
    drawn = [dot for dot in dots if dot.value is not None and not dot.excluded]
    # One sign has one meaning: where some values have limits, those without are not named beside them.
    words = {dot.type: words_of(reading, dot) for dot in sorted(drawn, key=partial(is_judged, reading))}
    items = [_legend_item(type, words[type]) for type in MARKERS if type in words]
    if any(dot.status == "provisional" and dot.value is not None for dot in dots):
        sign = MARKERS["common_cause"]
        items.append(LegendItem(marker_path("circle", 8, 8, 4.6), "#ffffff", sign.outline, "Provisional"))
    if any(dot.value is None for dot in dots):
        items.append(LegendItem("M5 5l6 6m0 -6l-6 6", "none", "#5b6679", "No value to show"))
    if any(dot.excluded and dot.value is not None for dot in dots):
        items.append(
            LegendItem("M3 3l10 10m0 -10l-10 10", "none", "#1d2433", LEFT_OUT[reading.chart].capitalize())
        )
    if any(gap_between(definition, *pair) for pair in pairwise(dots)):
        unit = UNITS[definition.frequency]
        items.append(LegendItem("M1 8h2m3 0h2m3 0h2m3 0", "none", GAP_COLOUR, f"No {unit} between"))
    return tuple(items)


@cache
def _legend_item(type: PointType, words: str) -> LegendItem:
    sign = MARKERS[type]
    return LegendItem(marker_path(sign.shape, 8, 8, 4.6), sign.fill, sign.outline, words)
