"""The paper that a chart is drawn on: days and values to places. Pure.

Two sheets: a wide one, and a narrow one for phones, so that no word gets smaller than 12 pixels.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.outcomes.charts import date_axis
from app.outcomes.measures.measure import Target
from app.outcomes.readings.reading import Reading


class PlotArea(NamedTuple):
    """The paper: its size and margins, how large a point is, and how many ticks it has room for."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    size: float
    across: int
    ends: bool  # whether labels have a margin of their own at the right end

    @property
    def without_flags(self) -> "PlotArea":
        """The same without the room for flags at the top."""
        return self._replace(top=18, height=self.height - self.top + 18)

    def with_room_for(self, levels: Sequence[str]) -> "PlotArea":
        """The same with a left margin that holds the longest of these words, beside their ticks."""
        longest = max((len(word) for word in levels), default=0)
        return self._replace(left=max(self.left, 12 + 8.6 * longest))


WIDE = PlotArea("wide", 880, 350, 50, 150, 48, 34, 4.6, 9, True)
NARROW = PlotArea("narrow", 360, 330, 42, 12, 44, 32, 4.2, 4, False)


class Scale:
    """Days and values to places on the sheet."""

    def __init__(self, found: Reading, targets: Sequence[Target], sheet: PlotArea) -> None:
        self.sheet = sheet
        days = [dot.start for dot in found.points] or [date(2000, 1, 1)]
        self.first, self.last = min(days), max(days)
        self.low, self.high = _range(found, targets, self.first, self.last)
        self._inset = 12.0

    def x(self, day: date) -> float:
        sheet, span = self.sheet, (self.last - self.first).days
        wide = sheet.width - sheet.left - sheet.right - 2 * self._inset
        share = (day - self.first).days / span if span else 0.5
        return round(sheet.left + self._inset + wide * min(max(share, 0), 1), 1)

    def y(self, value: float) -> float:
        sheet = self.sheet
        tall = sheet.height - sheet.top - sheet.bottom
        return round(sheet.top + tall * (self.high - value) / (self.high - self.low), 1)

    @property
    def edges(self) -> tuple[float, float]:
        return self.sheet.left, self.sheet.width - self.sheet.right

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def dates(self) -> list[tuple[date, str]]:
        return date_axis.dates(self.first, self.last, self.sheet.across)


def _range(found: Reading, targets: Sequence[Target], first: date, last: date) -> tuple[float, float]:
    """The values that must be on the sheet, with some air; zero stays the floor of what is never below it."""
    values = [float(dot.value) for dot in found.points if dot.value is not None]
    lines = [line for s in found.segments if s.drawn != "none" for line in (s.lpl, s.mean, s.upl)]
    if found.run:
        lines.append(found.run.median)
    aims = [float(one.value) for one in targets if overlaps(one, first, last)]
    shown = [*values, *(line for line in lines if line is not None), *aims] or [0.0, 1.0]
    low, high = min(shown), max(shown)
    air = (high - low) * 0.07 or abs(high) * 0.1 or 1.0
    return (0.0 if low >= 0 > low - air else low - air), high + air


def overlaps(target: Target, first: date, last: date) -> bool:
    return target.valid_from <= last and (target.valid_to is None or target.valid_to >= first)
