"""What a measure is: its definition, its series and values, and what people write about it. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from app.outcomes.spc.series import Direction

Kind = Literal["outcome", "process", "balancing"]
ValueKind = Literal["proportion", "rate", "count", "mean", "time_between", "score"]
Frequency = Literal["day", "week", "month", "quarter", "calendar_year", "financial_year", "irregular"]
Chart = Literal["xmr", "run", "line"]
Status = Literal["final", "provisional", "revised", "suppressed", "missing"]
Comparator = Literal[">=", "<="]
TargetKind = Literal["standard", "ambition", "trajectory"]
NoteKind = Literal["change", "event", "data", "pdsa"]


class Definition(Struct, frozen=True):
    """How a measure is counted. Each change is another version, with a note on the chart.

    Stored with all fields: a default that changes later must not change a stored definition.
    """

    name: str
    description: str = ""
    kind: Kind = "outcome"
    value_kind: ValueKind = "proportion"
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    multiplier: int = 100  # of numerator / denominator: 1, 100, 1,000 or 100,000
    unit: str = "%"
    decimals: int = 1
    direction: Direction = "increase"  # which way is better for people
    frequency: Frequency = "month"
    source: str = ""
    collected: str = ""  # how, and by whom
    licence: str = ""
    caveats: str = ""
    lag_days: int = 31  # from the end of a period until its value is expected
    suppress_below: int = 5  # numerators and denominators below are not shown; 0 for published data
    chart: Chart = "xmr"
    pooled: bool = False  # periods overlap, such as rolling years: no XmR
    fixed_after: int | None = None  # how many first values make the limits, 12 or more
    sums: bool = True  # organisations may be added up: numerators and denominators, never percentages


class Measure(Struct, frozen=True):
    """A measure of a goal in its newest version."""

    id: str
    goal: str
    code: str  # short, unique in the space; what imports name it by
    version: int
    definition: Definition
    position: int = 0
    archived: bool = False


class Series(Struct, frozen=True):
    """One series of a measure: of an organisation of the space or an area named in a file, and one breakdown.

    The whole has `organisation` None and an empty `area`. `breakdown` is (dimension, category) pairs, sorted.
    """

    id: str
    measure: str
    organisation: str | None = None
    area: str = ""  # a code such as R1H, where the file names one that is no organisation of the space
    area_name: str = ""
    breakdown: tuple[tuple[str, str], ...] = ()


class Observed(Struct, frozen=True):
    """The newest revision of one period of a series. A value of None is suppressed or missing, never zero.

    `value` is in the unit of the measure, computed from numerator and denominator where both are known;
    `typed` is the value entered with them, where it differs.
    """

    series: str
    start: date
    end: date
    revision: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    typed: Decimal | None = None
    low95: Decimal | None = None
    high95: Decimal | None = None
    status: Status = "final"
    label: str = ""
    note: str = ""


class Target(Struct, frozen=True):
    """A number to reach from a day on. Only one target of a measure at a time is used for assurance."""

    id: str
    measure: str
    value: Decimal
    comparator: Comparator
    kind: TargetKind
    valid_from: date
    valid_to: date | None = None
    assures: bool = True
    source: str = ""


def in_force(targets: Iterable[Target], day: date) -> Target | None:
    """The target that is used for assurance on a day: the one that began last, or None."""
    hold = [
        one
        for one in targets
        if one.assures and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return max(hold, key=lambda one: one.valid_from, default=None)


class Rebase(Struct, frozen=True):
    """New limits from a day on: a decision of a person, with a reason."""

    id: str
    measure: str
    begins: date
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


class ExcludedPoint(Struct, frozen=True):
    """A value left out of the limits of its series: a decision of a person, with a reason."""

    id: str
    measure: str
    series: str
    start: date  # first day of its period
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


class Annotation(Struct, frozen=True):
    """Something that happened, shown on the chart."""

    id: str
    measure: str
    starts: date
    words: str
    kind: NoteKind
    ends: date | None = None
    by: str = ""


class Commentary(Struct, frozen=True):
    """A story: what lies behind the numbers up to a day, and what to do next. The tender approves it."""

    id: str
    measure: str
    until: date
    story: str
    action: str
    owner: str  # a person's own commitment, in words
    due: date | None
    by: str
    approved_by: str | None = None
    at: datetime | None = None  # of its last change

    @property
    def mark(self) -> str:
        """A text that differs after every change: it shows that a form is out of date."""
        return self.at.isoformat() if self.at else ""
