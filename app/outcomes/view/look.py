"""Looking closer at a chart: a window of dates, or one series. What was computed stays as it is. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.measures.periods import long_date
from app.outcomes.readings.reading import Dot, LimitLines, Reading

MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


class Look(Struct, frozen=True):
    """From which day until which a chart is shown, both included, and the series that was chosen; or all."""

    first: date | None = None
    last: date | None = None
    series: str = ""

    def holds(self, dot: Dot) -> bool:
        """Whether a period is shown: it begins or ends in the window."""
        return (self.first is None or dot.end >= self.first) and (self.last is None or dot.start <= self.last)

    @property
    def has_window(self) -> bool:
        return self.first is not None or self.last is not None

    @property
    def query(self) -> str:
        """The window as it stands in an address, with its question mark; empty without one."""
        days = {"from": self.first, "until": self.last}
        known = {name: day.isoformat() for name, day in days.items() if day}
        return f"?{urlencode(known)}" if known else ""


ALL = Look()


def read_look(query: Mapping[str, str]) -> Look:
    """What an address asks for. What is no day is left out, and so is a window that ends before it begins."""
    first, last = _day(query.get("from", "")), _day(query.get("until", ""), end=True)
    if first and last and last < first:
        first, last = None, None
    return Look(first, last, query.get("series", "")[:60])


def within(reading: Reading, look: Look) -> Reading:
    """The part of a reading that lies in the window; all of it where nothing does.

    Limits, types and causes stay as computed from all values.
    """
    points = tuple(dot for dot in reading.points if look.holds(dot))
    if not look.has_window or not points or len(points) == len(reading.points):
        return reading
    shown = {dot.start for dot in points}
    segments = tuple(_shown(one, points) for one in reading.segments)
    while segments and segments[-1].drawn == "none":
        segments = segments[:-1]
    parts = tuple(
        replace(one, first=max(one.first, points[0].start), last=min(one.last, points[-1].start))
        for one in reading.run_parts
        if one.first <= points[-1].start and one.last >= points[0].start
    )
    latest = reading.latest if reading.latest and reading.latest.start in shown else None
    run = parts[-1].run if parts else reading.run
    return replace(reading, points=points, segments=segments, run_parts=parts, run=run, latest=latest)


def window_note(reading: Reading, shown: Reading, look: Look) -> str:
    """That only a part is shown and where the limits come from, or that no part has values; else empty."""
    if look.has_window and not any(look.holds(dot) for dot in reading.points):
        return "No value lies in these dates, so all are shown."
    if len(shown.points) == len(reading.points):
        return ""
    lines = {"xmr": " The limits and the sentence", "run": " The median and the sentence"}
    first, last = long_date(shown.points[0].start), long_date(shown.points[-1].end)
    of_all = f"{lines[reading.chart]} come from all values." if reading.chart in lines else ""
    return f"Shown from {first} to {last}.{of_all}"


def _shown(one: LimitLines, points: Sequence[Dot]) -> LimitLines:
    dots = [dot for dot in points if one.first <= dot.start <= one.last]
    if not dots:
        return replace(one, drawn="none")
    return replace(one, first=dots[0].start, last=dots[-1].start)


def _day(text: str, *, end: bool = False) -> date | None:
    """A day, or the first or last day of a month."""
    try:
        if not MONTH.fullmatch(text):
            return date.fromisoformat(text)
        first = date(int(text[:4]), int(text[5:]), 1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1) if end else first
    except ValueError:
        return None
