"""The reading of one series: everything that a chart, a page or a report shows of it. Pure."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.outcomes.measures.measure import Chart, Comparator, Status
from app.outcomes.spc.icons import AssuranceIcon, PointType, Variation
from app.outcomes.spc.trial_limits import Drawn

ENGINE = "throughline-spc 8"  # raised when the same data may give another reading than before


class Dot(Struct, frozen=True, omit_defaults=True):
    """One period. A `value` of None is suppressed or missing (`status` says which), never zero.

    A suppressed period has no numerator and denominator either. `cause` is the rule in words for
    people ("above the upper limit"), empty without special cause; `rule` is its name in NHSRplotthedots.
    """

    start: date
    end: date
    label: str
    value: Decimal | None
    status: Status = "final"
    type: PointType = "common_cause"
    cause: str = ""
    rule: str = ""
    segment: int = 0  # index in `Reading.segments`, from 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low95: Decimal | None = None
    high95: Decimal | None = None
    note: str = ""
    excluded: str = ""  # why it is left out of the limits; it is shown, and not judged

    @property
    def counts(self) -> bool:
        """Whether it is a value that limits come from, and that is judged by them."""
        return self.value is not None and not self.excluded


class LimitLines(Struct, frozen=True, omit_defaults=True):
    """The limits from one rebase to the next, in the unit of the values; None where none can be drawn.

    `first` and `last` are the first days of the first and last period. `drawn`: trial limits are dashed.
    """

    first: date
    last: date
    mean: float | None
    lpl: float | None
    upl: float | None
    drawn: Drawn
    values: int = 0


class RunReading(Struct, frozen=True):
    """A run chart in numbers, by the rules of Anhøj. `signal`: more than chance."""

    median: float | None
    useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


class RunPart(Struct, frozen=True):
    """A run chart from one rebase to the next. `first` and `last` are first days of periods."""

    first: date
    last: date
    run: RunReading


class Aim(Struct, frozen=True):
    """The target that assurance is about: the one in force at the last point."""

    value: Decimal
    comparator: Comparator
    kind: str


class Reading(Struct, frozen=True, omit_defaults=True):
    """The reading of one series.

    `chart` is what to draw; `why` is a sentence where it is not the chosen chart, or a remark on the choice.
    XmR: `segments` have limits, points have types, `run` is None. Run: `run` is the last part of the chart,
    `run_parts` are all, `segments` is empty. Line: neither. `say` is the sentence under the chart, and its
    text alternative. `notes` are further sentences (trial limits, absent periods). Nothing is rounded here.
    `due` is the day by which the next value is expected; `overdue_since` is the same day once it is past, and
    is set when the reading is loaded, not stored.
    """

    profile: str
    engine: str
    chart: Chart
    why: str = ""
    points: tuple[Dot, ...] = ()
    segments: tuple[LimitLines, ...] = ()
    run: RunReading | None = None
    variation: Variation | None = None
    assurance: AssuranceIcon | None = None
    target: Aim | None = None
    latest: Dot | None = None  # the last period with a number, also where that is hidden
    say: str = ""
    notes: tuple[str, ...] = ()
    data_until: date | None = None  # end of that period
    due: date | None = None
    overdue_since: date | None = None
    derived: bool = False  # the whole, summed over organisations
    run_parts: tuple[RunPart, ...] = ()  # older readings have none: `run` is of all points
    hidden: int = 0  # how many values are hidden as small numbers: the rest is not judged

    @property
    def medians(self) -> tuple[tuple[date, date, float], ...]:
        """The centre lines of a run chart: first day, last day, median."""
        if self.run is None:
            return ()
        parts = self.run_parts or (RunPart(self.points[0].start, self.points[-1].start, self.run),)
        return tuple((one.first, one.last, one.run.median) for one in parts if one.run.median is not None)
