"""What was found in one series: all that a chart, a page or a report shows of it, worked out beforehand."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.outcomes.measures.measure import Chart, Comparator, Status
from app.outcomes.spc.icons import AssuranceIcon, PointType, Variation
from app.outcomes.spc.trial_limits import Drawn

ENGINE = "throughline-spc 3"  # rises when the same data could be read otherwise than before


class Dot(Struct, frozen=True, omit_defaults=True):
    """One period. A `value` of None is suppressed or missing (`status` says which), never zero.

    What is suppressed has lost its numerator and denominator here too. `cause` is the rule in words for
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
    segment: int = 0  # place in `Reading.segments`, from 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low95: Decimal | None = None
    high95: Decimal | None = None
    note: str = ""


class LimitLines(Struct, frozen=True, omit_defaults=True):
    """The lines from one rebase to the next, in the unit of the values; None where none can be drawn.

    `first` and `last` are the starts of the first and last period. `drawn`: trial limits are dashed.
    """

    first: date
    last: date
    mean: float | None
    lpl: float | None
    upl: float | None
    drawn: Drawn
    values: int = 0


class RunReading(Struct, frozen=True):
    """A run chart in numbers: Anhoej's rules. `signal`: more than chance."""

    median: float | None
    useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


class Aim(Struct, frozen=True):
    """The target that assurance was asked about: the one in force at the last point."""

    value: Decimal
    comparator: Comparator
    kind: str


class Reading(Struct, frozen=True, omit_defaults=True):
    """The reading of one series.

    `chart` is what to draw, `why` a sentence where that is not what was asked for or something is to be
    known. XmR: `segments` have limits, dots their types, `run` is None. Run: `run.median` is the line,
    `segments` are empty. Line: neither. `say` is the sentence under the chart, and its description. `notes`
    are further sentences (trial limits, a rebase between two periods). Nothing is rounded here.
    `due` is the day the next value is expected by, `overdue_since` the same once it is past: set when read.
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
    latest: Dot | None = None  # the last period with a value
    say: str = ""
    notes: tuple[str, ...] = ()
    data_until: date | None = None  # end of that period
    due: date | None = None
    overdue_since: date | None = None
    derived: bool = False  # the whole, summed over organisations
