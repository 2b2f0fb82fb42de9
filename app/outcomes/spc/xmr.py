"""Reads a series as an XmR chart, as NHS England does in Making Data Count.

Variants of the rules are in `profiles`, options in `series`, lines in `limits`, the rules in `special_cause`,
icons in `icons`; `trial_limits` decides what is shown when there are few points.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from app.outcomes.spc import exact, icons, limits, rebases, special_cause
from app.outcomes.spc.icons import Assurance, AssuranceIcon, PointType, Variation
from app.outcomes.spc.limits import Lines
from app.outcomes.spc.series import Number, Observation, Options, Unreadable, in_order
from app.outcomes.spc.special_cause import Cause

FULL = 13  # rows; a segment with fewer is called short


class Segment(NamedTuple):
    """The rows from one rebase to the next. Lines are in the unit of the values, None without limits."""

    number: int
    first_date: date
    last_date: date
    rows: int
    values: int
    mean: float | None
    lpl: float | None
    upl: float | None
    near_lower: float | None
    near_upper: float | None
    average_range: float | None

    @property
    def short(self) -> bool:
        """Whether it has fewer rows than limits need, missing values included, as in R."""
        return self.rows < FULL


class Point(NamedTuple):
    """One row with its cause. `outside`, `near` and `side` (1, 0, -1) are None where it has no value."""

    date: date
    value: Number | None
    segment: int
    cause: Cause
    type: PointType
    outside: bool | None
    near: bool | None
    side: int | None


class XmrReading(NamedTuple):
    """The reading of a series. Icons are None without a target, or where too little is known."""

    profile: str
    segments: list[Segment]
    points: list[Point]
    variation: Variation | None
    assurance: Assurance | None
    moved: list[rebases.EffectiveRebase]

    @property
    def assurance_icon(self) -> AssuranceIcon | None:
        return None if self.assurance is None else icons.ASSURANCE_ICONS[self.assurance]

    @property
    def short(self) -> bool:
        return any(segment.short for segment in self.segments)


class _Part(NamedTuple):
    """A segment during the computation: its rows, and their values in whole units."""

    number: int
    rows: list[Observation]
    values: list[int | None]
    lines: Lines
    places: list[special_cause.Place]
    causes: list[Cause]

    @property
    def known(self) -> list[int]:
        return [value for value in self.values if value is not None]


def read(observations: list[Observation], options: Options) -> XmrReading:
    """The reading of one series: one measure of one organisation and breakdown, in any order of dates.

    Rows without a value keep their place; days without a row have none. Raises Unreadable with a sentence.
    """
    rows = in_order(observations)
    values, unit = exact.whole([row.value for row in rows])
    target = None if options.target is None else Fraction(*exact.ratio(options.target)) * unit
    if options.profile.as_r and all(value is None for value in values):
        raise Unreadable("NHSRplotthedots stops here: all values are missing.")
    begins, moved = rebases.bounds([row.date for row in rows], options.rebase, as_r=options.profile.as_r)
    parts = [_part(number, rows[begin:end], values[begin:end], options) for number, begin, end in begins]
    last = parts[-1]
    return XmrReading(
        options.profile.name,
        [_segment(part, unit) for part in parts],
        [point for part in parts for point in _points(part, options)],
        _variation(last, options),
        _assurance(last, target, options),
        moved,
    )


def _part(number: int, rows: list[Observation], values: list[int | None], options: Options) -> _Part:
    profile = options.profile
    screen = options.screen_outliers and profile.screens
    lines = limits.lines(values[: options.fix_after_n_points], screen=screen, as_r=profile.as_r)
    at = special_cause.places(values, lines)
    causes = special_cause.causes(values, at, profile, options.improvement_direction)
    return _Part(number, rows, values, lines, at, causes)


def _segment(part: _Part, unit: int) -> Segment:
    mean, at = part.lines
    return Segment(
        number=part.number,
        first_date=part.rows[0].date,
        last_date=part.rows[-1].date,
        rows=len(part.rows),
        values=len(part.known),
        mean=None if mean is None else float(mean / unit),
        lpl=None if at is None else float(at.lower / unit),
        upl=None if at is None else float(at.upper / unit),
        near_lower=None if at is None else float(at.near_lower / unit),
        near_upper=None if at is None else float(at.near_upper / unit),
        average_range=None if at is None else float(at.average_range / unit),
    )


def _points(part: _Part, options: Options) -> list[Point]:
    return [
        Point(
            row.date,
            row.value,
            part.number,
            cause,
            icons.point_type(cause, options.improvement_direction),
            *place,
        )
        for row, place, cause in zip(part.rows, part.places, part.causes, strict=True)
    ]


def _variation(last: _Part, options: Options) -> Variation | None:
    """The icon of the last row with a value; None without limits. R always takes the last row."""
    better = options.improvement_direction
    if options.profile.as_r:
        return icons.variation(last.causes[-1], better)
    if last.lines.limits is None:
        return None
    row = max(i for i, value in enumerate(last.values) if value is not None)
    return icons.variation(last.causes[row], better)


def _assurance(last: _Part, target: Fraction | None, options: Options) -> Assurance | None:
    better = options.improvement_direction
    side = better if better == "neutral" else options.target_side or better
    return icons.assurance(last.lines, last.known, target, side, as_r=options.profile.as_r)
