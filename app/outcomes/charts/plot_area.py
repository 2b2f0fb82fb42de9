"""The area that a chart is drawn on, and the scale that takes days and values to places in it. Pure.

There is a wide one, and a narrow one for phones, so that no word gets smaller than 12 pixels.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.outcomes.charts import date_axis
from app.outcomes.charts.value_axis import padded_range
from app.outcomes.measures.measure import Target
from app.outcomes.readings.natural_range import NaturalRange
from app.outcomes.readings.reading import Reading

UNIT_LINE = 18  # pixels: clear of a tick at the top
ENDLESS = NaturalRange()


class PlotArea(NamedTuple):
    """Size and margins in pixels, and how many dates have room below."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    marker_radius: float
    most_dates: int
    labels_outside: bool  # whether the labels of lines stand in the right margin, else over the lines

    @property
    def without_flags(self) -> "PlotArea":
        """The same without the room for flags at the top."""
        return self._replace(top=18, height=self.height - self.top + 18)

    @property
    def with_unit(self) -> "PlotArea":
        """The same with a line of words over the axis of values."""
        return self._replace(top=self.top + UNIT_LINE, height=self.height + UNIT_LINE)

    def with_room_for(self, labels: Sequence[str]) -> "PlotArea":
        """The same with a left margin that holds the longest of these words, beside their ticks."""
        longest = max((len(word) for word in labels), default=0)
        return self._replace(left=max(self.left, 12 + 8.6 * longest))


SMALL = PlotArea("small", 300, 190, 42, 12, 44, 30, 2.8, 3, False)
PAPER = SMALL._replace(height=174)  # three in a row, four rows on a page
WIDE = PlotArea("wide", 880, 350, 50, 150, 48, 34, 4.6, 9, True)
NARROW = PlotArea("narrow", 360, 330, 42, 12, 44, 32, 4.2, 4, False)


class Scale:
    """Days and values to places on the area, in pixels from its upper left corner."""

    def __init__(
        self,
        reading: Reading,
        targets: Sequence[Target],
        area: PlotArea,
        holds: NaturalRange = ENDLESS,
        also: Sequence[float] = (),
    ) -> None:
        self.area, self.range = area, holds
        days = [dot.start for dot in reading.points] or [date(2000, 1, 1)]
        self.first, self.last = min(days), max(days)
        values = [*_values(reading, targets, self.first, self.last, holds), *also]
        low, high = padded_range(values, 0.07, whole=holds.whole)
        self.low, self.high = holds.nearest(low), holds.nearest(high)
        self._inset = 12.0

    def x(self, day: date) -> float:
        area, span = self.area, (self.last - self.first).days
        wide = area.width - area.left - area.right - 2 * self._inset
        share = (day - self.first).days / span if span else 0.5
        return round(area.left + self._inset + wide * min(max(share, 0), 1), 1)

    def y(self, value: float) -> float:
        area = self.area
        tall = area.height - area.top - area.bottom
        return round(area.top + tall * (self.high - value) / (self.high - self.low), 1)

    @property
    def edges(self) -> tuple[float, float]:
        """The left and right end of the lines."""
        return self.area.left, self.area.width - self.area.right

    def holds(self, day: date) -> bool:
        """Whether a day is within the time of the chart."""
        return self.first <= day <= self.last

    def date_ticks(self) -> list[tuple[date, str]]:
        return date_axis.ticks(self.first, self.last, self.area.most_dates)


def _values(
    reading: Reading, targets: Sequence[Target], first: date, last: date, holds: NaturalRange
) -> list[float]:
    """The values that have to fit: of the points, the lines and the targets of that time.

    Lines where no value can be are not drawn.
    """
    values = [float(dot.value) for dot in reading.points if dot.value is not None]
    lines = [line for s in reading.segments if s.drawn != "none" for line in (s.lpl, s.mean, s.upl)]
    lines += [median for _, _, median in reading.medians]
    target_values = [float(one.value) for one in targets if overlaps(one, first, last)]
    drawn = [line for line in (*lines, *target_values) if line is not None and holds.holds(line)]
    return [*values, *drawn]


def overlaps(target: Target, first: date, last: date) -> bool:
    """Whether a target holds on some of these days."""
    return target.valid_from <= last and (target.valid_to is None or target.valid_to >= first)
