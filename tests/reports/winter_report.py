"""A report with everything in it: three organisations, breakdowns, flags, new limits, small numbers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.outcomes.goals.goal import GoalState, Level
from app.outcomes.measures.measure import Definition, Observed, Rebase, Status, Target
from app.outcomes.measures.periods import after, of_day
from app.outcomes.readings import analyse
from app.outcomes.view.content import (
    ApprovedCommentary,
    CardStep,
    DriverContent,
    GoalContent,
    MeasureContent,
    MeasureEvent,
    OrganisationName,
    ReportContent,
    SeriesContent,
)

DAYS = [4.5, 4.7, 4.0, 4.8, 4.4, 4.6, 4.1, 4.7, 4.3, 4.8, 4.5, 4.0, 4.6, 4.3, 4.7, 4.4]
BETTER = [3.9, 3.7, 3.6, 3.5, 3.2, 3.1, 2.8, 2.7]
ORGANISATIONS = (
    OrganisationName("o1", "Carers Together", 3),
    OrganisationName("o2", "Harrow Vale Council", 2),
    OrganisationName("o3", "Northfield Trust", 1),
)
LENGTH = Definition(
    "Days from ready to leave to leaving",
    description="Mean days, all wards",
    value_kind="mean",
    numerator="Days between ready and leaving",
    denominator="People who left",
    multiplier=1,
    unit="days",
    direction="decrease",
    source="Discharge ledger",
    fixed_after=16,
    licence="Contains public sector information licensed under the Open Government Licence v3.0",
)
CHOICE = Definition(
    "People who chose where to go",
    kind="process",
    numerator="People who say that they chose",
    denominator="People who left",
    suppress_below=5,
)
BACK = Definition("People back within 30 days", kind="balancing", direction="decrease", decimals=1)


def month(number: int, begin: date = date(2024, 11, 1)) -> tuple[date, date, str]:
    period = of_day(begin, "month")
    for _ in range(number):
        period = after(period, "month")
    return period.start, period.end, period.label


def observed(values: list[float | None], people: int = 40) -> list[Observed]:
    found = []
    for i, value in enumerate(values):
        start, end, label = month(i)
        exact = None if value is None else Decimal(str(value))
        n = None if exact is None else exact * people
        status: Status = "missing" if value is None else "provisional" if i == len(values) - 1 else "final"
        d = None if exact is None else Decimal(people)
        found.append(Observed("s", start, end, 1, exact, n, d, status=status, label=label))
    return found


def share(pairs: list[tuple[int, int] | None]) -> list[Observed]:
    found = []
    for i, pair in enumerate(pairs):
        start, end, label = month(i)
        if pair is None:
            found.append(Observed("s", start, end, 1, None, status="missing", label=label))
            continue
        n, d = Decimal(pair[0]), Decimal(pair[1])
        found.append(Observed("s", start, end, 1, n * 100 / d, n, d, label=label))
    return found


def row(
    series: str,
    whose: str,
    definition: Definition,
    data: list[Observed],
    *,
    targets: Sequence[Target] = (),
    rebases: Sequence[Rebase] = (),
    **more: Any,
) -> SeriesContent:
    found = analyse.analyse(definition, data, targets, rebases)
    frame: dict[str, Any] = {"organisation": None, "colour": 12, "breakdown": (), **more}
    return SeriesContent(series, whose, found=found, **frame)


def length() -> MeasureContent:
    target = Target("t", "m1", Decimal(2), "<=", "ambition", date(2024, 1, 1), source="Our goal")
    own: dict[str, Any] = {"targets": [target]}
    rows = [row("s1", "Winter Together", LENGTH, observed([*DAYS, *BETTER]), together=True, **own)]
    for place, one in enumerate(ORGANISATIONS):
        values = [round(value + place * 0.3 - 0.2, 1) for value in [*DAYS, *(BETTER if place else DAYS[:8])]]
        rows.append(
            row(
                f"s1{place}",
                one.name,
                LENGTH,
                observed([*values]),
                organisation=one.id,
                colour=one.colour,
                **own,
            )
        )
    for age, people, value in (("18 to 64", 60, 2.1), ("65 to 84", 200, 2.6), ("85 and over", 3, 3.9)):
        data = observed([value] * 3, people)
        data = [
            o
            if people > 4
            else Observed("s", o.start, o.end, 1, o.value, o.numerator, Decimal(3), label=o.label)
            for o in data
        ]
        rows.append(
            row(f"sa{age}", "Winter Together", LENGTH, data, breakdown=(("Age", age),), together=True)
        )
    happened = (
        MeasureEvent(date(2025, 4, 1), "A hard winter: two wards closed for flu", "event"),
        MeasureEvent(date(2026, 3, 1), "Test started: offer made on day 1", "pdsa"),
        MeasureEvent(date(2026, 7, 1), "Adopted by three organisations", "change"),
    )
    story = ApprovedCommentary(
        date(2026, 10, 31),
        "People hear about their choices on their first day, and families have longer to visit."
        "\nWards say the rounds are calmer.",
        "Carers Together will try the same offer in evening visits.",
        "Maria Costa, Carers Together",
        date(2026, 12, 15),
        "Ana Okafor",
    )
    return MeasureContent("m1", "days", 1, LENGTH, (target,), happened, (story,), tuple(rows))


def choice() -> MeasureContent:
    target = Target("t2", "m2", Decimal(80), ">=", "standard", date(2024, 1, 1))
    rebase = Rebase(
        "r", "m2", date(2025, 11, 1), "everybody is asked now", "p", datetime(2025, 12, 1, tzinfo=UTC)
    )
    pairs: list[tuple[int, int] | None] = [(55 + (i * 7) % 9, 100) for i in range(12)]
    pairs += [(72 + (i * 5) % 8, 104) for i in range(11)]
    pairs[5] = None
    data = share(pairs)
    happened = (
        MeasureEvent(date(2025, 11, 1), "New limits: everybody is asked now", "rebase", None, "Ana Okafor"),
    )
    rows = [row("s2", "Winter Together", CHOICE, data, together=True, targets=[target], rebases=[rebase])]
    for level, pair in (
        ("1 most deprived", (40, 80)),
        ("2", (50, 85)),
        ("3", (3, 4)),
        ("4", (9, 11)),
        ("5 least deprived", (60, 75)),
    ):
        rows.append(
            row(
                f"sd{level}",
                "Winter Together",
                CHOICE,
                share([pair]),
                breakdown=(("Deprivation", level),),
                together=True,
            )
        )
    return MeasureContent("m2", "choice", 2, CHOICE, (target,), happened, (), tuple(rows))


def back() -> MeasureContent:
    rows = [
        row("s3", "Winter Together", BACK, share([(8 + (i * 3) % 5, 90) for i in range(8)]), together=True)
    ]
    return MeasureContent("m3", "back", 1, BACK, (), (), (), tuple(rows))


LINE = (
    CardStep(
        "problem",
        "Problem",
        "Nobody owns the whole journey",
        "Leaving well",
        date(2026, 3, 11),
        "Northfield Trust",
        1,
        "leads to",
    ),
    CardStep(
        "dilemma",
        "Dilemma",
        "Move people on quickly and give them time to choose",
        "Leaving well",
        date(2026, 3, 11),
        "Carers Together",
        3,
        "leads to",
        ("Shows itself in: Three lists of who is ready",),
    ),
    CardStep(
        "assumption",
        "Assumption",
        "Families hear about the choice too late",
        "Leaving well",
        date(2026, 3, 18),
        "Harrow Vale Council",
        2,
        "leads to",
    ),
    CardStep(
        "outcome",
        "Outcome",
        "Home within 2 days of being ready",
        "Leaving well",
        date(2026, 4, 2),
        "Northfield Trust",
        1,
    ),
)
DRIVERS = (
    DriverContent("d1", Level.PRIMARY, "Choices are made early, by the people themselves", ()),
    DriverContent("d2", Level.PRIMARY, "Places to go to are ready", ()),
    DriverContent("d3", Level.SECONDARY, "Families know on day 1", ("d1",)),
    DriverContent("d4", Level.SECONDARY, "One list of who is ready, seen by all organisations", ("d1", "d2")),
    DriverContent("d5", Level.CHANGE, "An offer on day 1 with a named person", ("d3",)),
    DriverContent("d6", Level.CHANGE, "The list is read together at 9 o’clock", ("d4",)),
    DriverContent("d7", Level.CHANGE, "Evening visits", ("d3", "d4")),
)


def goal() -> GoalContent:
    return GoalContent(
        "g1",
        "People are home, or where they want to be, within 2 days of being ready",
        "From 4.4 days to 2 days for everybody on our wards by March 2027.",
        "4.4 days",
        "2 days",
        "Everybody who leaves hospital for home or a home",
        date(2027, 3, 31),
        "You wake up in your own bed, and somebody has asked you where that is.",
        "When choices are made on the first day, nobody waits for a decision at the last.",
        GoalState.OPEN,
        "Ana Okafor",
        ORGANISATIONS,
        DRIVERS,
        (length(), choice(), back()),
        LINE,
    )


def report(scope: str = "goal") -> ReportContent:
    return ReportContent(
        "goal" if scope == "goal" else "space",
        "sp",
        "Winter Together",
        "So that people are home when they are ready.",
        datetime(2026, 11, 20, 9, tzinfo=UTC),
        ORGANISATIONS,
        (goal(),),
        date(2026, 10, 31),
        ("mdc-r-0.2.2",),
        "throughline-spc 3",
    )
